// What discovery finds: which files form which unit, before anything is parsed.
import type { LanguageId } from '../model/nodes';
import type { Facts } from '../model/facts';
import type { MigrationFolder } from './runners/runner';

/** A unit as found by name and by a look into the texts. */
export interface UnitPlan {
  readonly id: string;
  readonly language: LanguageId;
  /** In reading order. */
  readonly files: readonly string[];
  /** The folder whose configuration holds: the deepest one around all files. */
  readonly folder: string;
  /** Folder of the nearest package.json. */
  readonly packageFolder?: string;
  readonly facts: Facts;
  /** Of SQL: how the files are run; absent for scripts that no runner is known of. */
  readonly migrations?: MigrationFolder;
  /** Id of the unit whose tool writes these migrations. */
  readonly source?: string;
  /** Of application code: id of the unit whose tables it reads and writes. */
  readonly database?: string;
  /** Of an ORM's schema: the migrations that its tool writes from it, and the id of their unit. */
  readonly written?: { readonly id: string; readonly folder: MigrationFolder };
}

/** The deepest folder that holds all the files. */
export function commonFolder(files: readonly string[]): string {
  const [first = '/', ...others] = files;
  let segments = first.split('/').slice(0, -1);
  for (const other of others) {
    const path = other.split('/');
    let same = 0;
    while (same < segments.length && segments[same] === path[same]) same++;
    segments = segments.slice(0, same);
  }
  return segments.join('/') || '/';
}
