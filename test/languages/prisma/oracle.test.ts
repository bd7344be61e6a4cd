// What we read out of a schema is what Prisma reads out of it.
import assert from 'node:assert/strict';
import { prisma } from '../../../server/src/languages/prisma/index';
import type { Index, Schema, Table } from '../../../server/src/model/nodes';
import { sqlOfPrisma } from '../../golden/support/oracles';
import { printType, read, withDatasource } from './model';
import { datamodel, validate, type Datamodel } from './oracle';
import { models, rich, types, valid } from './schemas';

/** Bodies of a model, with and without sense. */
const BODIES = [
  'a Int', 'a Int?', 'a Int[]', 'a Int ?', 'a Int []', 'a\tInt\t@default(1)', 'a\u00a0Int', 'a', 'a:Int', 'a Int;', '1a Int', '_a Int', 'a-b Int', 'größe Int',
  'a /* x */ Int', '/* x */ a Int', 'a Int /* x */', 'a Int /* x\n*/ b Int', '/* x\n} */ a Int', '/// doc\n a Int // c', '//\n//\n', 'a Int // /* b\n b Int',
  'a Int @default(1)', 'a Int @default (1)', 'a Int @ default(1)', 'a Int @default( 1 )', 'a Int @default(007)', 'a Int @default(-5)', 'a Float @default(1.50)', 'a Float @default(1e5)', 'a Int @default(+1)',
  'a String @default("//")', 'a String @default("/*")', 'a String @default("\\"}{")', 'a String @default("\\d")', "a String @default('x')", 'a String @default("x', 'a String @default(value: "é😀")',
  'a String @db . Text', 'a String @db.Text', 'a String @db.VarChar( 20 )', 'a Decimal @db.Decimal(10,2)', 'a Int[] @default([1, -2])', 'a Int[] @default([1,])', 'a Json @default("{}")', 'a Json[] @default(["{}"])',
  'a Unsupported("x")', 'a Unsupported("x")?', 'a Unsupported ( "x" )', 'a String @default(uuid(7))', 'a String @default(nanoid(10))', 'a DateTime @default(now()) @updatedAt', 'a DateTime @updatedAt @default(now())',
  'null Int', 'true Int\n @@index([true])', 'type Int', 'model Int', 'enum Int', 'a Int @unique(map: "x")', 'a Int @unique(sort: Desc)', 'a Int @map("b c")', 'a Int @map(name: "b")', 'a Int @ignore',
  'a Int\n @@index([a])', 'a Int\n @@index(a)', 'a Int\n @@index([a],)', 'a Int\n @@index([a,])', 'a Int\n @@index( [ a ] )', 'a Int\n @@index(fields: [a], name: "x")', 'a Int\n @@index([a(sort: Desc)])', 'a Int\n @@index([a], type: Hash)',
  'a Int\n @@index([\na])', 'a Int\n @@ index([a])', 'a Int\n @@index ([a])', 'a Int\n @@index([a]) @@map("x")', 'a Int\n @@index([a]) // x', 'a String\n @@index([a(ops: raw("x"))], type: Gin)', '@@ignore', '@@map("x y")',
  'a M? @relation("x", fields: [b], references: [id])\n b Int?\n c M[] @relation("x")', 'a M? @relation(name: "x", fields: b, references: id)\n b Int?\n c M[] @relation(name: "x")', 'a M @relation(fields: [', '@', '@@', '}', '{',
];

