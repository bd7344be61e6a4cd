// Branches, tags and other names of commits.
import { join } from '../paths';
import type { Workspace } from '../workspace';
import type { Objects } from './objects';
import type { Repository } from './repository';

const ID = /^[\da-f]{40}$/;
/** The remote's default branch, else what is called main or master. */
const MAIN = ['refs/remotes/origin/HEAD', 'refs/remotes/origin/main', 'refs/remotes/origin/master', 'refs/heads/main', 'refs/heads/master'];
/** Where git looks for a short name, in this order. */
const PLACES = ['', 'refs/', 'refs/tags/', 'refs/heads/', 'refs/remotes/'];

export class Refs {
  #packed: Promise<ReadonlyMap<string, string>> | undefined;

  constructor(
    private readonly workspace: Workspace,
    private readonly repository: Repository,
  ) {}

  /** The id of the main branch's commit; undefined where no branch is called so. */
  async main(): Promise<string | undefined> {
    for (const name of MAIN) {
      const id = await this.#resolve(name);
      if (id !== undefined) return id;
    }
    return undefined;
  }

  /** The id of the commit that is checked out. */
  head(): Promise<string | undefined> {
    return this.#resolve('HEAD');
  }

  /** The commit that a user means: a branch, a tag, an id or its beginning, followed by any number of `~n` and `^n`. */
  async revision(text: string, objects: Objects): Promise<string | undefined> {
    const [, name = '', steps = ''] = /^(.*?)((?:[~^]\d*)*)$/.exec(text) ?? [];
    const id = await this.#named(name === '@' ? 'HEAD' : name, objects);
    let commit = id === undefined ? undefined : await objects.commit(id);
    for (const [, sign, digits = ''] of steps.matchAll(/([~^])(\d*)/g)) {
      const count = digits === '' ? 1 : Number(digits);
      for (let at = 0; commit && at < (sign === '~' ? count : Math.min(count, 1)); at++) {
        const parent: string | undefined = commit.parents[sign === '~' ? 0 : count - 1];
        commit = parent === undefined ? undefined : await objects.commit(parent);
      }
    }
    return commit?.id;
  }

  async #named(name: string, objects: Objects): Promise<string | undefined> {
    if (ID.test(name)) return name;
    for (const place of PLACES) {
      const id = isSafe(place + name) ? await this.#resolve(place + name) : undefined;
      if (id !== undefined) return id;
    }
    const remote = isSafe(name) ? await this.#resolve(`refs/remotes/${name}/HEAD`) : undefined;
    if (remote !== undefined || !/^[\da-f]{4,}$/i.test(name)) return remote;
    const [id, other] = await objects.idsLike(name.toLowerCase());
    return other === undefined ? id : undefined;
  }

  /** `name` in full, such as `refs/heads/main`. */
  async #resolve(name: string, depth = 0): Promise<string | undefined> {
    const { own, folder } = this.repository;
    const text = ((await this.#text(join(own, name))) ?? (own === folder ? undefined : await this.#text(join(folder, name))))?.trim();
    const target = /^ref:\s*(\S+)$/.exec(text ?? '')?.[1];
    if (target !== undefined) return depth < 5 ? this.#resolve(target, depth + 1) : undefined;
    if (text !== undefined && ID.test(text)) return text;
    this.#packed ??= this.#readPacked();
    return (await this.#packed).get(name);
  }

  /** A name may be a folder's, or hold what no file's name can. */
  async #text(path: string): Promise<string | undefined> {
    try {
      return await this.workspace.read(path);
    } catch {
      return undefined;
    }
  }

  async #readPacked(): Promise<ReadonlyMap<string, string>> {
    const text = await this.workspace.read(`${this.repository.folder}/packed-refs`);
    const refs = new Map<string, string>();
    for (const [, id = '', name = ''] of (text ?? '').matchAll(/^([\da-f]{40}) (\S+)$/gm)) refs.set(name, id);
    return refs;
  }
}

/** Names that leave git's folder are none, and of what lies right in it only such as `HEAD` and `ORIG_HEAD`. */
function isSafe(name: string): boolean {
  return name.split('/').every((part) => part !== '' && part !== '.' && part !== '..') && (name.includes('/') || /^[A-Z_]+$/.test(name));
}
