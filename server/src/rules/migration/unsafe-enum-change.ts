// Reports enum values that are used in the transaction which adds them, and enums that are made anew under a lock.
import type { Finding, Rule } from '../../linter/rule';
import type { ChangeOf, Migration } from '../../model/changes';
import { isEmptied } from '../../model/emptied';
import { recreationOf, type Recreation } from '../../model/enum-recreation';
import { usedTooEarly, type UsedTooEarly } from '../../model/enum-transactions';
import { mayBeInUse } from '../../model/lifetime';
import { sqlTokens } from '../../model/sql-text';
import { inBackticks } from '../../model/wording';
import { useLater } from './unsafe-enum-change.steps';

export const unsafeEnumChange: Rule = {
  id: 'unsafe-enum-change',
  meta: {
    title: 'An enum value is used in the transaction that adds it, or an enum is made anew while its tables are locked.',
    severity: 'warning',
    fix: 'review',
    dialects: ['postgresql'],
    bible: '+',
  },
  visit: {
    *migration(migration, { schema, facts }) {
      for (const used of usedTooEarly(migration, schema, facts.postgresVersion)) {
        const finding = tooEarly(used, migration);
        const fixes = useLater(used, schema);
        yield fixes.length > 0 ? { ...finding, fixes } : finding;
      }
      const made = new Map<object, Recreation[]>();
      for (const each of recreationsIn(migration)) made.set(each.made, [...(made.get(each.made) ?? []), each]);
      for (const [first, ...others] of made.values()) if (first) yield anew(first, others);
    },
  },
};

/** So many values are named one by one. */
const MOST = 4;

function tooEarly({ added, uses }: UsedTooEarly, migration: Migration): Finding {
  const name = added.enumBefore?.dbName ?? added.name;
  const [first, ...others] = uses;
  const own = added.statement.migration === migration;
  const transaction = own ? `the transaction that adds it to \`${name}\`` : `the transaction of all pending files, in which another one adds it to \`${name}\`,`;
  return {
    at: first?.at ?? added.span,
    message: `PostgreSQL refuses \`${added.value}\` here (55P04, unsafe use of new value): ${transaction} hasn't ended yet.`,
    help: helpFor(migration),
    // Whatever the tables hold, the migration stops here.
    pressing: true,
    related: [
      { at: added.span, message: `This adds \`${added.value}\`.` },
      ...others.map(({ at }) => ({ at, message: 'This uses it as well.' })),
    ],
  };
}

function helpFor({ transaction }: Migration): string {
  if (transaction === 'all') return 'Use it in a later deploy: all pending files run in one transaction, so a second file is no second transaction.';
  return transaction === 'none' ? 'End the transaction first.' : 'Use it in the next migration, and let this one only add it.';
}

function recreationsIn({ statements }: Migration): Recreation[] {
  const changes = statements.flatMap((each) => each.changes);
  return changes.flatMap((change) => {
    if (change.verb !== 'setType' || !change.table || !mayBeInUse(change.lifetime) || isEmptied(change)) return [];
    return recreationOf(change) ?? [];
  });
}

function anew(first: Recreation, others: readonly Recreation[]): Finding {
  const { change, name, old, made, twice } = first;
  const gone = (old?.values ?? []).filter((value) => !made.values.includes(value));
  const tables = [...new Set([first, ...others].map((each) => each.change.table?.name ?? ''))];
  const without = gone.length > 0 ? ` without ${some(gone)}` : '';
  const left = gone.filter((value) => ![first, ...others].every((each) => isSeenTo(value, each.change)));
  const which = left.length === 1 ? 'that value' : 'one of those values';
  const fails = !old ? ', and it fails where a row holds a value that the new one lacks' : left.length > 0 ? `, and it fails where a row still holds ${which}` : '';
  return {
    at: change.column?.type.span ?? change.span,
    message: `Making the enum \`${name}\` anew${without} writes every row of ${listed(tables)} ${twice ? 'twice' : 'again'} under an ACCESS EXCLUSIVE lock, for which all reads and writes wait${fails}.`,
    help: adviceFor(old?.values, made.values, gone),
    related: others.map((each) => ({ at: each.change.span, message: `\`${each.change.table?.name ?? ''}\` is written again for \`${each.change.columnName}\`.` })),
  };
}

/** The values, or the first of many. */
function some(values: readonly string[]): string {
  return values.length <= MOST ? inBackticks(values) : `${inBackticks(values.slice(0, MOST - 1))} and ${values.length - MOST + 1} other values`;
}

function listed(names: readonly string[]): string {
  const all = names.map((name) => `\`${name}\``);
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1) ?? ''}`;
}

/** Whether USING, or a write of the same migration before it, names the value and so gives its rows another one. */
function isSeenTo(value: string, { statement }: ChangeOf<'setType'>): boolean {
  const names = (text: string): boolean => sqlTokens(text).some((token) => token.kind === 'string' && token.text === `'${value.replaceAll("'", "''")}'`);
  const before = statement.migration.statements.filter(({ position, changes }) => position < statement.position && changes.some(({ verb }) => verb === 'write'));
  return names(statement.text) || before.some(({ text }) => names(text));
}

function adviceFor(old: readonly string[] | undefined, values: readonly string[], gone: readonly string[]): string {
  if (!old) return 'Where values only come in, write ALTER TYPE … ADD VALUE, which touches no table; leave values that nobody uses in the enum.';
  const [only, ...more] = gone;
  if (only === undefined) {
    const kept = values.filter((value) => old.includes(value));
    return values.length > kept.length && kept.every((value, at) => value === old[at]) ? 'Add the new values with ALTER TYPE … ADD VALUE, which touches no table.' : 'Leave the order of the values as it is, or sort by something else.';
  }
  const renamed = more.length === 0 && values.length === old.length ? values[old.indexOf(only)] : undefined;
  if (renamed !== undefined && !old.includes(renamed)) return `Where \`${renamed}\` only is its new name, write ALTER TYPE … RENAME VALUE, which touches no table.`;
  return `Leave ${more.length === 0 ? 'the value' : 'the values'} in the enum, which costs nothing, or give the rows another value first, in a migration before this one.`;
}
