// Indexes, keys and checks as PostgreSQL's DDL spells them. Undefined where the model doesn't know enough to say it exactly.
import { LONGEST, truncated } from '../identifiers';
import { nameOf } from '../names';
import type { Check, Exclusion, ForeignKey, Index, IndexPart, ReferentialRule, Table } from '../nodes';
import { alterTable } from './columns';
import { identifier, identifiers, qualified, words, type Spelling } from './spelling';

/** Whether the database has the index as a constraint: Prisma makes unique indexes of what it calls unique. */
export function isConstraint({ constraint, table }: Index): boolean {
  return constraint === 'primary key' || (constraint === 'unique' && table.language !== 'prisma');
}

/** CREATE INDEX. */
export function createIndex(index: Index, spelling: Spelling, how: { readonly concurrently?: boolean } = {}): string | undefined {
  const { table, method } = index;
  const name = namesNothing(index) ? undefined : index.name;
  const parts = index.parts.map((part) => indexPart(part, table, spelling));
  const where = index.where && sqlOf(index.where.raw, table);
  if (parts.includes(undefined) || (index.where && where === undefined) || name === undefined || method === 'unknown') return undefined;
  return `${words(
    'CREATE',
    index.unique && 'UNIQUE',
    'INDEX',
    how.concurrently && 'CONCURRENTLY',
    identifier(name, spelling),
    'ON',
    qualified(nameOf(table), spelling),
    method !== 'btree' && `USING ${method}`,
    `(${parts.join(', ')})`,
    index.include.length > 0 && `INCLUDE (${identifiers(index.include, spelling)})`,
    index.nullsNotDistinct && 'NULLS NOT DISTINCT',
    index.options,
    where !== undefined && `WHERE ${where}`,
  )};`;
}

/** A declaration without a name, of which the tool makes none either. */
function namesNothing({ unnamed, name }: Index): boolean {
  return unnamed === true || name === undefined;
}

function indexPart(part: IndexPart, table: Table, spelling: Spelling): string | undefined {
  const { column, collation, ops, sort, nulls } = part;
  const expression = part.expression === undefined ? undefined : sqlOf(part.expression, table);
  const own = column === undefined ? expression && inParentheses(expression) : identifier(column, spelling);
  if (own === undefined) return undefined;
  return words(own, collation !== undefined && `COLLATE ${identifier(collation, { ...spelling, quoteAll: true })}`, ops, sort === 'desc' && 'DESC', nulls && `NULLS ${nulls.toUpperCase()}`);
}

/** An expression in an index needs parentheses, unless it is one call. */
function inParentheses(expression: string): string {
  return /^\w+\s*\([^()]*\)$/.test(expression) || /^\(.*\)$/s.test(expression) ? expression : `(${expression})`;
}

