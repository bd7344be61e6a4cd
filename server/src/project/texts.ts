// The current texts of files: an unsaved buffer before the disk, each file read from disk once until it changes.
import { inParallel } from './parallel';
import { TooLarge, type Workspace } from './workspace';

/** Characters beyond which a file is left alone. */
export const LARGEST_FILE = 5_000_000;

/** Where the project says what it can't do, and what it chooses not to do. */
export interface Voice {
  log(message: string): void;
  note(message: string): void;
}

export class Texts {
  readonly #disk = new Map<string, string | undefined>();
  readonly #buffers = new Map<string, string>();
  #revision = 0;

  constructor(
    private readonly workspace: Workspace,
    private readonly voice: Voice,
  ) {}

  /** Another number whenever a text may have changed. */
  get revision(): number {
    return this.#revision;
  }

  /** The text that is at hand, without waiting; undefined for a file that is missing or hasn't been loaded. */
  now(path: string): string | undefined {
    return this.#buffers.get(path) ?? this.#disk.get(path);
  }

  /** Whether `now` tells the truth about the file. */
  known(path: string): boolean {
    return this.#buffers.has(path) || this.#disk.has(path);
  }

  /** The text, read from disk where it isn't at hand; undefined for a file that is missing, unreadable or too large. */
  async load(path: string): Promise<string | undefined> {
    if (this.known(path)) return this.now(path);
    let text: string | undefined;
    try {
      text = await this.workspace.read(path);
      if (text !== undefined && text.length > LARGEST_FILE) {
        this.voice.note(`${path} is left alone: it is larger than 5 MB.`);
        text = undefined;
      }
    } catch (error) {
      if (error instanceof TooLarge) this.voice.note(`${path} is left alone: ${error.message}`);
      else this.voice.log(`${path} can't be read: ${error instanceof Error ? error.message : String(error)}`);
    }
    // A buffer that was opened while the disk was read still wins.
    this.#disk.set(path, text);
    this.#revision++;
    return this.now(path);
  }

  async loadAll(paths: readonly string[]): Promise<void> {
    await inParallel(paths.filter((path) => !this.known(path)), async (path) => void (await this.load(path)));
  }

  isOpen(path: string): boolean {
    return this.#buffers.has(path);
  }

  open(): readonly string[] {
    return [...this.#buffers.keys()];
  }

  setBuffer(path: string, text: string | undefined): void {
    if (text === undefined) this.#buffers.delete(path);
    else this.#buffers.set(path, text);
    this.#revision++;
  }

  /** The disk's text of the file, or of all files below the folder, may have changed. */
  forget(path: string): void {
    this.#revision++;
    this.#disk.delete(path);
    const prefix = `${path}/`;
    for (const known of this.#disk.keys()) if (known.startsWith(prefix)) this.#disk.delete(known);
  }

  /** Frees the disk's text of a file that turned out to be of no interest. */
  drop(path: string): void {
    this.#revision++;
    this.#disk.delete(path);
  }

  clear(): void {
    this.#revision++;
    this.#disk.clear();
  }
}
