// One abstract schema in the words of Prisma, Drizzle and SQL.
import type { AbstractColumn, AbstractForeignKey, AbstractIndex, AbstractPart, AbstractSchema, AbstractTable, Kind } from './abstract';

const quoted = (name: string): string => `"${name}"`;
const listed = (names: readonly string[]): string => names.map(quoted).join(', ');

// ---- SQL

export function toSql({ tables }: AbstractSchema): string {
  const done = new Set<string>();
  const created: string[] = [];
  const later: string[] = [];
  for (const table of tables) {
    done.add(table.name);
    const known = (key: AbstractForeignKey): boolean => done.has(key.target) && key.target !== table.name;
    const columns = table.columns.map((column) => `  ${sqlColumn(column, table, known)}`);
    const key = table.primaryKey.length > 1 ? [`  PRIMARY KEY (${listed(table.primaryKey)})`] : [];
    const uniques = table.indexes
      .filter((index) => index.constraint && !index.inline)
      .map((index) => `  CONSTRAINT ${quoted(index.name)} UNIQUE (${index.parts.map(({ column }) => quoted(column)).join(', ')})`);
    created.push(`CREATE TABLE ${quoted(table.name)} (\n${[...columns, ...key, ...uniques].join(',\n')}\n);`);
    for (const index of table.indexes) if (!index.constraint) later.push(sqlIndex(index, table));
    for (const foreignKey of table.foreignKeys) {
      if (foreignKey.inline && known(foreignKey)) continue;
      later.push(`ALTER TABLE ${quoted(table.name)} ADD CONSTRAINT ${quoted(foreignKey.name)} FOREIGN KEY (${listed(foreignKey.columns)}) ${sqlReference(foreignKey)};`);
    }
  }
  return `${[...created, ...later, ...tables.flatMap(sqlSecurity)].join('\n\n')}\n`;
}

function sqlSecurity({ name, rowSecurity: { enabled, forced, policies } }: AbstractTable): string[] {
  const turn = (what: string): string => `ALTER TABLE ${quoted(name)} ${what} ROW LEVEL SECURITY;`;
  const written = Array.from({ length: policies }, (_, at) => `CREATE POLICY ${quoted(`${name}_policy_${at}`)} ON ${quoted(name)} USING (true);`);
  return [...(enabled ? [turn('ENABLE')] : []), ...(forced ? [turn('FORCE')] : []), ...written];
}

function sqlColumn(column: AbstractColumn, table: AbstractTable, known: (key: AbstractForeignKey) => boolean): string {
  const words = [quoted(column.name), column.kind === 'varchar' ? 'varchar(40)' : column.kind];
  if (!column.nullable) words.push('NOT NULL');
  if (table.primaryKey.length === 1 && table.primaryKey[0] === column.name) words.push('PRIMARY KEY');
  for (const index of table.indexes) if (index.inline && index.parts[0]?.column === column.name) words.push(`CONSTRAINT ${quoted(index.name)} UNIQUE`);
  for (const key of table.foreignKeys) {
    if (key.inline && known(key) && key.columns[0] === column.name) words.push(`CONSTRAINT ${quoted(key.name)} ${sqlReference(key)}`);
  }
  return words.join(' ');
}

function sqlReference(key: AbstractForeignKey): string {
  return `REFERENCES ${quoted(key.target)} (${listed(key.targetColumns)}) ON DELETE ${key.onDelete.toUpperCase()}`;
}

function sqlIndex(index: AbstractIndex, table: AbstractTable): string {
  const using = index.method === 'hash' ? ' USING hash' : '';
  const where = index.where === undefined ? '' : ` WHERE ${quoted(index.where)} IS NOT NULL`;
  const parts = index.parts.map(sqlPart).join(', ');
  return `CREATE ${index.unique ? 'UNIQUE ' : ''}INDEX ${quoted(index.name)} ON ${quoted(table.name)}${using} (${parts})${where};`;
}

function sqlPart({ column, lowered, sort, nulls }: AbstractPart): string {
  const words = [lowered ? `lower(${quoted(column)})` : quoted(column)];
  if (sort === 'desc') words.push('DESC');
  if (nulls) words.push(`NULLS ${nulls.toUpperCase()}`);
  return words.join(' ');
}

// ---- Prisma

