// Random schemas: our verdicts are those of PostgreSQL's catalog once the schema exists there, and the Prisma, Drizzle
// and SQL forms of one schema get the same ones, as do the migrations that Prisma and drizzle-kit would write.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { schemas, type AbstractSchema, type Form } from './support/abstract';
import { indexes, naiveTimestamps, unindexedForeignKeys } from './support/catalog';
import { closePostgres, inPostgres, prismaComplaints, sqlOfDrizzle, sqlOfPrisma } from './support/oracles';
import { toDrizzle, toPrisma, toSql } from './support/print';
import { judge, reportedColumns, reportedForeignKeys, reportedIndexes, type Judged } from './support/verdicts';

/** What can be compared: tables and columns of foreign keys, makes of indexes, naive columns. */
interface Verdicts {
  readonly unindexed: readonly string[];
  readonly redundant: readonly string[];
  readonly naive: readonly string[];
}

const PRINTERS: Readonly<Record<Form, (schema: AbstractSchema) => string>> = { prisma: toPrisma, drizzle: toDrizzle, sql: toSql };

/** The SQL that creates a text's schema, by the tool that owns the language. */
async function createdBy(form: Form, text: string): Promise<string> {
  if (form === 'prisma') return sqlOfPrisma(text);
  return form === 'drizzle' ? sqlOfDrizzle(text) : text;
}

/** How often each verdict was the subject; a generator that never asks proves nothing. */
const asked = { unindexed: 0, indexed: 0, redundant: 0, prisma: 0 };

async function compare(schema: AbstractSchema): Promise<void> {
  const perForm = new Map<Form, Verdicts>();
  for (const form of schema.forms) {
    const text = PRINTERS[form](schema);
    if (form === 'prisma') assert.deepEqual(prismaComplaints(text), [], text);
    const created = await createdBy(form, text);
    const { verdicts, makes } = await inPostgres(created, async (database) => {
      const found = await indexes(database);
      return {
        makes: new Map(found.map(({ name, table, made }) => [name, `${table} ${made}`])),
        verdicts: {
          unindexed: once(await unindexedForeignKeys(database)),
          redundant: found.filter(({ redundant }) => redundant).map(({ table, made }) => `${table} ${made}`).sort(),
          naive: await naiveTimestamps(database),
        },
      };
    });
    perForm.set(form, verdicts);
    assert.deepEqual(ours(await judge(form, text), makes), verdicts, `${form}, against the catalog:\n${text}`);
    if (form !== 'sql') assert.deepEqual(ours(await judge('sql', created), makes), verdicts, `SQL written from ${form}:\n${created}`);
  }
  const [first, ...others] = [...perForm.values()];
  asked.unindexed += first?.unindexed.length ?? 0;
  asked.indexed += schema.tables.flatMap(({ foreignKeys }) => foreignKeys).length - (first?.unindexed.length ?? 0);
  asked.redundant += first?.redundant.length ?? 0;
  asked.prisma += perForm.has('prisma') ? 1 : 0;
  for (const other of others) assert.deepEqual(other, first, 'The three forms of one schema are not the same schema.');
}

function ours(judged: Judged, makes: ReadonlyMap<string, string>): Verdicts {
  return {
    unindexed: once(reportedForeignKeys(judged, 'unindexed-foreign-key')),
    redundant: reportedIndexes(judged, 'redundant-index').map((name) => makes.get(name) ?? `the catalog has no ${name}`).sort(),
    naive: reportedColumns(judged, 'naive-timestamp').sort(),
  };
}

/** Foreign keys over the same columns, in whatever order, share one verdict: one index serves them all. */
function once(signatures: readonly string[]): string[] {
  const inOrder = signatures.map((each) => each.replace(/\((.*)\)$/, (_, columns: string) => `(${columns.split(', ').sort().join(', ')})`));
  return [...new Set(inOrder)].sort();
}

describe('verdicts on random schemas', () => {
  after(closePostgres);

  it('are those of the catalog, in all three languages', async () => {
    await fc.assert(fc.asyncProperty(schemas, compare), { seed: 20261, numRuns: 40 });
    for (const [what, times] of Object.entries(asked)) assert.ok(times >= 10, `${what} came up ${times} times`);
  });

  it('are so for schemas never seen before', async () => {
    // A failure prints its seed; a counterexample worth keeping becomes a case of its rule.
    await fc.assert(fc.asyncProperty(schemas, compare), { numRuns: 20 });
  });

  it('know which constraints PostgreSQL merges in a CREATE TABLE', async () => {
    const text = 'CREATE TABLE plans (id bigint PRIMARY KEY UNIQUE, code text, UNIQUE (code), CONSTRAINT named UNIQUE (code), UNIQUE (code, id), UNIQUE (id, code));';
    const made = await inPostgres(text, indexes);
    assert.deepEqual(made.map(({ name }) => name).sort(), ['named', 'plans_code_id_key', 'plans_id_code_key', 'plans_pkey']);
    const { findings, schema } = await judge('sql', text);
    const table = schema.tables[0];
    assert.deepEqual([table?.primaryKey, ...(table?.indexes ?? [])].map((index) => index?.name).sort(), made.map(({ name }) => name).sort());
    assert.deepEqual(findings.filter(({ rule }) => rule === 'redundant-index'), []);
  });
});
