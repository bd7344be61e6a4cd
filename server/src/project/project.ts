// What a workspace holds: its schemas and migrations, found without configuration and kept fresh while they are typed.
import type { FrontEnd } from '../languages/language';
import type { RegisteredRule } from '../linter/rule';
import type { Configuration } from '../linter/settings';
import type { ConfigurationProblem, Unit } from './unit';
import type { Workspace } from './workspace';

export interface ProjectOptions {
  readonly workspace: Workspace;
  readonly frontEnds: readonly FrontEnd[];
  readonly registry: readonly RegisteredRule[];
  /** What the editor's settings say; `schema-bible.json` wins over it, key by key. */
  readonly editorSettings?: Configuration;
  /** Wins over every `schema-bible.json`; the command line's flags. */
  readonly overrides?: Configuration;
  /** Read in place of every `schema-bible.json`. */
  readonly configurationFile?: string;
  /** Told of files that can't be read and the like: one line each. */
  log(message: string): void;
}

/**
 * All schemas of a workspace. Paths are absolute and use `/`. Nothing here rejects: what can't be read is logged and
 * left out. Calls may overlap; answers always describe the texts at the moment when they are given.
 */
export class Project {
  constructor(options: ProjectOptions) {
    void options;
  }

  /** Serves these folders (or single files) from now on, and scans them. Buffers are kept. */
  setRoots(roots: readonly string[]): Promise<void> {
    void roots;
    return Promise.resolve();
  }

  /** The editor's unsaved text of a file, which beats the disk; undefined once the editor has closed it. Cheap. */
  setBuffer(path: string, text: string | undefined): void {
    void path;
    void text;
  }

  /** Files or folders that were created, changed or deleted on disk. */
  filesChanged(paths: readonly string[]): Promise<void> {
    void paths;
    return Promise.resolve();
  }

  /** The editor's settings have changed. */
  setEditorSettings(configuration: Configuration): void {
    void configuration;
  }

  /** Every file that belongs to a unit and isn't ignored by the configuration, sorted, as the last scan found them. */
  files(): readonly string[] {
    return [];
  }

  /**
   * The units that a file belongs to, normally one, for the current texts; none for a file that isn't served. A unit
   * is the same object as before when nothing in it has changed. After a keystroke only that file is parsed again.
   */
  unitsOf(path: string): Promise<readonly Unit[]> {
    void path;
    return Promise.resolve([]);
  }

  /** Every unit of the workspace, for the current texts. */
  units(): Promise<readonly Unit[]> {
    return Promise.resolve([]);
  }

  /** Mistakes in the configuration files. */
  problems(): Promise<readonly ConfigurationProblem[]> {
    return Promise.resolve([]);
  }
}