const PRISMA_TYPES: Readonly<Record<Kind, readonly [type: string, native: string]>> = {
  uuid: ['String', ' @db.Uuid'],
  text: ['String', ''],
  varchar: ['String', ' @db.VarChar(40)'],
  'text[]': ['String[]', ''],
  real: ['Float', ' @db.Real'],
  json: ['Json', ' @db.Json'],
  jsonb: ['Json', ''],
  integer: ['Int', ''],
  bigint: ['BigInt', ''],
  boolean: ['Boolean', ''],
  timestamp: ['DateTime', ''],
  timestamptz: ['DateTime', ' @db.Timestamptz(3)'],
};

const modelName = (table: string): string => `M${table.replace(/[^A-Za-z0-9]/g, '')}`;
const fieldName = (column: string): string => `f_${column}`;

export function toPrisma({ tables }: AbstractSchema): string {
  const head = `generator client {\n  provider        = "prisma-client"\n  output          = "./generated"\n  previewFeatures = ["partialIndexes"]\n}\n\ndatasource db {\n  provider = "postgresql"\n}\n`;
  return [head, ...tables.map((table) => prismaModel(table, tables))].join('\n');
}

function prismaModel(table: AbstractTable, tables: readonly AbstractTable[]): string {
  const lines = table.columns.map((column) => prismaField(column, table));
  for (const key of table.foreignKeys) {
    const optional = key.columns.some((name) => table.columns.find((column) => column.name === name)?.nullable);
    const action = { cascade: 'Cascade', restrict: 'Restrict', 'no action': 'NoAction', 'set null': 'SetNull', 'set default': 'SetDefault' }[key.onDelete];
    lines.push(
      `${key.name} ${modelName(key.target)}${optional ? '?' : ''} @relation("${key.name}", fields: [${fields(key.columns)}], references: [${fields(key.targetColumns)}], onDelete: ${action}, map: "${key.name}")`,
    );
  }
  for (const other of tables) {
    for (const key of other.foreignKeys) {
      if (key.target === table.name) lines.push(`${prismaBack(key)} @relation("${key.name}")`.replace('MODEL', modelName(other.name)));
    }
  }
  if (table.primaryKey.length > 1) lines.push(`@@id([${fields(table.primaryKey)}])`);
  for (const index of table.indexes) {
    if (index.inline && index.unique) continue;
    const parts = index.parts.map(({ column, sort }) => `${fieldName(column)}${sort === 'desc' ? '(sort: Desc)' : ''}`);
    const where = index.where === undefined ? '' : `, where: raw("\\"${index.where}\\" IS NOT NULL")`;
    const method = index.method === 'hash' ? ', type: Hash' : '';
    lines.push(`@@${index.unique ? 'unique' : 'index'}([${parts.join(', ')}], map: "${index.name}"${method}${where})`);
  }
  lines.push(`@@map("${table.name}")`);
  return `model ${modelName(table.name)} {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`;
}

function prismaBack(key: AbstractForeignKey): string {
  return `back_${key.name} MODEL[]`;
}

function prismaField(column: AbstractColumn, table: AbstractTable): string {
  const [type, native] = PRISMA_TYPES[column.kind];
  const id = table.primaryKey.length === 1 && table.primaryKey[0] === column.name ? ' @id' : '';
  const uniques = table.indexes
    .filter((index) => index.inline && index.parts[0]?.column === column.name)
    .map((index) => ` @unique(map: "${index.name}")`);
  return `${fieldName(column.name)} ${type}${column.nullable && !type.endsWith('[]') ? '?' : ''}${id}${uniques.join('')} @map("${column.name}")${native}`;
}

const fields = (names: readonly string[]): string => names.map(fieldName).join(', ');

// ---- Drizzle

const DRIZZLE_TYPES: Readonly<Record<Kind, (name: string) => string>> = {
  uuid: (name) => `uuid('${name}')`,
  text: (name) => `text('${name}')`,
  varchar: (name) => `varchar('${name}', { length: 40 })`,
  'text[]': (name) => `text('${name}').array()`,
  real: (name) => `real('${name}')`,
  json: (name) => `json('${name}')`,
  jsonb: (name) => `jsonb('${name}')`,
  integer: (name) => `integer('${name}')`,
  bigint: (name) => `bigint('${name}', { mode: 'number' })`,
  boolean: (name) => `boolean('${name}')`,
  timestamp: (name) => `timestamp('${name}', { precision: 3 })`,
  timestamptz: (name) => `timestamp('${name}', { withTimezone: true })`,
};

