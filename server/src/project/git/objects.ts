// Git's objects by their ids, loose or packed.
import { nameOf } from '../paths';
import type { Workspace } from '../workspace';
import { decodeUtf8, hex, nextZero } from './bytes';
import { Pack } from './pack';

export type ObjectType = 'commit' | 'tree' | 'blob' | 'tag';

export interface GitObject {
  readonly type: ObjectType;
  readonly data: Uint8Array;
}

/** One commit: what it holds, what it came from, and when it was made, in seconds since 1970. */
export interface Commit {
  readonly id: string;
  readonly top: string;
  readonly parents: readonly string[];
  readonly time: number;
}

/** What a folder of a commit holds: ids by names; those of folders are marked. */
export type GitFolder = ReadonlyMap<string, { readonly id: string; readonly folder: boolean }>;

export class Objects {
  readonly #folders: readonly string[];
  #packs: Promise<readonly Pack[]> | undefined;

  /** `folders` are those that hold objects. */
  constructor(
    private readonly workspace: Workspace,
    folders: readonly string[],
  ) {
    this.#folders = folders;
  }

  /** The commit of that id, or that a tag of that id names; undefined where there is none, as behind a shallow clone's end. */
  async commit(id: string): Promise<Commit | undefined> {
    const object = await this.#read(id);
    if (object?.type === 'tag') {
      const target = /^object ([\da-f]{40})/.exec(decodeUtf8(object.data.subarray(0, 64)))?.[1];
      return target === undefined ? undefined : this.commit(target);
    }
    if (object?.type !== 'commit') return undefined;
    const [head = ''] = decodeUtf8(object.data).split('\n\n', 1);
    const top = /^tree ([\da-f]{40})$/m.exec(head)?.[1];
    const parents = Array.from(head.matchAll(/^parent ([\da-f]{40})$/gm), ([, parent = '']) => parent);
    const time = Number(/^committer .* (\d+) [+-]\d+$/m.exec(head)?.[1] ?? 0);
    return top === undefined ? undefined : { id, top, parents, time };
  }

  /** The bytes of a file; undefined where they can't be read. */
  async file(id: string): Promise<Uint8Array | undefined> {
    const object = await this.#read(id);
    return object?.type === 'blob' ? object.data : undefined;
  }

  /** The ids that begin with these digits, an even number of them at least four; two at most. */
  async idsLike(start: string): Promise<readonly string[]> {
    const found = new Set<string>();
    for (const folder of this.#folders) {
      for (const { name } of (await this.workspace.list(`${folder}/${start.slice(0, 2)}`)) ?? []) {
        if (name.startsWith(start.slice(2))) found.add(start.slice(0, 2) + name);
      }
    }
    this.#packs ??= this.#listPacks();
    for (const pack of await this.#packs) for (const id of await pack.idsLike(start)) found.add(id);
    return [...found].slice(0, 2);
  }

  /** What a folder holds; undefined where it can't be read. */
  async folder(id: string): Promise<GitFolder | undefined> {
    const object = await this.#read(id);
    return object?.type === 'tree' ? readFolder(object.data) : undefined;
  }

  async #read(id: string): Promise<GitObject | undefined> {
    for (const folder of this.#folders) {
      const bytes = await this.workspace.readBytes(`${folder}/${id.slice(0, 2)}/${id.slice(2)}`);
      if (bytes) return loose(await this.workspace.inflate(bytes));
    }
    this.#packs ??= this.#listPacks();
    for (const pack of await this.#packs) {
      const object = await pack.read(id);
      if (object) return object;
    }
    return undefined;
  }

  async #listPacks(): Promise<readonly Pack[]> {
    const packs: Pack[] = [];
    for (const folder of this.#folders) {
      for (const { name } of (await this.workspace.list(`${folder}/pack`)) ?? []) {
        if (!name.endsWith('.idx')) continue;
        packs.push(new Pack(this.workspace, `${folder}/pack/${nameOf(name).slice(0, -4)}`, (id) => this.#read(id)));
      }
    }
    return packs;
  }
}

function loose(bytes: Uint8Array): GitObject | undefined {
  const end = nextZero(bytes, 0);
  const type = /^(commit|tree|blob|tag) /.exec(decodeUtf8(bytes.subarray(0, end)))?.[1];
  const data = bytes.subarray(end + 1);
  switch (type) {
    case 'commit':
    case 'tree':
    case 'blob':
    case 'tag':
      return { type, data };
    default:
      return undefined;
  }
}

function readFolder(data: Uint8Array): GitFolder {
  const entries = new Map<string, { id: string; folder: boolean }>();
  for (let at = 0; at < data.length; ) {
    const end = nextZero(data, at);
    const [, mode = '', name = ''] = /^(\d+) ([^]*)$/.exec(decodeUtf8(data.subarray(at, end))) ?? [];
    const id = hex(data.subarray(end + 1, end + 21));
    if (name !== '') entries.set(name, { id, folder: mode === '40000' });
    at = end + 21;
  }
  return entries;
}