/** Whole schemas, likewise. */
const SCHEMAS = [
  'model A {\n  id Int @id\n} // x', 'model A {\n  id Int @id\n  }', 'model A{\n  id Int @id\n}', 'model A { // x\n  id Int @id\n}', 'model A { x\n  id Int @id\n}', 'model A { id Int @id }', 'model A\n{\n  id Int @id\n}',
  '/* model A {\n} */', '/* open', 'model A {\n  id Int @id\n} model B {\n  id Int @id\n}', 'enum E { A }', 'enum E {\n  null\n  true\n  A @map("x") // y\n\n  @@map("e")\n}', 'enum E {\n  A\n  /* B\n} */ C\n}',
  'type X = String', 'generator g {\n}', 'generator g {\n  provider = env("X")\n  output = "x"\n  foo = { a: 1 }\n  b = ["a", "b"]\n}', 'generator g {\n  provider = "x"\n  b = [\n    "a"\n  ]\n}', '\n\r\n\t// x\n', 'model A {\r\n  id Int @id\r\n}\r\n', 'model A {\r  id Int @id\r}\r',
  'model A {\n  id Int @id\n\n\n  // x\n\n  b Int\n}', '///\n/// x\nmodel A {\n  ///\n  id Int @id ///\n}', 'model Größe {\n  id Int @id\n}', 'view V {\n  id Int @unique\n}\ngenerator g {\n  provider = "x"\n  previewFeatures = ["views"]\n}',
];

function problems(text: string): readonly string[] {
  return read(text).parsed[0]?.problems.map(({ message, start, end }) => `${text.slice(start, end)}: ${message}`) ?? [];
}

describe('Prisma: against Prisma itself', () => {
  before(() => prisma.prepare());

  it('has no problem with what Prisma accepts', () => {
    for (const [name, text] of Object.entries(valid)) {
      assert.equal(validate(text), undefined, name);
      assert.deepEqual(problems(text), [], name);
    }
    assert.deepEqual(problems(models), []);
    let accepted = 0;
    const all = [...BODIES.map((body) => `model M {\n  id Int @id\n  ${body}\n}\n`), ...SCHEMAS].map((text) => withDatasource(text));
    for (const text of all) {
      if (validate(text) !== undefined) continue;
      accepted++;
      assert.deepEqual(problems(text), [], text);
      assert.deepEqual(read(text).schema.tables.filter((table) => table.partial).map(({ name }) => name), [], text);
    }
    assert.ok(accepted > all.length / 2, `Prisma accepts only ${accepted} of ${all.length}, which proves little.`);
  });

  it('has the fields, keys and indexes that Prisma has', () => {
    for (const [name, text] of Object.entries(valid)) assert.deepEqual(ours(read(text).schema), theirs(datamodel(text)), name);
  });

  it('has the columns and names that Prisma creates in PostgreSQL', async () => {
    for (const text of [rich, types]) {
      const { created, named } = readSql(await sqlOfPrisma(text));
      const { tables } = read(text).schema;
      const own = tables.filter(({ objectKind }) => objectKind === 'table');
      const columns = own.flatMap((table) => table.columns.map(({ dbName, type, nullable }) =>
        `${table.dbName}.${dbName} ${printType(type).replace(' implied', '')}${'[]'.repeat(type.array)}${nullable ? '' : ' not null'}`));
      assert.deepEqual(columns.sort(), created.sort());
      assert.deepEqual(own.flatMap((table) => [...(table.primaryKey ? [table.primaryKey] : []), ...table.indexes].map(({ name }) => name)).sort(), named.sort());
    }
  });
});