/** SQL of a declaration, with the columns that a template names; undefined where it is made of anything else. */
function sqlOf(raw: string, table: Table): string | undefined {
  if (table.language === 'sql') return raw;
  const template = /^sql(?:\s*<[^`]*>)?\s*`([^`]*)`$/.exec(raw)?.[1];
  const text = template ?? raw;
  // Without its template, SQL and a call in the schema's own language look alike; only the latter has members.
  if (table.language === 'drizzle' && template === undefined && MEMBER.test(text.replaceAll(/\$\{[^}]*\}|'[^']*'/g, ' '))) return undefined;
  const named = text.replaceAll(/\$\{\s*\w+\.(\w+)\s*\}/g, (whole, key: string) => {
    const column = table.columns.find(({ name }) => name === key);
    return column ? identifier(column.dbName, { quoteAll: true }) : whole;
  });
  return named.includes('${') || named.includes('`') ? undefined : named.trim();
}

const MEMBER = /[A-Za-z_$][\w$]*\.[A-Za-z_$]/;

export function dropIndex({ name, table }: Index, spelling: Spelling, how: { readonly concurrently?: boolean } = {}): string | undefined {
  if (name === undefined) return undefined;
  const schema = table.dbSchema;
  return `${words('DROP INDEX', how.concurrently && 'CONCURRENTLY', qualified({ name, ...(schema !== undefined && { schema }) }, spelling))};`;
}

/** A constraint as it stands in CREATE TABLE and behind ADD. */
export function constraintClause(node: Index | Check | ForeignKey | Exclusion, spelling: Spelling): string | undefined {
  const name = node.kind === 'foreignKey' ? keyName(node) : node.name;
  const body = constraintBody(node, spelling);
  return body === undefined ? undefined : words(name !== undefined && `CONSTRAINT ${identifier(name, spelling)}`, body);
}

/** The name that is written, or the one that Prisma makes of table and columns. */
function keyName({ dbName, table, columns }: ForeignKey): string | undefined {
  if (dbName !== undefined || table.language !== 'prisma') return dbName;
  return `${truncated([table.dbName, ...columns].join('_'), LONGEST - '_fkey'.length)}_fkey`;
}

function constraintBody(node: Index | Check | ForeignKey | Exclusion, spelling: Spelling): string | undefined {
  switch (node.kind) {
    case 'index':
      return isConstraint(node) ? keyBody(node, spelling) : undefined;
    case 'check':
      return checkBody(node);
    case 'foreignKey':
      return foreignKeyBody(node, spelling);
    case 'exclusion':
      return node.raw;
  }
}

function keyBody(index: Index, spelling: Spelling): string | undefined {
  const columns = index.parts.flatMap(({ column }) => column ?? []);
  if (columns.length !== index.parts.length) return undefined;
  return words(
    index.constraint === 'primary key' ? 'PRIMARY KEY' : 'UNIQUE',
    index.nullsNotDistinct && 'NULLS NOT DISTINCT',
    `(${identifiers(columns, spelling)})`,
    index.include.length > 0 && `INCLUDE (${identifiers(index.include, spelling)})`,
    index.options,
  );
}

function checkBody({ raw, table, validated }: Check): string | undefined {
  if (table.language === 'sql') return validated ? raw.replace(/\s+NOT\s+VALID\s*$/i, '') : raw;
  const sql = sqlOf(raw, table);
  return sql === undefined ? undefined : `CHECK (${sql})`;
}

function foreignKeyBody(key: ForeignKey, spelling: Spelling): string {
  const { onDelete, onUpdate } = rulesOf(key);
  return words(
    `FOREIGN KEY (${identifiers(key.columns, spelling)}) REFERENCES ${qualified(key.target, spelling)}`,
    key.targetColumns.length > 0 && `(${identifiers(key.targetColumns, spelling)})`,
    key.match !== undefined && `MATCH ${key.match.toUpperCase()}`,
    onDelete && `ON DELETE ${ruleWords(onDelete, spelling)}`,
    onUpdate && `ON UPDATE ${ruleWords(onUpdate, spelling)}`,
    key.timing,
    !key.validated && 'NOT VALID',
  );
}

type Rule = Pick<ReferentialRule, 'action' | 'columns'>;

/** What is written, or what Prisma does where nothing is. */
function rulesOf({ onDelete, onUpdate, table, columns }: ForeignKey): { onDelete: Rule | undefined; onUpdate: Rule | undefined } {
  if (table.language !== 'prisma') return { onDelete, onUpdate };
  const required = table.columns.some((column) => columns.includes(column.dbName) && !column.nullable);
  return { onDelete: onDelete ?? { action: required ? 'restrict' : 'set null' }, onUpdate: onUpdate ?? { action: 'cascade' } };
}

function ruleWords({ action, columns }: Rule, spelling: Spelling): string {
  return words(action.toUpperCase(), columns && columns.length > 0 && `(${identifiers(columns, spelling)})`);
}

export function addConstraint(node: Index | Check | ForeignKey | Exclusion, spelling: Spelling): string | undefined {
  const clause = constraintClause(node, spelling);
  return clause === undefined ? undefined : `${alterTable(node.table, spelling)} ADD ${clause};`;
}

export function dropConstraint(table: Table, name: string, spelling: Spelling): string {
  return `${alterTable(table, spelling)} DROP CONSTRAINT ${identifier(name, spelling)};`;
}
