// Which files the main branch has, and as what, read from git's own files: nothing is run and nothing written.
import { isWithin } from '../paths';
import type { Workspace } from '../workspace';
import { MainLine, UnknownRevision } from './main-line';
import { hasId, type Originals } from './original';
import { repositoryOf, type Repository } from './repository';

export class GitHistory {
  readonly #lines = new Map<string, MainLine>();

  /** With `since`, what the present commit shares with that revision takes the place of the main branch. */
  constructor(
    private readonly workspace: Workspace,
    private readonly note: (message: string) => void,
    private readonly since?: string,
  ) {}

  /**
   * Those of the paths that the main branch holds, with what they may say without having been edited there; none where
   * there is no git. What can't be read counts as new. `text` gives the present text of a file.
   */
  async committed(paths: readonly string[], text: (path: string) => string | undefined): Promise<ReadonlyMap<string, Originals>> {
    const found = new Map<string, Originals>();
    await this.#each(paths, async (line, path) => {
      const id = await line.idOf(path);
      const now = text(path);
      if (id !== undefined) found.set(path, now === undefined ? [] : await line.originals(path, id, now));
    });
    return found;
  }

  /**
   * Those of the paths that say something else than they did at `since`, or that weren't there. Rejects with
   * `UnknownRevision` where a path lies in no repository, or in one without that revision.
   */
  async changed(paths: readonly string[], text: (path: string) => string | undefined): Promise<ReadonlySet<string>> {
    const changed = new Set(paths);
    const met = await this.#each(paths, async (line, path) => {
      const id = await line.idOf(path);
      const now = text(path);
      if (id !== undefined && now !== undefined && hasId(now, id)) changed.delete(path);
    });
    const outside = paths.find((path) => !met.has(path));
    if (outside !== undefined) throw new UnknownRevision(`${outside} lies in no git repository`);
    return changed;
  }

  /** Returns the paths that lie in a repository. */
  async #each(paths: readonly string[], visit: (line: MainLine, path: string) => Promise<void>): Promise<ReadonlySet<string>> {
    const met = new Set<string>();
    let repository: Repository | undefined;
    let line: MainLine | undefined;
    let outside = '';
    for (const path of paths) {
      try {
        const folder = path.slice(0, path.lastIndexOf('/'));
        if (repository === undefined || !path.startsWith(`${repository.root}/`)) {
          if (outside !== '' && isWithin(folder, outside)) continue;
          repository = await repositoryOf(this.workspace, path);
          if (!repository) outside = folder;
          else line = await this.#open(repository);
        }
        if (repository) met.add(path);
        if (repository && line) await visit(line, path);
      } catch (error) {
        if (error instanceof UnknownRevision) throw error;
        this.note(`Git's history of ${path} can't be read: ${error instanceof Error ? error.message : String(error)}`);
        return met;
      }
    }
    return met;
  }

  async #open(repository: Repository): Promise<MainLine | undefined> {
    const line = await MainLine.open(this.workspace, repository, this.since, this.#lines.get(repository.root));
    if (line) this.#lines.set(repository.root, line);
    else this.#lines.delete(repository.root);
    return line;
  }
}