function columnsOf({ parts, table }: Index): string {
  return parts.map(({ column, expression = '' }) => table.columns.find(({ dbName }) => dbName === column)?.name ?? expression.replace(/\(.*/, '')).join(', ');
}

function ours({ tables, enums }: Schema): string[] {
  const lines: string[] = [];
  for (const table of tables) {
    // Prisma's client knows nothing of what is ignored or unsupported.
    if (table.ignored) continue;
    lines.push(`${table.name} ${table.dbName}`);
    for (const column of table.columns) {
      if (column.name === 'old' || column.type.raw.startsWith('Unsupported') || column.type.raw === 'Address') continue;
      lines.push(`${table.name}.${column.name} ${column.dbName}${column.type.array > 0 ? '[]' : column.nullable ? '?' : ''}${column.updatedAutomatically ? ' updated' : ''}${column.default ? ' default' : ''}`);
    }
    lines.push(...keysOf(table));
  }
  return [...lines, ...enums.map(({ name, dbName, values }) => `${name} ${dbName} ${values.join()}`)].sort();
}

function keysOf(table: Table): string[] {
  const keys = [...(table.primaryKey ? [table.primaryKey] : []), ...table.indexes].map((index) =>
    `${table.name} ${index.constraint ?? (index.method === 'fulltext' ? 'fulltext' : 'index')}${index.inline ? ' inline' : ''} (${columnsOf(index)})${index.parts.map((part) => part.sort).includes('desc') ? ' desc' : ''}`);
  const relations = table.foreignKeys.map(({ name = '', columns, targetColumns, onDelete }) => `${table.name}.${name} (${columns.length} -> ${targetColumns.length}) ${onDelete?.action ?? ''}`);
  return [...keys, ...relations];
}

const SORTS = { id: 'primary key', unique: 'unique', normal: 'index', fulltext: 'fulltext' };
const ACTIONS: Readonly<Record<string, string>> = { Cascade: 'cascade', SetNull: 'set null', Restrict: 'restrict', NoAction: 'no action' };

function theirs({ models: all, indexes, enums }: Datamodel): string[] {
  const lines: string[] = [];
  for (const model of all) {
    lines.push(`${model.name} ${model.dbName ?? model.name}`);
    for (const field of model.fields) {
      if (field.relationFromFields?.length) {
        lines.push(`${model.name}.${field.name} (${field.relationFromFields.length} -> ${field.relationToFields?.length}) ${ACTIONS[field.relationOnDelete ?? ''] ?? ''}`);
      }
      if (field.kind === 'object') continue;
      const shape = field.isList ? '[]' : field.isRequired ? '' : '?';
      lines.push(`${model.name}.${field.name} ${field.dbName ?? field.name}${shape}${field.isUpdatedAt ? ' updated' : ''}${field.hasDefaultValue ? ' default' : ''}`);
    }
  }
  for (const { model, type, isDefinedOnField, fields } of indexes) {
    const sort = fields.some(({ sortOrder }) => sortOrder === 'desc') ? ' desc' : '';
    lines.push(`${model} ${SORTS[type]}${isDefinedOnField ? ' inline' : ''} (${fields.map(({ name }) => name).join(', ')})${sort}`);
  }
  return [...lines, ...enums.map(({ name, dbName, values }) => `${name} ${dbName ?? name} ${values.map((value) => value.dbName ?? value.name).join()}`)].sort();
}

const SQL_TYPES: readonly [RegExp, string][] = [
  [/^BIGSERIAL/, 'int64 serial'], [/^SERIAL/, 'int32 serial'], [/^SMALLINT/, 'int16'], [/^INTEGER/, 'int32'], [/^BIGINT/, 'int64'], [/^DECIMAL/, 'numeric'], [/^CITEXT/, 'text'],
  [/^DOUBLE PRECISION/, 'float64'], [/^REAL/, 'float32'], [/^BYTEA/, 'bytes'], [/^"(\w+)"/, 'enum $1'], [/^(TIMETZ|TIME)\b\(\d\)/, '$1'],
];

/** Columns, and names of keys and indexes, in the SQL that Prisma writes; without its own tables for relations. */
function readSql(sql: string): { created: string[]; named: string[] } {
  const created: string[] = [];
  const named: string[] = [];
  for (const [, table = '', body = ''] of sql.matchAll(/CREATE TABLE (?:"\w+"\.)?"([^"]+)" \(\n([^]*?)\n\);/g)) {
    if (table.startsWith('_')) continue;
    for (const [, column, rest = ''] of body.matchAll(/^ {4}"([^"]+)" (.*?),?$/gm)) {
      const type = rest.replace(/ (?:NOT NULL|DEFAULT).*/, '');
      const [pattern, name] = SQL_TYPES.find(([known]) => known.test(type)) ?? [/^$/, ''];
      created.push(`${table}.${column} ${type.replace(pattern, name).replace(/^[A-Z]+/, (word) => word.toLowerCase())}${rest.includes('NOT NULL') ? ' not null' : ''}`);
    }
    for (const [, name = ''] of body.matchAll(/CONSTRAINT "([^"]+)"/g)) named.push(name);
  }
  for (const [, name = ''] of sql.matchAll(/CREATE (?:UNIQUE )?INDEX "([^"_][^"]*)"/g)) named.push(name);
  return { created, named };
}
