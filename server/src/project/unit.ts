// What the project hands to the layers above: one schema, read, linked, with everything around it.
import type { Settings } from '../linter/settings';
import type { Facts } from '../model/facts';
import type { LanguageId, Schema } from '../model/nodes';
import type { Uses } from '../model/queries';
import type { MigrationInfo, Parsed, WriteContext, FrontEnd } from '../languages/language';

/** One schema with its surroundings. A new object whenever anything in it changed, the same one otherwise. */
export interface Unit {
  readonly id: string;
  readonly language: LanguageId;
  readonly frontEnd: FrontEnd;
  readonly schema: Schema;
  readonly facts: Facts;
  readonly settings: Settings;
  /** Its files, in reading order. */
  readonly files: readonly string[];
  /** One of its files, or one that findings about it point to. */
  parsed(path: string): Parsed | undefined;
  migration(path: string): MigrationInfo | undefined;
  readonly writeContext: WriteContext;
  /**
   * Where the shape of its tables is decided: for migrations that a tool writes, the schema it writes them from; for a
   * Drizzle schema that only describes another tool's migrations, those. Findings about the shape of a table are said
   * there once, where the author can fix them.
   */
  readonly source?: Unit;
  /**
   * Of an ORM's schema: its tables as the migrations that are written from it have left them. Only where one of them
   * speaks of row level security, which the schema's language may not know.
   */
  readonly applied?: Schema;
  /** Of an ORM's schema: the same, where the migrations tell all of it and a rule compares the two. */
  readonly history?: Schema;
  /** Of application code: the schema that it works with. */
  readonly database?: Unit;
  /** What application code does with the tables, where a rule that is on wants to know. */
  readonly uses?: Uses;
}

/** A mistake in a configuration file, reported in that file. */
export interface ConfigurationProblem {
  readonly path: string;
  readonly message: string;
  readonly start: number;
  readonly end: number;
}
