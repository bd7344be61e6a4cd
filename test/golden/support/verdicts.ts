// What our rules say about one text, in the words in which the catalog is asked: see catalog.ts.
import { drizzle } from '../../../server/src/languages/drizzle';
import type { FrontEnd, Parsed } from '../../../server/src/languages/language';
import { prisma } from '../../../server/src/languages/prisma';
import { sql } from '../../../server/src/languages/sql';
import { lint, type LintFinding } from '../../../server/src/linter/run';
import { resolveSettings } from '../../../server/src/linter/settings';
import { noFacts } from '../../../server/src/model/facts';
import type { Schema } from '../../../server/src/model/nodes';
import { registry } from '../../../server/src/rules/registry.generated';
import type { Span } from '../../../server/src/text/span';
import type { Form } from './abstract';
import { signature } from './catalog';

export interface Judged {
  readonly schema: Schema;
  readonly findings: readonly LintFinding[];
}

const FILES: Readonly<Record<Form, string>> = { prisma: '/schema.prisma', drizzle: '/schema.ts', sql: '/0001_create.sql' };

/** Reads one text in one language and runs every rule; throws what a rule throws. */
export async function judge(form: Form, text: string): Promise<Judged> {
  if (form === 'prisma') return judgeWith(prisma, FILES.prisma, text);
  return form === 'drizzle' ? judgeWith(drizzle, FILES.drizzle, text) : judgeWith(sql, FILES.sql, text);
}

async function judgeWith<P extends Parsed>(frontEnd: FrontEnd<P>, path: string, text: string): Promise<Judged> {
  await frontEnd.prepare();
  const parsed = frontEnd.parse(path, text);
  if (parsed.problems.length > 0) throw new Error(`${path}: ${parsed.problems.map(({ message }) => message).join('; ')}\n${text}`);
  const schema = frontEnd.lower([parsed], { facts: noFacts });
  const onError = (rule: string, error: unknown): void => {
    throw new Error(`The rule ${rule} threw.`, { cause: error });
  };
  return { schema, findings: lint(schema, { registry, settings: resolveSettings(registry), facts: noFacts, onError }) };
}

/** Database names of the tables and columns of the foreign keys that are reported. */
export function reportedForeignKeys({ schema, findings }: Judged, rule: string): string[] {
  const keys = schema.tables.flatMap((table) => table.foreignKeys);
  return placesOf(findings, rule).map((at) => {
    const key = keys.find(({ nameSpan, onDelete }) => sameSpan(nameSpan, at) || (onDelete && sameSpan(onDelete.span, at)));
    return key ? signature(key.table.dbName, key.columns) : `no foreign key stands at ${at.start}`;
  });
}

/** Database names of the indexes that are reported. */
export function reportedIndexes({ schema, findings }: Judged, rule: string): string[] {
  const indexes = schema.tables.flatMap((table) => table.indexes);
  return placesOf(findings, rule).map((at) => indexes.find(({ nameSpan }) => sameSpan(nameSpan, at))?.name ?? `no named index stands at ${at.start}`);
}

/** Database names of the tables and columns that are reported, at their names or their types. */
export function reportedColumns({ schema, findings }: Judged, rule: string): string[] {
  const columns = schema.tables.flatMap((table) => table.columns);
  return placesOf(findings, rule).map((at) => {
    const column = columns.find(({ span }) => span.file === at.file && span.start <= at.start && at.end <= span.end);
    return column ? signature(column.table.dbName, [column.dbName]) : `no column stands at ${at.start}`;
  });
}

/** Database names of the tables that are reported, each once: at their names, their policies or their row security. */
export function reportedTables({ schema, findings }: Judged, rule: string): string[] {
  const names = placesOf(findings, rule).map((at) => {
    const table = schema.tables.find(({ nameSpan, policies = [], rowSecurity }) => {
      return [nameSpan, ...policies.map((policy) => policy.nameSpan), ...(rowSecurity ? [rowSecurity.span] : [])].some((place) => sameSpan(place, at));
    });
    return table?.dbName ?? `no table stands at ${at.start}`;
  });
  return [...new Set(names)];
}

function placesOf(findings: readonly LintFinding[], rule: string): Span[] {
  return findings.filter((finding) => finding.rule === rule).map(({ at }) => at);
}

function sameSpan(a: Span, b: Span): boolean {
  return a.file === b.file && a.start === b.start && a.end === b.end;
}
