// Random schemas: our verdicts are those of PostgreSQL's catalog once the schema exists there, and the Prisma, Drizzle
// and SQL forms of one schema get the same ones, as do the migrations that Prisma and drizzle-kit would write.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { schemas, type AbstractSchema, type Form } from './support/abstract';
import { indexes } from './support/catalog';
import { closePostgres, inPostgres, prismaComplaints, sqlOfDrizzle, sqlOfPrisma } from './support/oracles';
import { toDrizzle, toPrisma, toSql } from './support/print';
import { DECIDED, ours, theirs, type Verdicts } from './support/decided';
import { judge } from './support/verdicts';

const PRINTERS: Readonly<Record<Form, (schema: AbstractSchema) => string>> = { prisma: toPrisma, drizzle: toDrizzle, sql: toSql };

/** The SQL that creates a text's schema, by the tool that owns the language. */
async function createdBy(form: Form, text: string): Promise<string> {
  if (form === 'prisma') return sqlOfPrisma(text);
  return form === 'drizzle' ? sqlOfDrizzle(text) : text;
}

/** How often each verdict was the subject; a generator that never asks proves nothing. */
const asked = new Map<string, number>(['prisma', 'drizzle', 'indexed', ...DECIDED.map(({ rule }) => rule)].map((name) => [name, 0]));

function count(what: string, times: number): void {
  asked.set(what, (asked.get(what) ?? 0) + times);
}

async function compare(schema: AbstractSchema): Promise<void> {
  const perForm = new Map<Form, Verdicts>();
  for (const form of schema.forms) {
    const text = PRINTERS[form](schema);
    if (form === 'prisma') assert.deepEqual(prismaComplaints(text), [], text);
    const created = await createdBy(form, text);
    const { verdicts, makes } = await inPostgres(created, async (database) => {
      const found = await indexes(database);
      return { makes: new Map(found.map(({ name, table, made }) => [name, `${table} ${made}`])), verdicts: await theirs(database, form) };
    });
    perForm.set(form, verdicts);
    assert.deepEqual(ours(await judge(form, text), form, makes), verdicts, `${form}, against the catalog:\n${text}`);
    if (form !== 'sql') assert.deepEqual(shared(ours(await judge('sql', created), 'sql', makes), verdicts), verdicts, `SQL written from ${form}:\n${created}`);
  }
  const [first, ...others] = [...perForm.values()];
  for (const [rule, found] of Object.entries(first ?? {})) count(rule, found.length);
  count('indexed', schema.tables.flatMap(({ foreignKeys }) => foreignKeys).length - (first?.['unindexed-foreign-key']?.length ?? 0));
  count('prisma', perForm.has('prisma') ? 1 : 0);
  count('drizzle', perForm.has('drizzle') ? 1 : 0);
  for (const other of others) assert.deepEqual(other, shared(first ?? {}, other), 'The three forms of one schema are not the same schema.');
}

/** What both languages have rules for. */
function shared(verdicts: Verdicts, other: Verdicts): Verdicts {
  return Object.fromEntries(Object.entries(verdicts).filter(([rule]) => rule in other));
}

describe('verdicts on random schemas', () => {
  after(closePostgres);

  it('are those of the catalog, in all three languages', async () => {
    await fc.assert(fc.asyncProperty(schemas, compare), { seed: 20261, numRuns: 50 });
    for (const [what, times] of asked) assert.ok(times >= 5, `${what} came up ${times} times`);
  }).timeout(300_000);

  it('are so for schemas never seen before', async () => {
    // A failure prints its seed; a counterexample worth keeping becomes a case of its rule.
    await fc.assert(fc.asyncProperty(schemas, compare), { numRuns: 20 });
  }).timeout(300_000);

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
