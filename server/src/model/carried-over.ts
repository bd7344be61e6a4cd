// What hangs on a column, made again for another one that is to take its place: indexes, constraints, foreign keys.
import type { Migration } from './changes';
import { namesColumn, withColumns } from './conditions';
import { keyForm } from './key-form';
import type { Check, ForeignKey, Index, Table } from './nodes';
import { isWord, quoted, sourceOf, sqlTokens, type SqlToken } from './sql-text';
import { freeName, stepName } from './statement-names';
import type { Span } from '../text/span';

/** The two columns and their table. */
export interface Places {
  /** As the author writes it, and in front of the names of its indexes. */
  readonly table: string;
  readonly prefix: string;
  readonly alter: string;
  /** Whether names get quotes that they don't need. */
  readonly quotes: boolean;
  /** Names in the database: of the old column, and of the new one for as long as both are there. */
  readonly from: string;
  readonly to: string;
}

/** Statements with their semicolons. */
export interface CarriedOver {
  /** Indexes, each to be built outside of a transaction; `name` is what the file of it is about. */
  readonly builds: readonly { readonly name: string; readonly statement: string }[];
  /** Constraints that read no row as yet, and what proves them. */
  readonly promises: readonly string[];
  readonly proofs: readonly string[];
  /** What takes the old column's own away, and what then gives the new ones their names. */
  readonly drops: readonly string[];
  readonly renames: readonly string[];
}

/** Undefined where something on the column can't be made again as its author wrote it. */
export function carriedOver(table: Table, places: Places, migrations: readonly Migration[]): CarriedOver | undefined {
  const { from } = places;
  if (table.primaryKey?.parts.some(({ column }) => column === from) || table.primaryKey?.include.includes(from)) return undefined;
  const textAt = (span: Span): string | undefined => textIn(migrations, span);
  const parts = [
    ...table.indexes.filter((index) => usesColumn(index, from)).map((index) => indexAgain(index, table, places, textAt(index.span))),
    ...table.checks.filter(({ raw }) => namesColumn(raw, from)).map((check) => checkAgain(check, table, places)),
    ...table.foreignKeys.filter(({ columns }) => columns.includes(from)).map((key) => keyAgain(key, table, places, textAt(key.span))),
  ];
  const all: { [K in keyof CarriedOver]: CarriedOver[K][number][] } = { builds: [], promises: [], proofs: [], drops: [], renames: [] };
  for (const part of parts) {
    if (!part) return undefined;
    all.builds.push(...(part.builds ?? []));
    all.promises.push(...(part.promises ?? []));
    all.proofs.push(...(part.proofs ?? []));
    all.drops.push(...(part.drops ?? []));
    all.renames.push(...(part.renames ?? []));
  }
  return all;
}

type Part = Partial<CarriedOver> | undefined;

function textIn(migrations: readonly Migration[], span: Span): string | undefined {
  const migration = migrations.find(({ file }) => file === span.file);
  for (const statement of migration?.statements ?? []) {
    const text = sourceOf(statement, span);
    if (text !== undefined) return text;
  }
  return undefined;
}

function usesColumn({ parts, include, where }: Index, column: string): boolean {
  return include.includes(column) || namesColumn(where?.raw ?? '', column) || parts.some((part) => part.column === column || namesColumn(part.expression ?? '', column));
}

/** The name for as long as the old one is taken. */
function nameMeanwhile(table: Table, name: string): string {
  return freeName(table, `${name.slice(0, 58)}_new`);
}

const named = (name: string, { quotes }: Places): string => quoted(name, quotes);

