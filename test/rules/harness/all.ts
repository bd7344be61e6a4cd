// Every rule with its page and its cases.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RegisteredRule } from '../../../server/src/linter/rule';
import { registry } from '../../../server/src/rules/registry.generated';
import { readPage, type Page } from './page';

export const root = join(__dirname, '../../..');

export interface Documented {
  readonly registered: RegisteredRule;
  readonly page: Page;
  readonly cases: Page | undefined;
}

export const documented: readonly Documented[] = registry.map((registered) => {
  const base = join(root, 'server/src/rules', registered.category, registered.rule.id);
  return {
    registered,
    page: readPage(`${base}.md`),
    cases: existsSync(`${base}.cases.md`) ? readPage(`${base}.cases.md`) : undefined,
  };
});

/** What is judged in migrations alone, and in application code alone. */
const IN_MIGRATIONS = new Set(['migration', 'statement', 'change']);
const IN_CODE = new Set(['query', 'rawSql']);

/** Rules about what only some languages say, though they visit what all have. */
const ONLY: Readonly<Record<string, readonly ('prisma' | 'ts' | 'sql')[]>> = {
  'relation-without-foreign-key': ['ts'],
  'desc-index-nulls': ['ts'],
  'unnamed-expression-index': ['ts'],
  'deprecated-extra-config': ['ts'],
  'ignored-casing': ['ts'],
  'mixed-orms': ['prisma', 'ts'],
  'stale-updated-at': ['prisma', 'ts'],
  'reserved-name': ['ts', 'sql'],
};

/** The languages that a rule serves: `ts`, `sql`, `prisma`. */
export function servedLanguages({ rule }: RegisteredRule): readonly ('prisma' | 'ts' | 'sql')[] {
  const only = ONLY[rule.id];
  if (only) return only;
  const kinds = Object.keys(rule.visit);
  // Prisma has no policies.
  if (kinds.every((kind) => kind === 'policy')) return ['ts', 'sql'];
  if (!kinds.every((kind) => IN_MIGRATIONS.has(kind) || IN_CODE.has(kind))) return ['prisma', 'ts', 'sql'];
  return [...(kinds.some((kind) => IN_CODE.has(kind)) ? (['ts'] as const) : []), ...(kinds.some((kind) => IN_MIGRATIONS.has(kind)) ? (['sql'] as const) : [])];
}
