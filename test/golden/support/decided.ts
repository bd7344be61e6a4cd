// The rules that a query of PostgreSQL's catalog can decide, each with that query and with what we reported, in the same
// words.
import type { PGlite } from '@electric-sql/pglite';
import type { Form } from './abstract';
import * as catalog from './catalog';
import { reportedColumns, reportedForeignKeys, reportedIndexes, reportedTables, type Judged } from './verdicts';

/** What can be compared, by rule: tables, columns of tables, foreign keys, indexes. */
export type Verdicts = Readonly<Record<string, readonly string[]>>;

interface Decided {
  readonly rule: string;
  /** The languages that the rule serves; all three when absent. */
  readonly forms?: readonly Form[];
  ask(database: PGlite): Promise<readonly string[]>;
  reported(judged: Judged, makes: ReadonlyMap<string, string>): readonly string[];
}

type Ask = Decided['ask'];

const columns = (rule: string, ask: Ask): Decided => ({ rule, ask, reported: (judged) => reportedColumns(judged, rule) });
const tables = (rule: string, ask: Ask, forms?: readonly Form[]): Decided => ({ rule, ask, reported: (judged) => reportedTables(judged, rule), ...(forms && { forms }) });
const named = (rule: string, ask: Ask): Decided => ({ rule, ask, reported: (judged) => reportedIndexes(judged, rule) });
const keys = (rule: string, ask: Ask): Decided => ({
  rule,
  ask: async (database) => once(await ask(database)),
  reported: (judged) => once(reportedForeignKeys(judged, rule)),
});

export const DECIDED: readonly Decided[] = [
  keys('unindexed-foreign-key', catalog.unindexedForeignKeys),
  {
    rule: 'redundant-index',
    ask: async (database) => (await catalog.indexes(database)).filter(({ redundant }) => redundant).map(({ table, made }) => `${table} ${made}`),
    reported: (judged, makes) => reportedIndexes(judged, 'redundant-index').map((name) => makes.get(name) ?? `the catalog has no ${name}`),
  },
  columns('naive-timestamp', catalog.naiveTimestamps),
  columns('limited-varchar', catalog.limitedTexts),
  columns('plain-json', catalog.plainJson),
  tables('missing-primary-key', catalog.keylessTables),
  keys('set-null-on-required', catalog.impossibleSetNull),
  keys('set-default-without-default', catalog.missingSetDefault),
  named('btree-on-document', catalog.documentIndexes),
  named('boolean-index', catalog.booleanIndexes),
  tables('unforced-rls', catalog.unforcedRowSecurity, ['sql']),
  tables('policy-without-rls', catalog.ineffectivePolicies, ['sql']),
  tables('rls-without-policy', catalog.closedTables, ['sql']),
];

/** What the catalog says, rule by rule. */
export async function theirs(database: PGlite, form: Form): Promise<Verdicts> {
  const said: Record<string, readonly string[]> = {};
  for (const { rule, ask } of decidedIn(form)) said[rule] = [...(await ask(database))].sort();
  return said;
}

/** What our rules say, in the same words. */
export function ours(judged: Judged, form: Form, makes: ReadonlyMap<string, string>): Verdicts {
  return Object.fromEntries(decidedIn(form).map(({ rule, reported }) => [rule, [...reported(judged, makes)].sort()]));
}

function decidedIn(form: Form): Decided[] {
  return DECIDED.filter(({ forms }) => !forms || forms.includes(form));
}

/** Foreign keys over the same columns, in whatever order, share one verdict. */
function once(signatures: readonly string[]): string[] {
  const inOrder = signatures.map((each) => each.replace(/\((.*)\)$/, (_, columns: string) => `(${columns.split(', ').sort().join(', ')})`));
  return [...new Set(inOrder)].sort();
}
