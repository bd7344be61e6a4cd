// The one port to the outside: how the project reads files. Paths are absolute and use `/`.

export interface Entry {
  readonly name: string;
  readonly directory: boolean;
}

/** A file that nobody wrote by hand: it is left alone, which is no failure. */
export class TooLarge extends Error {}

export interface Workspace {
  /**
   * The text of a file; undefined when there is none. Rejects with a clear message when it can't be read, with
   * `TooLarge` when it is too large to be read at all.
   */
  read(path: string): Promise<string | undefined>;
  /** The bytes of a file, for git's own files; undefined when there is none. */
  readBytes(path: string): Promise<Uint8Array | undefined>;
  /** Some bytes of a large file, fewer at its end; `readBytes` is asked where this is missing. */
  readRange?(path: string, start: number, length: number): Promise<Uint8Array | undefined>;
  /** What a folder holds, sorted by name; undefined when it isn't a folder. Links to folders aren't followed. */
  list(path: string): Promise<readonly Entry[] | undefined>;
  /** Inflates zlib data, as git stores its objects. */
  inflate(bytes: Uint8Array): Promise<Uint8Array>;
  /** The present, for the names of new migrations. */
  now(): Date;
}

/** A workspace in memory, for tests and the browser. Parent folders exist by themselves. */
export class MemoryWorkspace implements Workspace {
  readonly files: Map<string, string>;

  constructor(
    files: Readonly<Record<string, string>> = {},
    private readonly clock: () => Date = () => new Date(Date.UTC(2026, 0, 1)),
  ) {
    this.files = new Map(Object.entries(files));
  }

  read(path: string): Promise<string | undefined> {
    return Promise.resolve(this.files.get(path));
  }

  readBytes(): Promise<Uint8Array | undefined> {
    return Promise.resolve(undefined);
  }

  list(path: string): Promise<readonly Entry[] | undefined> {
    const prefix = path.endsWith('/') ? path : `${path}/`;
    const entries = new Map<string, boolean>();
    for (const file of this.files.keys()) {
      if (!file.startsWith(prefix)) continue;
      const [name = '', ...rest] = file.slice(prefix.length).split('/');
      entries.set(name, (entries.get(name) ?? false) || rest.length > 0);
    }
    if (entries.size === 0) return Promise.resolve(undefined);
    const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
    return Promise.resolve(sorted.map(([name, directory]) => ({ name, directory })));
  }

  inflate(): Promise<Uint8Array> {
    return Promise.reject(new Error('A workspace in memory holds no git objects.'));
  }

  now(): Date {
    return this.clock();
  }
}
