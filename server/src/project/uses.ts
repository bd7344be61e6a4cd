// What application code does with the tables of a schema, looked up by table.
import { findTable, type ColumnRead, type Query, type UsePlace, type Uses } from '../model/queries';
import { finderOf, nameOf, sameTable } from '../model/names';
import type { Schema, Table, TableName } from '../model/nodes';
import { namedInSql } from '../model/sql-names';
import { folded } from '../model/words';
import { partOf, type Span } from '../text/span';

/** The queries of some code, and the schema that it works with, where one is known. */
export interface Use {
  readonly code: Schema;
  readonly database?: Schema | undefined;
  /** It is run by hand or once, so nothing that is deployed depends on it. */
  readonly script: boolean;
}

/** What is known of migrations: the schemas of ORMs that describe their tables, and the names of all that they ever made. */
export interface Migrated {
  readonly described: readonly Schema[];
  readonly tables: ReadonlySet<string>;
}

/** Answers by the names that tables have in the database, so that another description of them is answered as well. */
export class TableUses implements Uses {
  readonly #code: readonly Schema[];
  readonly #names: string;
  #byTable: Map<string, Query[]> | undefined;
  readonly #places = new Map<string, readonly UsePlace[]>();

  constructor(
    private readonly uses: readonly Use[],
    private readonly migrated: Migrated = { described: [], tables: new Set() },
  ) {
    this.#code = uses.map(({ code }) => code);
    this.#names = namesIn(uses);
  }

  queries(table: Table): readonly Query[] {
    this.#byTable ??= sorted(this.uses);
    return this.#byTable.get(table.dbName) ?? [];
  }

  places(table: TableName, column?: string): readonly UsePlace[] {
    const key = JSON.stringify([table.schema, table.name, column]);
    let places = this.#places.get(key);
    if (!places) {
      const wanted: Wanted = { table, column };
      const { described } = this.migrated;
      const isKnown = (name: string): boolean => this.migrated.tables.has(name) || described.some((schema) => finders(schema)({ name }) !== undefined);
      const code = this.uses.filter(({ script }) => !script);
      places = [...described.flatMap((schema) => declared(schema, wanted)), ...code.flatMap((use) => placesIn(use, wanted, isKnown))];
      this.#places.set(key, places);
    }
    return places;
  }