function indexAgain(index: Index, table: Table, places: Places, text: string | undefined): Part {
  const { name } = index;
  if (name === undefined || text === undefined) return undefined;
  const meanwhile = nameMeanwhile(table, name);
  const built = (unique: boolean, tail: string): CarriedOver['builds'] => [
    { name: stepName(name), statement: `CREATE ${unique ? 'UNIQUE ' : ''}INDEX CONCURRENTLY ${named(meanwhile, places)} ON ${places.table}${tail};` },
  ];
  if (index.constraint) {
    const form = keyForm(text);
    if (!form) return undefined;
    const list = (columns: readonly (string | undefined)[]): string => columns.map((column = '') => named(column === places.from ? places.to : column, places)).join(', ');
    const include = index.include.length > 0 ? ` INCLUDE (${list(index.include)})` : '';
    return {
      builds: built(true, ` (${list(index.parts.map(({ column }) => column))})${include}${form.options}`),
      drops: [`${places.alter} DROP CONSTRAINT ${named(name, places)};`],
      renames: [`${places.alter} ADD CONSTRAINT ${named(name, places)} UNIQUE USING INDEX ${named(meanwhile, places)}${form.late};`],
    };
  }
  const tail = behindTable(text);
  const moved = tail === undefined ? undefined : swapped(tail, places);
  if (tail === undefined || moved === undefined || moved === tail) return undefined;
  return {
    builds: built(index.unique, moved),
    drops: [`DROP INDEX ${places.prefix}${named(name, places)};`],
    renames: [`ALTER INDEX ${places.prefix}${named(meanwhile, places)} RENAME TO ${named(name, places)};`],
  };
}

/** What CREATE INDEX says behind the table's name. */
function behindTable(text: string): string | undefined {
  const tokens = sqlTokens(text);
  if (!isWord(tokens[0], 'CREATE')) return undefined;
  let at = tokens.findIndex((token) => token.depth === 0 && isWord(token, 'ON')) + 1;
  if (at === 0 || isWord(tokens[at], 'ONLY')) return undefined;
  while (tokens[at + 1]?.text === '.') at += 2;
  const end = tokens[at]?.end;
  return end === undefined ? undefined : text.slice(end);
}

function swapped(sql: string, { from, to, quotes }: Places): string | undefined {
  return withColumns(sql, (name) => (name === from ? quoted(to, quotes) : undefined));
}

function checkAgain({ name, raw, validated }: Check, table: Table, places: Places): Part {
  const body = withoutState(raw);
  const moved = body === undefined ? undefined : swapped(body, places);
  return moved === undefined ? undefined : constraintAgain(name, moved, validated, table, places);
}

function keyAgain({ dbName, columns, onDelete, validated }: ForeignKey, table: Table, places: Places, text: string | undefined): Part {
  const tokens = sqlTokens(text ?? '');
  const references = tokens.find((token) => token.depth === 0 && isWord(token, 'REFERENCES'));
  const target = references && withoutState(text?.slice(references.start) ?? '');
  if (target === undefined || onDelete?.columns) return undefined;
  const own = columns.map((column) => named(column === places.from ? places.to : column, places)).join(', ');
  return constraintAgain(dbName, `FOREIGN KEY (${own}) ${target}`, validated, table, places);
}

function constraintAgain(name: string | undefined, body: string, validated: boolean, table: Table, places: Places): Part {
  if (name === undefined) return undefined;
  const { alter } = places;
  const meanwhile = named(nameMeanwhile(table, name), places);
  return {
    promises: [`${alter} ADD CONSTRAINT ${meanwhile} ${body} NOT VALID;`],
    proofs: validated ? [`${alter} VALIDATE CONSTRAINT ${meanwhile};`] : [],
    drops: [`${alter} DROP CONSTRAINT ${named(name, places)};`],
    renames: [`${alter} RENAME CONSTRAINT ${meanwhile} TO ${named(name, places)};`],
  };
}

/** A constraint without NOT VALID behind it; undefined where it isn't enforced. */
export function withoutState(text: string): string | undefined {
  const tokens = sqlTokens(text).filter(({ depth }) => depth === 0);
  if (tokens.some((token) => isWord(token, 'ENFORCED'))) return undefined;
  const valid = tokens.findIndex((token: SqlToken, at) => isWord(token, 'VALID') && isWord(tokens[at - 1], 'NOT'));
  return valid < 0 ? text : text.slice(0, tokens[valid - 1]?.start).trimEnd();
}
