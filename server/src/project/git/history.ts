// Which files the main branch has, and as what, read from git's own files: nothing is run and nothing written.
import { folderOf, isWithin } from '../paths';
import type { Workspace } from '../workspace';
import { MainLine, UnknownRevision } from './main-line';
import { hasId, type Originals } from './original';
import { repositoryOf, type Repository } from './repository';

type Reader = (path: string) => string | undefined | Promise<string | undefined>;

export class GitHistory {
  readonly #lines = new Map<string, MainLine>();

  /** With `since`, what the present commit shares with that revision takes the place of the main branch. */
  constructor(
    private readonly workspace: Workspace,
    private readonly note: (message: string) => void,
    private readonly since?: string,
  ) {}

  /** Rejects with `UnknownRevision` where a path lies in no repository, or in one without the revision `since`. */
  async check(path: string): Promise<void> {
    const repository = await repositoryOf(this.workspace, `${path}/.`);
    if (!repository) throw new UnknownRevision(`${path} lies in no git repository`);
    await this.#open(repository);
  }

  /**
   * Those of the paths that the main branch holds, with what they may say without having been edited there; none where
   * there is no git. What can't be read counts as new. `text` gives the present text of a file.
   */
  async committed(paths: readonly string[], text: Reader): Promise<ReadonlyMap<string, Originals>> {
    const found = new Map<string, Originals>();
    await this.#each(paths, async (line, path) => {
      const id = await line.idOf(path);
      const now = id === undefined ? undefined : await text(path);
      if (id !== undefined) found.set(path, now === undefined ? [] : await line.originals(path, id, now));
    });
    return found;
  }

  /** Those of the paths that the main branch doesn't hold, or not with the present text. What can't be read is among them. */
  async changed(paths: readonly string[], text: Reader): Promise<ReadonlySet<string>> {
    const changed = new Set(paths);
    await this.#each(paths, async (line, path) => {
      const id = await line.idOf(path);
      const now = id === undefined ? undefined : await text(path);
      if (id !== undefined && now !== undefined && hasId(now, id)) changed.delete(path);
    });
    return changed;
  }

  async #each(paths: readonly string[], visit: (line: MainLine, path: string) => Promise<void>): Promise<void> {
    let repository: Repository | undefined;
    let line: MainLine | undefined;
    // Folders in no repository; those below them are asked for themselves alone.
    const outside = new Set<string>();
    for (const path of paths) {
      try {
        const folder = folderOf(path);
        if (repository === undefined || !isWithin(path, repository.root)) {
          if (outside.has(folder)) continue;
          repository = await repositoryOf(this.workspace, path, outside);
          if (repository) line = await this.#open(repository);
        }
        if (repository && line) await visit(line, path);
      } catch (error) {
        this.note(`Git's history of ${path} can't be read: ${error instanceof Error ? error.message : String(error)}`);
        return;
      }
    }
  }

  async #open(repository: Repository): Promise<MainLine | undefined> {
    const line = await MainLine.open(this.workspace, repository, this.since, this.#lines.get(repository.root));
    if (line) this.#lines.set(repository.root, line);
    else this.#lines.delete(repository.root);
    return line;
  }
}
