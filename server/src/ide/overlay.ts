// A workspace with texts laid over it: fixes are tried there before anything is written.
import type { Entry, Workspace } from '../project/workspace';

export class OverlayWorkspace implements Workspace {
  readonly #texts = new Map<string, string>();

  constructor(private readonly base: Workspace) {}

  /** From now on the file has this text. */
  write(path: string, text: string): void {
    this.#texts.set(path, text);
  }

  read(path: string): Promise<string | undefined> {
    const text = this.#texts.get(path);
    return text === undefined ? this.base.read(path) : Promise.resolve(text);
  }

  readBytes(path: string): Promise<Uint8Array | undefined> {
    return this.base.readBytes(path);
  }

  async readRange(path: string, start: number, length: number): Promise<Uint8Array | undefined> {
    if (this.base.readRange) return this.base.readRange(path, start, length);
    return (await this.base.readBytes(path))?.subarray(start, start + length);
  }

  async list(path: string): Promise<readonly Entry[] | undefined> {
    const prefix = path.endsWith('/') ? path : `${path}/`;
    const entries = new Map<string, Entry>();
    const below = await this.base.list(path);
    for (const entry of below ?? []) entries.set(entry.name, entry);
    for (const file of this.#texts.keys()) {
      if (!file.startsWith(prefix)) continue;
      const [name = '', ...rest] = file.slice(prefix.length).split('/');
      if (!entries.has(name)) entries.set(name, { name, directory: rest.length > 0 });
    }
    if (!below && entries.size === 0) return undefined;
    return [...entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  inflate(bytes: Uint8Array): Promise<Uint8Array> {
    return this.base.inflate(bytes);
  }

  now(): Date {
    return this.base.now();
  }
}
