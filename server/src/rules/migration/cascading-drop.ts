// Reports CASCADE where it takes along what the statement doesn't name.
import type { Finding, Rule } from '../../linter/rule';
import type { Change, ChangeOf, Statement } from '../../model/changes';
import { dependentsOf, emptiedWith, namesColumn, type Dependent } from '../../model/dependents';
import { around, isJustInCase, isOfTable } from '../../model/drops';
import { mayBeInUse } from '../../model/lifetime';
import type { Schema, TableName } from '../../model/nodes';
import { isWord, sqlTokens } from '../../model/sql-text';
import { partOf, type Span } from '../../text/span';

export const cascadingDrop: Rule = {
  id: 'cascading-drop',
  meta: {
    title: 'CASCADE drops or empties more than the statement names.',
    severity: 'warning',
    fix: 'none',
    dialects: ['postgresql'],
    bible: '+',
  },
  visit: {
    *change(change, { schema }) {
      const cascade = cascadeIn(change);
      if (!cascade || !change.table || !mayBeInUse(change.lifetime)) return;
      const finding = change.verb === 'truncate' ? emptied(change.table, change, schema) : dropped(change.table, change, schema);
      if (finding) yield { at: cascade, ...finding };
    },
    *statement(statement) {
      const things = dependentThings(statement);
      const cascade = things === undefined ? undefined : lastWord(statement);
      if (!cascade || things === undefined) return;
      yield { at: cascade, message: `CASCADE also drops whatever depends on it, without naming it: ${things}.`, help: 'Leave CASCADE out: PostgreSQL then lists what depends on it.' };
    },
  },
};

type Part = Pick<Finding, 'message' | 'help' | 'related' | 'quiet'>;

/** Where CASCADE stands, if the change has it. */
function cascadeIn(change: Change): Span | undefined {
  switch (change.verb) {
    case 'dropTable':
    case 'truncate':
      return change.cascade ? lastWord(change.statement) : undefined;
    case 'dropColumn':
    case 'dropConstraint': {
      const { statement, span } = change;
      if (!CASCADE.test(statement.text)) return undefined;
      const from = span.start - statement.span.start;
      const to = span.end - statement.span.start;
      const last = sqlTokens(statement.text).filter((token) => token.start >= from && token.end <= to).at(-1);
      return last && isWord(last, 'CASCADE') ? partOf(statement.span, last.start, last.end) : undefined;
    }
    default:
      return undefined;
  }
}

/** Looked for before a statement is cut into tokens. */
const CASCADE = /\bcascade\b/i;

function lastWord({ span, text }: Statement): Span | undefined {
  if (!CASCADE.test(text)) return undefined;
  const last = sqlTokens(text).at(-1);
  return last && isWord(last, 'CASCADE') ? partOf(span, last.start, last.end) : undefined;
}

function emptied(table: TableName, change: Change, { migrations }: Schema): Part | undefined {
  const others = emptiedWith(table, change.statement, migrations);
  if (others.length === 0 && change.lifetime === 'existing') return undefined;
  const help = 'Leave CASCADE out, and name each table that is to be emptied.';
  if (others.length === 0) return { message: `CASCADE also empties every table that references \`${table.name}\`, and those that reference them.`, help };
  return {
    message: `CASCADE also deletes every row of ${inWords(others)}, because of foreign keys that lead to \`${table.name}\`.`,
    help,
    related: others.map(({ at, of }) => ({ at, message: `\`${of.name}\` is emptied as well, because of this foreign key.` })),
  };
}

function dropped(table: TableName, change: Change, { migrations }: Schema): Part | undefined {
  const others = dependentsOf(table, change.statement, migrations).filter((each) => isAffected(each, change) && !isGoneAnyway(each, change));
  const help = 'Leave CASCADE out, and drop what depends on it by name.';
  if (others.length === 0) {
    if (change.lifetime === 'existing') return undefined;
    const quiet = isJustInCase(change) ? { quiet: true as const } : {};
    return { message: `CASCADE also drops whatever depends on ${nameOf(change)}, without naming it: foreign keys of other tables, and views.`, help, ...quiet };
  }
  return {
    message: `CASCADE also drops ${kinds(others)} that ${others.length === 1 ? 'depends' : 'depend'} on ${nameOf(change)}, of which the statement says nothing.`,
    help,
    related: others.map(({ at, kind, of }) => ({ at, message: kind === 'view' ? `The view \`${of.name}\` is dropped as well.` : `This foreign key of \`${of.name}\` is dropped as well.` })),
  };
}

/** Whether a dependent goes with a part of the table. */
function isAffected(dependent: Dependent, change: Change): boolean {
  if (change.verb === 'dropConstraint') return dependent.kind === 'foreign key';
  return change.verb !== 'dropColumn' || namesColumn(dependent, change.columnName);
}

/** The same migration drops it by name, only later. */
function isGoneAnyway({ of }: Dependent, change: Change): boolean {
  return around(change).after.some((each) => (each.verb === 'dropTable' || each.verb === 'dropView') && isOfTable(each, of));
}

function nameOf(change: Change): string {
  if (change.verb === 'dropColumn') return `\`${change.columnName}\``;
  return change.verb === 'dropConstraint' ? `\`${(change satisfies ChangeOf<'dropConstraint' | 'validateConstraint'>).name}\`` : `\`${change.table?.name ?? ''}\``;
}

function kinds(others: readonly Dependent[]): string {
  const keys = others.filter(({ kind }) => kind === 'foreign key').length;
  const views = others.length - keys;
  return [counted(keys, 'foreign key'), counted(views, 'view')].filter((each) => each !== '').join(' and ');
}

function counted(count: number, what: string): string {
  return count === 0 ? '' : count === 1 ? `a ${what}` : `${count} ${what}s`;
}

function inWords(others: readonly Dependent[]): string {
  const names = others.map(({ of }) => `\`${of.name}\``);
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

const THINGS: Readonly<Record<string, string>> = {
  TYPE: 'columns of that type with their values, functions, and views',
  DOMAIN: 'columns of that type with their values, functions, and views',
  VIEW: 'other views that read it',
  MATERIALIZED: 'other views that read it',
  FUNCTION: 'triggers, defaults, policies and indexes that call it',
  PROCEDURE: 'what calls it',
  ROUTINE: 'triggers, defaults, policies and indexes that call it',
  SEQUENCE: 'the defaults that take numbers from it',
  EXTENSION: 'columns of its types with their values, and indexes and functions made with it',
};

function dependentThings({ node, text }: Statement): string | undefined {
  const kind = node === 'DropStmt' ? sqlTokens(text)[1]?.text.toUpperCase() : undefined;
  return kind === undefined ? undefined : THINGS[kind];
}