  /** Whether it would say the same about these. */
  saysOf(uses: readonly Use[], migrated?: Migrated): boolean {
    const { described = [], tables = new Set<string>() } = migrated ?? {};
    return (
      uses.length === this.#code.length &&
      uses.every(({ code }, at) => code === this.#code[at]) &&
      described.length === this.migrated.described.length &&
      described.every((schema, at) => schema === this.migrated.described[at]) &&
      tables.size === this.migrated.tables.size &&
      [...tables].every((name) => this.migrated.tables.has(name)) &&
      namesIn(uses) === this.#names
    );
  }
}

function namesIn(uses: readonly Use[]): string {
  const schemas = new Set(uses.map(({ database }) => database));
  return [...schemas].map((schema) => (schema?.tables ?? []).map(({ name, dbName }) => `${name} ${dbName}`).join()).join('\n');
}

function sorted(uses: readonly Use[]): Map<string, Query[]> {
  const byTable = new Map<string, Query[]>();
  for (const { code, database } of uses) {
    for (const query of code.queries ?? []) {
      const name = database && findTable(database.tables, query.table)?.dbName;
      if (name === undefined) continue;
      const own = byTable.get(name);
      if (own) own.push(query);
      else byTable.set(name, [query]);
    }
  }
  return byTable;
}

/** What is looked for, by its names in the database. */
interface Wanted {
  readonly table: TableName;
  readonly column: string | undefined;
}

/** Where an ORM's schema declares it. */
function declared(schema: Schema, { table, column }: Wanted): UsePlace[] {
  const found = finders(schema)(table);
  // A table that the ORM is told to leave alone is none of its queries'.
  if (!found || found.ignored) return [];
  const node = column === undefined ? found : found.columns.find(({ dbName }) => dbName === column);
  return node ? [{ at: node.nameSpan, by: 'schema' }] : [];
}

function placesIn({ code, database }: Use, wanted: Wanted, isKnown: (name: string) => boolean): UsePlace[] {
  const inSql = (code.rawSql ?? []).flatMap((sql) =>
    namedInSql(sql.text, wanted.table, wanted.column, isKnown).map(({ start, end }): UsePlace => ({ at: partOf(sql.textSpan, start, end), by: 'sql' })),
  );
  if (!database) return inSql;
  const found = finders(database)(wanted.table);
  const inCode = wanted.column !== undefined ? found && columnPlaces(code, database, found, wanted.column) : tablePlaces(code, database, found, wanted.table);
  return [...(inCode ?? []), ...inSql];
}

function tablePlaces(code: Schema, { tables, language }: Schema, table: Table | undefined, { name }: TableName): UsePlace[] {
  const queries = (code.queries ?? []).filter((query) => {
    const own = findTable(tables, query.table);
    // One that the schema no longer declares still has the property that was made from its name.
    return own ? own === table : language === 'prisma' && query.table.by === 'property' && query.table.name === propertyOf(name);
  });
  const members = table && language === 'drizzle' ? (code.columnMembers ?? []).filter((member) => findTable(tables, member.table) === table) : [];
  return places([...queries.map((query) => query.table.span), ...members.map((member) => member.table.span)]);
}

function propertyOf(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function columnPlaces(code: Schema, database: Schema, table: Table, column: string): UsePlace[] {
  const names = namesOf(table, column, database);
  if (names.size === 0) return [];
  const found: Span[] = [];
  for (const query of code.queries ?? []) {
    const own = findTable(database.tables, query.table);
    if (!own) continue;
    const direct = query.writes.map((write): ColumnRead => ({ column: write.column, through: [], span: write.span }));
    for (const read of [...query.filters, ...direct, ...query.reads]) {
      if (names.has(read.column) && tableThrough(own, read.through, database) === table) found.push(read.span);
    }
  }
  if (database.language === 'drizzle') {
    for (const member of code.columnMembers ?? []) if (names.has(member.column) && findTable(database.tables, member.table) === table) found.push(member.span);
  }
  return places(found);
}

/**
 * What code calls a column: the schema tells, or, where it no longer declares it, the name in the database in one of the
 * usual spellings, unless something else in the schema has that name now.
 */
function namesOf(table: Table, column: string, { relations = [] }: Schema): ReadonlySet<string> {
  const own = table.columns.find(({ dbName }) => dbName === column);
  if (own) return new Set([own.name]);
  const others = [
    ...table.columns.map(({ name }) => name),
    ...table.foreignKeys.flatMap(({ name }) => name ?? []),
    ...(table.otherEnds ?? []).map(({ name }) => name),
    ...relations.flatMap((relation) => (sameTable(relation.table, nameOf(table)) ? relation.name : [])),
  ];
  const camel = column.replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return new Set([column, camel].filter((name) => !others.some((other) => folded(other) === folded(name))));
}

/** The table that relations, or the constant of another table, lead to. */
function tableThrough(table: Table, through: readonly string[], schema: Schema): Table | undefined {
  let at: Table | undefined = table;
  for (const name of through) {
    if (!at) return undefined;
    const target = targetOf(at, name, schema);
    at = target ? finders(schema)(target) : schema.language === 'drizzle' ? findTable(schema.tables, { name, by: 'constant' }) : undefined;
  }
  return at;
}

function targetOf(table: Table, relation: string, { relations = [], language }: Schema): TableName | undefined {
  if (language === 'prisma') return [...table.foreignKeys, ...(table.otherEnds ?? [])].find(({ name }) => name === relation)?.target;
  return relations.find(({ name, table: own }) => name === relation && sameTable(own, nameOf(table)))?.target;
}

/** In the order of the text; of a place within another only the inner one. */
function places(spans: readonly Span[]): UsePlace[] {
  const found: Span[] = [];
  for (const at of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = found.at(-1);
    if (last && at.end <= last.end) found.pop();
    found.push(at);
  }
  return found.map((at) => ({ at, by: 'code' }));
}

const known = new WeakMap<Schema, ReturnType<typeof finderOf>>();

function finders(schema: Schema): ReturnType<typeof finderOf> {
  let find = known.get(schema);
  if (!find) known.set(schema, (find = finderOf(schema.tables)));
  return find;
}
