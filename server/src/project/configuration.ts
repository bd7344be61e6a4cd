// The configuration that holds for a file: the nearest schema-bible.json above it over the editor's settings.
import picomatch from 'picomatch';
import type { RegisteredRule } from '../linter/rule';
import { resolveSettings, type Configuration, type Settings } from '../linter/settings';
import { readConfiguration, type ReadConfiguration } from './configuration-file';
import { below, folderOf, foldersAbove, isWithin, join } from './paths';
import type { Texts } from './texts';
import type { Tree } from './tree';
import type { ConfigurationProblem } from './unit';

export const CONFIGURATION_FILE = 'schema-bible.json';

export interface ConfigurationSources {
  readonly registry: readonly RegisteredRule[];
  readonly overrides?: Configuration;
  /** Read in place of every file in the workspace. */
  readonly configurationFile?: string;
}

export class Configurations {
  readonly #read = new Map<string, { readonly text: string; readonly result: ReadConfiguration }>();
  readonly #settings = new Map<string, { readonly from: Configuration; readonly settings: Settings }>();
  readonly #globs = new Map<string, (path: string) => boolean>();
  #editor: Configuration;

  constructor(
    private readonly tree: Tree,
    private readonly texts: Texts,
    private readonly sources: ConfigurationSources,
    editor: Configuration = {},
  ) {
    this.#editor = editor;
  }

  setEditor(editor: Configuration): void {
    this.#editor = editor;
    this.#settings.clear();
  }

  /** Paths of the configuration files to load. */
  files(): readonly string[] {
    const { configurationFile } = this.sources;
    if (configurationFile !== undefined) return [configurationFile];
    return [...this.tree.files()].filter((path) => path.endsWith(`/${CONFIGURATION_FILE}`));
  }

  /** The settings of files in a folder; the same object for the same configuration. */
  settings(folder: string): Settings {
    const file = this.#nearest(folder);
    const from = this.#configuration(file);
    const known = this.#settings.get(file ?? '');
    if (known && known.from === from) return known.settings;
    const settings = resolveSettings(this.sources.registry, this.#editor, from, this.sources.overrides ?? {});
    this.#settings.set(file ?? '', { from, settings });
    return settings;
  }

  /** Whether the configuration says to leave a file alone; `roots` are the folders that the editor's globs count from. */
  ignores(path: string, roots: readonly string[]): boolean {
    const file = this.#nearest(folderOf(path));
    const globs = this.#configuration(file).ignore;
    if (file !== undefined && globs && this.#matches(globs, path, folderOf(file))) return true;
    const general = [...(this.#editor.ignore ?? []), ...(this.sources.overrides?.ignore ?? [])];
    return general.length > 0 && roots.some((root) => this.#matches(general, path, root));
  }

  /** The mistakes in all configuration files. */
  problems(): readonly ConfigurationProblem[] {
    return this.files().flatMap((path) => this.#file(path)?.problems ?? []);
  }

  #configuration(file: string | undefined): Configuration {
    return (file === undefined ? undefined : this.#file(file)?.configuration) ?? NOTHING;
  }

  #file(path: string): ReadConfiguration | undefined {
    const text = this.texts.now(path);
    if (text === undefined) return undefined;
    const known = this.#read.get(path);
    if (known && known.text === text) return known.result;
    const result = readConfiguration(path, text, this.sources.registry);
    this.#read.set(path, { text, result });
    return result;
  }

  #nearest(folder: string): string | undefined {
    const { configurationFile } = this.sources;
    if (configurationFile !== undefined) return configurationFile;
    for (const above of foldersAbove(`${folder}/.`)) {
      const path = join(above, CONFIGURATION_FILE);
      if (this.tree.has(path)) return path;
    }
    return undefined;
  }

  #matches(globs: readonly string[], path: string, folder: string): boolean {
    if (!isWithin(path, folder) || path === folder) return false;
    const relative = below(path, folder);
    let ignored = false;
    // As in .gitignore: the last glob that matches decides, and `!` takes back.
    for (const glob of globs) {
      const back = glob.startsWith('!');
      if (ignored === back && this.#matcher(back ? glob.slice(1) : glob)(relative)) ignored = !back;
    }
    return ignored;
  }

  #matcher(glob: string): (path: string) => boolean {
    let matcher = this.#globs.get(glob);
    if (!matcher) {
      const pattern = glob.replace(/^\.?\//, '').replace(/\/$/, '');
      // A pattern that names a folder means all that it holds.
      this.#globs.set(glob, (matcher = picomatch([pattern, `${pattern}/**`], { dot: true })));
    }
    return matcher;
  }
}

const NOTHING: Configuration = {};
