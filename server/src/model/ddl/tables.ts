// Tables, enums and policies as PostgreSQL's DDL spells them. Undefined where the model doesn't know enough to say it exactly.
import { nameOf } from '../names';
import type { Enum, Policy, Table } from '../nodes';
import { alterTable, columnDefinition } from './columns';
import { constraintClause, createIndex, isConstraint } from './keys';
import { identifier, qualified, stringConstant, type Spelling } from './spelling';

/** CREATE TABLE with its columns, keys and checks; then its indexes. Foreign keys, policies and the like come after all tables. */
export function createTable(table: Table, spelling: Spelling): readonly string[] | undefined {
  const { columns, primaryKey, indexes, checks, exclusions = [] } = table;
  if (table.partial || table.objectKind !== 'table' || table.partitionOf) return undefined;
  const constraints = indexes.filter(isConstraint);
  const lines = [
    ...columns.map((column) => columnDefinition(column, spelling)),
    ...[...(primaryKey ? [primaryKey] : []), ...constraints, ...checks.filter(({ validated }) => validated), ...exclusions].map((node) => constraintClause(node, spelling)),
  ];
  const rest = indexes.filter((index) => !constraints.includes(index)).map((index) => createIndex(index, spelling));
  const known = lines.flatMap((line) => line ?? []);
  const built = rest.flatMap((each) => each ?? []);
  if (known.length !== lines.length || built.length !== rest.length) return undefined;
  const tail = table.options === undefined ? '' : ` ${table.options}`;
  const body = known.length === 0 ? '()' : `(\n${known.map((line) => `  ${line}`).join(',\n')}\n)`;
  return [`CREATE ${table.temporary ? 'TEMPORARY ' : ''}TABLE ${qualified(nameOf(table), spelling)} ${body}${tail};`, ...built];
}

export function dropTable(table: Table, spelling: Spelling): string {
  return `DROP TABLE ${qualified(nameOf(table), spelling)};`;
}

export function createEnum({ dbName, dbSchema, values }: Enum, spelling: Spelling): string {
  return `CREATE TYPE ${qualified({ name: dbName, ...(dbSchema !== undefined && { schema: dbSchema }) }, spelling)} AS ENUM (${values.map(stringConstant).join(', ')});`;
}

export function dropEnum({ dbName, dbSchema }: Enum, spelling: Spelling): string {
  return `DROP TYPE ${qualified({ name: dbName, ...(dbSchema !== undefined && { schema: dbSchema }) }, spelling)};`;
}

/** The value at its place: before the first of those behind it that the database has, else at the end. */
export function addEnumValue(declared: Enum, value: string, present: readonly string[], spelling: Spelling): string {
  const { dbName, dbSchema, values } = declared;
  const next = values.slice(values.indexOf(value) + 1).find((each) => present.includes(each));
  const place = next === undefined ? '' : ` BEFORE ${stringConstant(next)}`;
  return `ALTER TYPE ${qualified({ name: dbName, ...(dbSchema !== undefined && { schema: dbSchema }) }, spelling)} ADD VALUE ${stringConstant(value)}${place};`;
}

export function createPolicy({ name, table, permissive, command, roles, using, withCheck }: Policy, spelling: Spelling): string {
  const lines = [
    `CREATE POLICY ${identifier(name, spelling)} ON ${qualified(nameOf(table), spelling)}`,
    ...(permissive ? [] : ['AS RESTRICTIVE']),
    ...(command === 'all' ? [] : [`FOR ${command.toUpperCase()}`]),
    ...(roles.length > 0 ? [`TO ${roles.map((role) => roleName(role, spelling)).join(', ')}`] : []),
    ...(using ? [`USING (${using.raw})`] : []),
    ...(withCheck ? [`WITH CHECK (${withCheck.raw})`] : []),
  ];
  return `${lines.join(' ')};`;
}

const CALLERS = new Set(['current_user', 'session_user', 'current_role']);

function roleName(role: string, spelling: Spelling): string {
  return CALLERS.has(role) ? role.toUpperCase() : identifier(role, { ...spelling, quoteAll: false });
}

export function dropPolicy({ name, table }: Policy, spelling: Spelling): string {
  return `DROP POLICY ${identifier(name, spelling)} ON ${qualified(nameOf(table), spelling)};`;
}

/** What turns row level security on or off, and holds the owner to it or not. */
export function setRowSecurity(table: Table, action: 'ENABLE' | 'DISABLE' | 'FORCE' | 'NO FORCE', spelling: Spelling): string {
  return `${alterTable(table, spelling)} ${action} ROW LEVEL SECURITY;`;
}
