// What happens to referencing rows when the row they refer to is deleted, and what is likely meant.
import { columnOf } from './column-roles';
import { isJunction } from './junction';
import type { Column, ForeignKey, ReferentialAction, ReferentialRule } from './nodes';
import { stems } from './words';

/** Whether every referencing column takes NULL; false where a column is unknown. */
export function isOptional(foreignKey: Pick<ForeignKey, 'table' | 'columns'>): boolean {
  return foreignKey.columns.every((name) => columnOf(foreignKey.table, name)?.nullable === true);
}

/** The rule that holds where none is written: Prisma writes its own into migrations, PostgreSQL has NO ACTION. */
export function defaultDeleteRule(foreignKey: ForeignKey): ReferentialAction {
  const { language, dialect } = foreignKey.table;
  if (language !== 'prisma') return 'no action';
  if (isOptional(foreignKey)) return 'set null';
  return dialect === 'sqlserver' ? 'no action' : 'restrict';
}

/** The columns that a rule of the key sets, as far as they are known: all of them, or those that it names. */
export function columnsSet({ table, columns }: ForeignKey, rule: ReferentialRule): Column[] {
  return (rule.columns ?? columns).flatMap((name) => columnOf(table, name) ?? []);
}

/** What forbids the delete: SQL Server knows no RESTRICT, and its NO ACTION checks at once, which is the same. */
export function restrictiveRule({ table }: Pick<ForeignKey, 'table'>): 'restrict' | 'no action' {
  return table.dialect === 'sqlserver' ? 'no action' : 'restrict';
}

/** Words that end the name of a table whose rows mean nothing without their owner. */
const OWNED = new Set([
  'item', 'line', 'detail', 'session', 'token', 'setting', 'preference', 'profile', 'account', 'image', 'attachment',
  'membership', 'member', 'reaction', 'like', 'vote', 'option', 'translation', 'address', 'revision', 'version', 'step',
]); // prettier-ignore

/** Columns that name who did something, not whom a row belongs to. */
const ACTORS = new Set(['author', 'creator', 'createdby', 'updatedby', 'editor', 'approver', 'reviewer', 'assignee', 'sender', 'inviter', 'invitedby']);

/** The delete rule that the shape and the names of the two tables suggest. */
export function likelyDeleteRule(foreignKey: Pick<ForeignKey, 'table' | 'columns'>, target: string): 'cascade' | 'restrict' | 'set null' {
  if (isOptional(foreignKey)) return 'set null';
  if (isJunction(foreignKey.table)) return 'cascade';
  const role = foreignKey.columns.map((column) => stems(column).filter((word) => word !== 'id').join('')).join('');
  if (ACTORS.has(role)) return 'restrict';
  const child = stems(foreignKey.table.name);
  const parent = stems(target);
  const named = child.length > parent.length && parent.every((word, at) => word === child[at]);
  return named || OWNED.has(child.at(-1) ?? '') ? 'cascade' : 'restrict';
}
