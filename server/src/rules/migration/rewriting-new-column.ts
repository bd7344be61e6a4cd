// Reports new columns whose values make PostgreSQL write the whole table again.
import { splitFixes } from '../../linter/split-fixes';
import type { Context, Finding, Fix, Rule } from '../../linter/rule';
import type { ChangeOf } from '../../model/changes';
import { isEmptied, isRewrittenBefore } from '../../model/emptied';
import { mayBeInUse } from '../../model/lifetime';
import { lockCase } from '../../model/locks';
import { isNamedLater } from '../../model/runners';
import { inCaseOf, isWord, sourceOf, sqlTokens } from '../../model/sql-text';
import { isKnownType, typeShape } from '../../model/type-shapes';
import { isVolatile } from '../../model/volatility';
import { partOf } from '../../text/span';
import { newColumnSteps } from './rewriting-new-column.steps';

type NewColumn = ChangeOf<'addColumn'>;
type Cause = 'stored' | 'sequence' | 'volatile' | 'unknown';

export const rewritingNewColumn: Rule = {
  id: 'rewriting-new-column',
  meta: {
    title: 'A migration adds a column whose values make PostgreSQL write the whole table again.',
    severity: 'warning',
    fix: 'review',
    dialects: ['postgresql'],
    bible: '§7',
  },
  visit: {
    *change(change, context) {
      if (change.verb !== 'addColumn' || !change.table || !mayBeInUse(change.lifetime) || isEmptied(change)) return;
      const cause = causeOf(change);
      if (cause) yield found(change, cause, context);
    },
  },
};

function causeOf(change: NewColumn): Cause | undefined {
  switch (lockCase(change)) {
    case 'add stored column':
      return 'stored';
    case 'add column with volatile default':
      return change.column.default?.kind === 'sequence' ? 'sequence' : 'volatile';
    case 'add column with unknown default':
      return 'unknown';
    default:
      return undefined;
  }
}

function found(change: NewColumn, cause: Cause, context: Context): Finding {
  const { column } = change;
  const name = `\`${column.name}\``;
  const table = `\`${change.table?.name ?? ''}\``;
  const why: Readonly<Record<Cause, string>> = {
    stored: `the value of ${name} is computed and stored for each row`,
    sequence: `each row gets a number of its own in ${name}`,
    volatile: `its default gives each row a value of its own`,
    unknown: `the function in its default isn't known to give all rows the same value`,
  };
  const does = cause === 'unknown' ? 'may write' : 'writes';
  return {
    at: column.default && cause !== 'sequence' ? column.default.span : column.span,
    message: `Adding ${name} ${does} every row of ${table} and all its indexes again, because ${why[cause]}; every read and write waits for that (ACCESS EXCLUSIVE).`,
    help: helpFor(change, cause),
    // All that one statement adds is written in one go over the table.
    ...((cause === 'unknown' || isRewrittenBefore(change)) && { quiet: true as const }),
    fixes: cause === 'stored' ? virtualFix(change, context) : cause === 'unknown' ? [] : fixesFor(change),
  };
}

function fixesFor(change: NewColumn): Fix[] {
  const steps = newColumnSteps(change);
  return steps ? splitFixes(change, steps, { title: `Add \`${change.column.name}\` without its default, set that, and fill the rows in batches`, kind: 'review' }) : [];
}

/** Computed when it is read instead of when it is written: another column, but one that reads the same. */
function virtualFix(change: NewColumn, { facts, schema }: Context): Fix[] {
  const { statement, column } = change;
  const text = sourceOf(statement, column.span) ?? '';
  const tokens = sqlTokens(text);
  const close = tokens.findIndex((token, at) => token.text === ')' && isWord(tokens[at + 1], 'STORED'));
  const stored = tokens[close + 1];
  const open = tokens.findLastIndex((token, at) => at < close && token.text === '(' && token.depth === tokens[close]?.depth);
  if ((facts.postgresVersion ?? 0) < 18 || close < 0 || !stored || open < 0) return [];
  // It takes no key and no functions or types of the database's own, and what is asked of its values reads all rows.
  if (tokens.some((token) => token.depth === 0 && isWord(token, 'UNIQUE', 'PRIMARY', 'REFERENCES', 'NOT', 'CHECK')) || !isKnownType(typeShape(column.type).name)) return [];
  if (isVolatile(text.slice(tokens[open]?.start, tokens[close]?.end)) !== false || isNamedLater(column.dbName, statement, schema.migrations)) return [];
  const at = partOf(column.span, stored.start, stored.end);
  const edit = { file: at.file, start: at.start, end: at.end, newText: inCaseOf(stored.text, 'VIRTUAL') };
  return [{ title: `Make \`${column.name}\` VIRTUAL, so that it is computed when it is read`, kind: 'review', preferred: true, intent: () => ({ do: 'replaceText', edits: [edit] }) }];
}

function helpFor(change: NewColumn, cause: Cause): string {
  if (cause === 'stored') return 'Make it VIRTUAL (PostgreSQL 18), or add a plain column that a trigger and a batched backfill fill.';
  if (cause === 'sequence') return 'Add a plain nullable column, give it the sequence as its default, and fill the rows in batches.';
  if (cause === 'unknown') return 'Declare the function STABLE or IMMUTABLE if it is; else add the column first and its default afterwards.';
  const apart = change.statement.migration.transaction === 'all' ? ', in a later deploy' : '';
  return `Add it without the default, set the default, then fill the rows in batches${apart}.`;
}
