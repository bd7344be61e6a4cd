// What a front end is: text in, model out, intents back into text. None of it ever throws on bad input.
import type { Edit } from '../text/edit';
import type { Facts } from '../model/facts';
import type { IntentOf, IntentVerb, MigrationStep } from '../model/intents';
import type { Dated, Rollback, RunnerId, TransactionModel } from '../model/changes';
import type { Column, Dialect, LanguageId, Schema } from '../model/nodes';

export interface Comment {
  /** Offsets of the whole comment, its marks included. */
  readonly start: number;
  readonly end: number;
  /** The words inside, without marks, trimmed. */
  readonly text: string;
}

/** Something that couldn't be read. */
export interface SyntaxProblem {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** One file, cut into chunks and parsed. A front end adds its own fields, which only it reads. */
export interface Parsed {
  readonly path: string;
  readonly text: string;
  readonly problems: readonly SyntaxProblem[];
  /** How many chunks the call that made this really parsed; the others were taken from the previous result. */
  readonly parsedChunks: number;
  /** Comments in the order of the text, found when asked for. */
  comments(): readonly Comment[];
  /**
   * Whether a place lies inside a literal, where no comment can be written. Absent in languages of which no literal
   * goes on over the end of a line.
   */
  inLiteral?(offset: number): boolean;
}

/** A part of a migration file that its runner runs by itself. */
export interface MigrationPart {
  readonly start: number;
  readonly end: number;
  readonly transaction: 'file' | 'none';
  /** The main branch has the file without it, so it is no history. */
  readonly fresh?: true;
}

/** What the project knows about one migration file. */
export interface MigrationInfo {
  readonly runner: RunnerId;
  readonly transaction: TransactionModel;
  readonly transactionDirective?: { readonly start: number; readonly end: number };
  /** The forward half in the file: everything outside is a rollback or belongs to the runner. */
  readonly up: { readonly start: number; readonly end: number };
  /** Where the runner runs parts of it by themselves: only what stands in one of them is run. */
  readonly parts?: readonly MigrationPart[];
  readonly committed: boolean;
  /** The first line that no longer says what it did when the main branch got the migration. */
  readonly edited?: { readonly start: number; readonly end: number };
  /** Its entry in the journal of a runner that only applies what is dated later than everything it has applied. */
  readonly dated?: Dated;
  /** Its down half; absent where the runner keeps none. */
  readonly rollback?: Rollback;
}

/** What `lower` may ask about the schema's surroundings. */
export interface Surroundings {
  readonly facts: Facts;
  /** For SQL: how the file is run. A file without an entry is a schema or a script, read as one migration of `plain`. */
  migration?(path: string): MigrationInfo | undefined;
  /** The migrations begin with an empty database, so what they don't create doesn't exist. */
  readonly completeHistory?: boolean;
  /** For Drizzle: the parsed module that an import of `specifier` in `from` reaches, if it is at hand. */
  module?(from: string, specifier: string): Parsed | undefined;
  /** For application code: the dialect of the database that it queries, where that is known. */
  readonly dialect?: Dialect;
}

/** What a writer may ask. */
export interface WriteContext {
  readonly schema: Schema;
  readonly facts: Facts;
  /** The parsed file, in its current text. */
  parsed(path: string): Parsed | undefined;
  /** How a migration file is run. */
  migration?(path: string): MigrationInfo | undefined;
  /**
   * The next migration files, one per step, in the naming of the runner that owns `after`, with what the runner keeps
   * beside them (a journal entry). Without `after`, behind the migrations that are written from this schema. Undefined
   * where there are none or the runner's naming isn't known.
   */
  nextMigrations(after: string | undefined, steps: readonly MigrationStep[]): readonly Edit[] | undefined;
  /**
   * The down half of a migration with that SQL, where its runner looks for one; undefined where it keeps none, has no
   * place for it, or something is written there already.
   */
  rollbackFile?(file: string, sql: string): readonly Edit[] | undefined;
  /** Literals that the workspace's code writes to or compares with the column, in order of first appearance. */
  literals?(column: Column): readonly string[];
  /** Whether that code also writes values to the column that it doesn't spell out there. */
  writesOthers?(column: Column): boolean;
}

export type Writers = {
  readonly [V in IntentVerb]?: (intent: IntentOf<V>, context: WriteContext) => readonly Edit[] | undefined;
};

export interface FrontEnd<P extends Parsed = Parsed> {
  readonly id: LanguageId;
  readonly lineComment: '//' | '--';
  /** Loads the parser; `parse` may be called once it has settled. */
  prepare(): Promise<void>;
  /** Reads one file. Chunks whose text equals one of `previous` aren't parsed again. */
  parse(path: string, text: string, previous?: P): P;
  /** Links the files of one schema, given in reading order, into the model. */
  lower(files: readonly P[], surroundings: Surroundings): Schema;
  readonly write: Writers;
}
