// Which files the main branch has, read from git's own files: nothing is run and nothing written.
import { below } from '../paths';
import type { Workspace } from '../workspace';
import { Objects, type GitFolder } from './objects';
import { mainCommit, objectFolders, repositoryOf, type Repository } from './repository';

/** What is known of one repository, for as long as its main branch stays where it is. */
interface Main {
  readonly commit: string;
  readonly objects: Objects;
  readonly top: string | undefined;
  readonly folders: Map<string, GitFolder | undefined>;
}

export class GitHistory {
  readonly #main = new Map<string, Main>();

  constructor(
    private readonly workspace: Workspace,
    private readonly note: (message: string) => void,
  ) {}

  /**
   * Those of the paths that the main branch holds, whatever their text is there; none where there is no git. What can't
   * be read counts as new.
   */
  async committed(paths: readonly string[]): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    let repository: Repository | undefined;
    let outside = '';
    for (const path of paths) {
      try {
        const folder = path.slice(0, path.lastIndexOf('/'));
        if (repository === undefined || !path.startsWith(`${repository.root}/`)) {
          if (outside !== '' && folder.startsWith(outside)) continue;
          repository = await repositoryOf(this.workspace, path);
          if (!repository) outside = folder;
          else await this.#open(repository);
        }
        if (repository && (await this.#has(repository, path))) found.add(path);
      } catch (error) {
        this.note(`Git's history of ${path} can't be read: ${error instanceof Error ? error.message : String(error)}`);
        return found;
      }
    }
    return found;
  }

  async #open(repository: Repository): Promise<void> {
    const commit = await mainCommit(this.workspace, repository);
    const known = this.#main.get(repository.root);
    if (commit === undefined) this.#main.delete(repository.root);
    else if (known?.commit !== commit) {
      const objects = new Objects(this.workspace, await objectFolders(this.workspace, repository));
      this.#main.set(repository.root, { commit, objects, top: await objects.topFolder(commit), folders: new Map() });
    }
  }

  async #has(repository: Repository, path: string): Promise<boolean> {
    const main = this.#main.get(repository.root);
    if (main?.top === undefined) return false;
    let at = main.top;
    const names = below(path, repository.root).split('/');
    const file = names.pop() ?? '';
    for (const name of names) {
      const inner: GitFolder | undefined = await this.#folder(main, at);
      const entry = inner?.get(name);
      if (!entry?.folder) return false;
      at = entry.id;
    }
    const entry = (await this.#folder(main, at))?.get(file);
    return entry !== undefined && !entry.folder;
  }

  async #folder(main: Main, id: string): Promise<GitFolder | undefined> {
    if (!main.folders.has(id)) main.folders.set(id, await main.objects.folder(id));
    return main.folders.get(id);
  }
}
