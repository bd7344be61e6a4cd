// What is known of one repository: the tree that counts as history, and what files were there.
import { below } from '../paths';
import type { Workspace } from '../workspace';
import { forkOf } from './ancestry';
import { Objects, type GitFolder } from './objects';
import { hasId, textOf, type Originals } from './original';
import { Refs } from './refs';
import { objectFolders, type Repository } from './repository';

/** Why a revision that a user named can't be looked up: one sentence without a full stop. */
export class UnknownRevision extends Error {}

export class MainLine {
  readonly #folders = new Map<string, GitFolder | undefined>();
  readonly #originals = new Map<string, { readonly text: string; readonly originals: Originals }>();
  #others: Promise<Others> | undefined;

  private constructor(
    private readonly repository: Repository,
    private readonly objects: Objects,
    /** What it was opened for: the same key, the same answers. */
    readonly key: string,
    private readonly commit: string,
    private readonly head: string | undefined,
  ) {}

  /**
   * The line of the main branch; with `since` that of the commit where the present one parted from that revision.
   * `known` is given back where nothing has moved. Undefined without a main branch; an unknown `since` rejects.
   */
  static async open(workspace: Workspace, repository: Repository, since: string | undefined, known: MainLine | undefined): Promise<MainLine | undefined> {
    const refs = new Refs(workspace, repository);
    const head = await refs.head();
    if (since === undefined) {
      const main = await refs.main();
      if (main === undefined || known?.key === `${main} ${head ?? ''}`) return main === undefined ? undefined : known;
      return new MainLine(repository, new Objects(workspace, await objectFolders(workspace, repository)), `${main} ${head ?? ''}`, main, head);
    }
    if (known) return known;
    const objects = new Objects(workspace, await objectFolders(workspace, repository));
    const named = await refs.revision(since, objects);
    if (named === undefined) {
      const shallow = (await workspace.read(`${repository.folder}/shallow`)) !== undefined;
      throw new UnknownRevision(`${repository.root} has no such branch, tag or commit${shallow ? '; it is a shallow clone, which may have left it out' : ''}`);
    }
    const fork = head === undefined ? undefined : await forkOf(objects, named, head);
    return new MainLine(repository, objects, since, fork ?? named, head);
  }

  /** The id of a file's content; undefined where the line doesn't have it. */
  async idOf(path: string): Promise<string | undefined> {
    return this.#idIn(await this.#topOf(this.commit), path);
  }

  /** What a file that the line has under this id may say, so that nobody here has edited it. */
  async originals(path: string, id: string, text: string): Promise<Originals> {
    const known = this.#originals.get(path);
    if (known?.text === text) return known.originals;
    const originals = hasId(text, id) ? [text] : await this.#read(await this.#idsOf(path, id));
    this.#originals.set(path, { text, originals });
    return originals;
  }

  /**
   * The main branch may have gone on since this one parted, so what it had then is no edit either. What both have had
   * only later may have come here in another form; it is this branch's own unless its commit has exactly the same.
   */
  async #idsOf(path: string, id: string): Promise<readonly string[]> {
    this.#others ??= this.#findOthers();
    const { fork, head } = await this.#others;
    const before = await this.#idIn(fork, path);
    if (before !== undefined) return [id, before];
    return (await this.#idIn(head, path)) === id ? [id] : [];
  }

  async #findOthers(): Promise<Others> {
    if (this.head === undefined) return { fork: undefined, head: undefined };
    const fork = await forkOf(this.objects, this.commit, this.head);
    return { fork: fork === undefined ? undefined : await this.#topOf(fork), head: await this.#topOf(this.head) };
  }

  async #read(ids: readonly string[]): Promise<Originals> {
    const texts: string[] = [];
    for (const id of new Set(ids)) {
      const bytes = await this.objects.file(id);
      const text = bytes && textOf(bytes);
      if (text === undefined) return [];
      texts.push(text);
    }
    return texts;
  }

  async #topOf(commit: string): Promise<string | undefined> {
    return (await this.objects.commit(commit))?.top;
  }

  async #idIn(top: string | undefined, path: string): Promise<string | undefined> {
    let at = top;
    const names = below(path, this.repository.root).split('/');
    const file = names.pop() ?? '';
    for (const name of names) {
      const entry = at === undefined ? undefined : (await this.#folder(at))?.get(name);
      if (!entry?.folder) return undefined;
      at = entry.id;
    }
    const entry = at === undefined ? undefined : (await this.#folder(at))?.get(file);
    return entry === undefined || entry.folder ? undefined : entry.id;
  }

  async #folder(id: string): Promise<GitFolder | undefined> {
    if (!this.#folders.has(id)) this.#folders.set(id, await this.objects.folder(id));
    return this.#folders.get(id);
  }
}

interface Others {
  /** The top folder of the commit where this branch and the main one parted. */
  readonly fork: string | undefined;
  /** The top folder of the commit that is checked out. */
  readonly head: string | undefined;
}
