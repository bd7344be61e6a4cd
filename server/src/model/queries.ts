// What application code asks of the database, whichever client it asks with. Names are those of the code: a column is
// what `Column.name` holds, a table what `findTable` finds.
import type { Span } from '../text/span';
import type { Table, TableName } from './nodes';

export type QueryVerb = 'find' | 'count' | 'aggregate' | 'create' | 'update' | 'upsert' | 'delete';

/** A table as code names it: as a property of the client (`prisma.userProfile`) or as the constant that declares it. */
export interface TableReference {
  readonly name: string;
  readonly by: 'property' | 'constant';
  readonly span: Span;
}

/** One call that reads or writes rows of one table. */
export interface Query {
  readonly kind: 'query';
  /** The whole call, with what is chained to it. */
  readonly span: Span;
  /** The method that says what is done. */
  readonly nameSpan: Span;
  readonly method: string;
  readonly table: TableReference;
  readonly verb: QueryVerb;
  /** It may read or write more than one row. */
  readonly many: boolean;
  readonly filters: readonly Filter[];
  /** There are no more filters than those: none comes from a spread, a variable or a condition. */
  readonly filtersKnown: boolean;
  readonly writes: readonly Write[];
  readonly writesKnown: boolean;
  /** Literals that the code around it compares columns of its rows with. */
  readonly compared: readonly ColumnLiterals[];
  /** Columns that it names beside its filters and writes, and those that the code around it reads of its rows. */
  readonly reads: readonly ColumnRead[];
  /** It locks the rows that it reads. */
  readonly locks: boolean;
  readonly place: CodePlace;
}

export interface ColumnRead {
  readonly column: string;
  /** As `Filter.through`. */
  readonly through: readonly string[];
  readonly span: Span;
}

/** A column as a member of the constant that declares its table: `users.email`, wherever it stands. */
export interface ColumnMember {
  readonly table: TableReference;
  readonly column: string;
  readonly span: Span;
}

export interface ColumnLiterals {
  readonly column: string;
  readonly values: readonly string[];
}

export interface Filter {
  readonly column: string;
  /** Relations, or another table of the query, that lead to the column's table; empty for the query's own. */
  readonly through: readonly string[];
  /** `other` also stands for every column of a negation or of an alternative. */
  readonly operator: 'equal' | 'in' | 'range' | 'null' | 'text' | 'other';
  /** Literals that it is compared with. */
  readonly values: readonly string[];
  readonly span: Span;
}

/** A column that gets a value. */
export interface Write {
  readonly column: string;
  /** Literals that it may get. */
  readonly values: readonly string[];
  /** Columns of rows, read by queries before, that the value is computed from; a value that is only passed on isn't. */
  readonly computedFrom: readonly { readonly query: Query; readonly column: string; readonly span: Span }[];
  readonly span: Span;
}

/** SQL that code hands to the database as text. */
export interface RawSql {
  readonly kind: 'rawSql';
  /** The whole call or tagged template. */
  readonly span: Span;
  /**
   * The SQL, character by character as at `textSpan`: an offset in it is one there. Blanks and `$1` stand for what is put
   * in, blanks for quotes and escapes of the code.
   */
  readonly text: string;
  readonly textSpan: Span;
  readonly holes: readonly SqlHole[];
  readonly place: CodePlace;
  /** All raw SQL of the same function, this included, in the order of the text. */
  readonly alongside: readonly RawSql[];
}

/** A value that code puts into SQL. */
export interface SqlHole {
  readonly span: Span;
  /** The client sends it as a parameter, so it can't change the statement. */
  readonly bound: boolean;
}

/** Where in the code a query stands. */
export interface CodePlace {
  /** The client as the code writes it: `prisma`, `ctx.db`. */
  readonly client: string;
  /** Names of the functions that made the client, as far as its file tells. */
  readonly madeBy: readonly string[];
  /** Names of the functions around it, the innermost first. */
  readonly functions: readonly string[];
  /** Names of the functions that it is handed to as part of a callback or of an argument, the innermost first. */
  readonly handedTo: readonly string[];
  /** The transaction that is opened around it. */
  readonly transaction?: CodeTransaction;
  /** It runs in a transaction: one around it, or one that was handed over as `tx`. */
  readonly inTransaction: boolean;
}

export interface CodeTransaction {
  /** The call that opens it. */
  readonly span: Span;
  /** Isolation level as written, in lower case with blanks: `serializable`, `repeatable read`. */
  readonly isolation?: string;
  /** Raw SQL that runs in it. */
  readonly sql: readonly RawSql[];
}

/** What the workspace's code does with the tables of one schema. */
export interface Uses {
  /** Its queries of a table, by file and place. */
  queries(table: Table): readonly Query[];
  /** Where a table, or a column of it, is named by what it is called in the database. */
  places(table: TableName, column?: string): readonly UsePlace[];
}

/** A place that fails once the table or column is gone. */
export interface UsePlace {
  readonly at: Span;
  /** It is declared in the schema of an ORM, used by a query or its rows, or written in SQL text. */
  readonly by: 'schema' | 'code' | 'sql';
}

/** The table that code means by a name. */
export function findTable(tables: readonly Table[], reference: Omit<TableReference, 'span'> & Partial<TableReference>): Table | undefined {
  const names = tablesByName(tables);
  return names.get(reference.by === 'property' ? `.${reference.name}` : reference.name);
}

const known = new WeakMap<readonly Table[], ReadonlyMap<string, Table>>();

function tablesByName(tables: readonly Table[]): ReadonlyMap<string, Table> {
  let names = known.get(tables);
  if (!names) {
    const found = new Map<string, Table>();
    for (const table of tables) {
      if (!found.has(table.name)) found.set(table.name, table);
      const property = `.${table.name.charAt(0).toLowerCase()}${table.name.slice(1)}`;
      if (!found.has(property)) found.set(property, table);
    }
    known.set(tables, (names = found));
  }
  return names;
}

/** Whether a query writes something to a column that isn't spelt out where it is written. */
export function writesOthers(queries: readonly Query[], column: string): boolean {
  return queries.some(({ writes }) => writes.some((write) => write.column === column && write.values.length === 0));
}

/** Literals that queries write to a column of their table or compare it with, in the order of the queries. */
export function literalsOf(queries: readonly Query[], column: string): string[] {
  const values = queries.flatMap(({ filters, writes, compared }) => [
    ...filters.filter((filter) => filter.through.length === 0 && filter.operator !== 'text'),
    ...writes,
    ...compared,
  ].flatMap((use) => (use.column === column ? use.values : [])));
  return [...new Set(values)];
}