const constantName = (table: string): string => `table${modelName(table)}`;

export function toDrizzle({ tables }: AbstractSchema): string {
  const imports = `import { bigint, boolean, foreignKey, index, integer, json, jsonb, pgPolicy, pgTable, primaryKey, real, text, timestamp, unique, uniqueIndex, uuid, varchar, type AnyPgColumn } from 'drizzle-orm/pg-core';\nimport { sql } from 'drizzle-orm';\n`;
  return [imports, ...tables.map(drizzleTable)].join('\n');
}

function drizzleTable(table: AbstractTable): string {
  const inlined = new Map<string, AbstractForeignKey>();
  for (const key of table.foreignKeys) if (key.inline && !inlined.has(key.columns[0] ?? '')) inlined.set(key.columns[0] ?? '', key);
  const columns = table.columns.map((column) => `  ${fieldName(column.name)}: ${drizzleColumn(column, table, inlined.get(column.name))},`);
  const extra: string[] = [];
  if (table.primaryKey.length > 1) extra.push(`primaryKey({ columns: [${drizzleColumns('t', table.primaryKey)}] })`);
  for (const index of table.indexes) if (!index.inline) extra.push(drizzleIndex(index));
  for (const key of table.foreignKeys) {
    if (inlined.get(key.columns[0] ?? '') === key) continue;
    extra.push(
      `foreignKey({ name: '${key.name}', columns: [${drizzleColumns('t', key.columns)}], foreignColumns: [${drizzleColumns(constantName(key.target), key.targetColumns)}] }).onDelete('${key.onDelete}')`,
    );
  }
  const { enabled, policies } = table.rowSecurity;
  for (let at = 0; at < policies; at++) extra.push(`pgPolicy('${table.name}_policy_${at}', { using: sql\`true\` })`);
  const security = enabled ? '.enableRLS()' : '';
  return `export const ${constantName(table.name)} = pgTable('${table.name}', {\n${columns.join('\n')}\n}, (t) => [\n${extra.map((each) => `  ${each},\n`).join('')}])${security};\n`;
}

function drizzleColumn(column: AbstractColumn, table: AbstractTable, reference: AbstractForeignKey | undefined): string {
  let chain = DRIZZLE_TYPES[column.kind](column.name);
  if (table.primaryKey.length === 1 && table.primaryKey[0] === column.name) chain += '.primaryKey()';
  else if (!column.nullable) chain += '.notNull()';
  for (const index of table.indexes) if (index.inline && index.parts[0]?.column === column.name) chain += `.unique('${index.name}')`;
  if (reference) chain += `.references((): AnyPgColumn => ${drizzleColumns(constantName(reference.target), reference.targetColumns)}, { onDelete: '${reference.onDelete}' })`;
  return chain;
}

function drizzleIndex(index: AbstractIndex): string {
  const parts = index.parts.map(drizzlePart).join(', ');
  if (index.constraint) return `unique('${index.name}').on(${parts})`;
  const on = index.method === 'hash' ? `.using('hash', ${parts})` : `.on(${parts})`;
  const where = index.where === undefined ? '' : `.where(sql\`\${t.${fieldName(index.where)}} IS NOT NULL\`)`;
  return `${index.unique ? 'uniqueIndex' : 'index'}('${index.name}')${on}${where}`;
}

/** Drizzle's `.desc()` alone puts nulls last, which PostgreSQL's DESC doesn't. */
function drizzlePart({ column, lowered, sort, nulls }: AbstractPart): string {
  const name = `t.${fieldName(column)}`;
  const place = nulls ?? (sort === 'desc' ? 'first' : 'last');
  if (lowered) return `sql\`lower(\${${name}})${sort === 'desc' ? ' desc' : ''}${nulls ? ` nulls ${nulls}` : ''}\``;
  if (sort === 'asc' && place === 'last') return name;
  if (sort === 'desc' && place === 'last') return `${name}.desc()`;
  return `${name}.${sort}().nullsFirst()`;
}

function drizzleColumns(of: string, names: readonly string[]): string {
  return names.map((name) => `${of}.${fieldName(name)}`).join(', ');
}
