// Where the lines of files begin: those of a report at hand, others read once.
import type { FileReport } from '../ide/analysis';
import type { Workspace } from '../project/workspace';
import { LineIndex } from '../text/line-index';

export class FileLines {
  readonly #known = new Map<string, LineIndex>();

  constructor(private readonly workspace: Workspace) {}

  /** Takes the lines of a report's file as it was checked. */
  know({ path, lines }: FileReport): void {
    this.#known.set(path, lines);
  }

  /** Of a file that can't be read, as if it were empty. */
  async of(path: string): Promise<LineIndex> {
    const known = this.#known.get(path);
    if (known) return known;
    const lines = new LineIndex((await this.#read(path)) ?? '');
    this.#known.set(path, lines);
    return lines;
  }

  async #read(path: string): Promise<string | undefined> {
    try {
      return await this.workspace.read(path);
    } catch {
      return undefined;
    }
  }
}
