// What the project knows of a migration runner: how its folder looks, in which order and how it runs the files.
import type { Dated, RunnerId, TransactionModel } from '../../model/changes';
import type { Facts, Version } from '../../model/facts';
import type { MigrationStep } from '../../model/intents';
import type { Originals } from '../git/original';

/** The SQL files that lie together, and what lies beside them. */
export interface Folder {
  readonly path: string;
  /** The SQL files by their names relative to the folder (`0001_init.sql`, `20240101_x/migration.sql`), sorted. */
  readonly sql: ReadonlyMap<string, string>;
  /** Some of its migrations are programs, of which nobody knows what they do. */
  readonly programs?: boolean;
  /** Whether a file exists, by its name relative to the folder. */
  has(name: string): boolean;
  /** The text of another file, by its name relative to the folder, once it is loaded. */
  text(name: string): string | undefined;
  readonly facts: Pick<Facts, 'prismaVersion' | 'drizzleVersion' | 'dependencies'> & { readonly supabaseVersion?: Version };
}

/** The files of a folder that a runner owns. */
export interface Claim {
  /** Names of the migrations in the order in which they are applied. */
  readonly migrations: readonly string[];
  /** Names of rollbacks and the like: the runner's too, but never read as migrations. */
  readonly aside: readonly string[];
  /** The folder's database where something beside the files names it, in the runner's own words. */
  readonly dialect?: string;
}

/** How one file is run. */
export interface Reading {
  /** The forward half; the whole text where absent. */
  readonly up?: { readonly start: number; readonly end: number };
  /** Where the runner runs parts of it by themselves, in order: only what stands in one of them is run. */
  readonly parts?: readonly ReadingPart[];
  /** It is run again whenever it has changed, so that changing it is what it is for. */
  readonly repeats?: true;
  /** What the file itself decides, against the runner's default. */
  readonly transaction?: TransactionModel;
  readonly directive?: { readonly start: number; readonly end: number };
  /** Its down half; absent where the runner keeps none. */
  readonly rollback?: Rollback;
  /** Its entry in the journal of a runner that only applies what is dated later than everything it has applied. */
  readonly dated?: Dated;
}

export interface ReadingPart {
  readonly start: number;
  readonly end: number;
  readonly transaction: 'file' | 'none';
  /** What the runner remembers it by; absent where it remembers the file. */
  readonly id?: string;
  readonly repeats?: true;
}

/** The half of a migration that takes it back. */
export interface Rollback {
  /** `missing` also where only the file, or the mark, or a tool's placeholder is there. */
  readonly kind: 'written' | 'missing';
  /** The file that holds it or would, relative to the folder. */
  readonly name: string;
  /** The whole file, or a part of the migration's own. */
  readonly at: 'file' | 'section';
}

/** What is asked for the down half of one migration. */
export interface RollbackRequest {
  /** Of the migration, relative to the folder. */
  readonly name: string;
  /** The migration's present text. */
  readonly text: string;
  readonly folder: Folder;
  readonly sql: string;
}

/** A file to create, or the new text of one that exists, by its name relative to the folder. */
export interface NewFile {
  readonly name: string;
  readonly text: string;
  /** What the file holds now; absent for a file to create. */
  readonly before?: string;
}

export interface NextRequest {
  readonly folder: Folder;
  /** Names of all migrations in order. */
  readonly migrations: readonly string[];
  readonly steps: readonly MigrationStep[];
  readonly now: Date;
}

export interface Runner {
  readonly id: RunnerId;
  /** Undefined where the folder isn't the runner's. */
  claim(folder: Folder): Claim | undefined;
  transaction(folder: Folder): TransactionModel;
  /** What one file says; `name` is relative to the folder. */
  read?(text: string, name: string, folder: Folder): Reading;
  /** The next migrations, one per step; undefined where the runner's naming isn't known. */
  next?(request: NextRequest): readonly NewFile[] | undefined;
  /** The file that holds the SQL as the down half, in place of what is there; undefined where it has no place for one. */
  rollback?(request: RollbackRequest): NewFile | undefined;
  /** Names, relative to the folder, of files that `claim`, `read` and `next` ask for; given after the SQL is loaded. */
  needs?(names: Iterable<string>): readonly string[];
}

/** A folder of migrations with the runner that owns it. */
export interface MigrationFolder {
  readonly runner: Runner;
  readonly folder: Folder;
  readonly claim: Claim;
  /** Paths of migrations that the main branch has, with what they may say without having been edited. */
  readonly committed: ReadonlyMap<string, Originals>;
  /** The first migration begins with an empty database. */
  readonly completeHistory: boolean;
}
