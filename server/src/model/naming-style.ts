// How the authors of a schema name things: seen in the table itself, else in its file, else anywhere.
import type { Column, Schema, Table } from './nodes';

/** How a new column is named so that it looks like the others. */
export interface Naming {
  /** Fields are written `created_at`. */
  readonly snake: boolean;
  /** Fields written `createdAt` are mapped to `created_at`. */
  readonly mapped: boolean;
}

export function namingOf(table: Table, { tables }: Schema): Naming {
  const columns = circlesAround(table, tables).map((circle) => circle.flatMap((one) => one.columns));
  return {
    snake: firstVerdict(columns, isSnake, isCamel) ?? false,
    mapped: firstVerdict(columns, isMapped, isUnmapped) ?? false,
  };
}

/** Whether most names in the database are snake_case; undefined where nothing tells. */
export interface DatabaseStyle {
  readonly tables: boolean | undefined;
  readonly columns: boolean | undefined;
}

/** What most of these tables and their columns are called in the database. */
export function databaseStyle(tables: readonly Table[]): DatabaseStyle {
  const own = tables.filter(isOwn);
  return {
    tables: majority(own, ({ dbName }) => isSnakeCase(dbName), ({ dbName }) => !isSnakeCase(dbName)),
    // A single word looks alike in every style.
    columns: majority(own.flatMap((table) => table.columns), ({ dbName }) => isSnakeCase(dbName) && dbName.includes('_'), ({ dbName }) => !isSnakeCase(dbName)),
  };
}

/** Whether a name is in lower case with underscores, so that it never needs quotes for its letters. */
export function isSnakeCase(name: string): boolean {
  return /^[\p{Ll}\p{Lo}_][\p{Ll}\p{Lo}\p{N}_$]*$/u.test(name);
}

/** `createdAt`, `CreatedAt` and `HTTPRequest2` as `created_at`, `created_at` and `http_request2`. */
export function snakeCase(name: string): string {
  return name
    .replace(/(?<=[\p{Ll}\d])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})|[^\p{L}\p{N}_$]+/gu, '_')
    .replace(/_{2,}/g, '_')
    .toLowerCase();
}

function circlesAround(table: Table, tables: readonly Table[]): readonly Table[][] {
  return [[table], tables.filter(({ span }) => span.file === table.span.file), [...tables]].map((circle) => circle.filter(({ objectKind }) => objectKind === 'table'));
}

/** Views take their names from elsewhere, and what a tool leaves alone isn't its author's. */
function isOwn({ objectKind, ignored, temporary }: Table): boolean {
  return objectKind === 'table' && !ignored && !temporary;
}

function firstVerdict(circles: readonly (readonly Column[])[], yes: (column: Column) => boolean, no: (column: Column) => boolean): boolean | undefined {
  for (const circle of circles) {
    const verdict = majority(circle, yes, no);
    if (verdict !== undefined) return verdict;
  }
  return undefined;
}

function majority<T>(all: readonly T[], yes: (one: T) => boolean, no: (one: T) => boolean): boolean | undefined {
  const votes = all.filter(yes).length - all.filter(no).length;
  return votes === 0 ? undefined : votes > 0;
}

function isSnake({ name }: Column): boolean {
  return /^[a-z\d]+(?:_[a-z\d]+)+$/.test(name);
}

function isCamel({ name }: Column): boolean {
  return /^[a-z\d]+[A-Z]/.test(name);
}

function isMapped(column: Column): boolean {
  return isCamel(column) && column.dbName === snakeCase(column.name);
}

function isUnmapped(column: Column): boolean {
  return isCamel(column) && column.dbName === column.name;
}
