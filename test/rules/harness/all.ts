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

/** The languages that a rule serves: `ts`, `sql`, `prisma`. */
export function servedLanguages({ rule }: RegisteredRule): ('prisma' | 'ts' | 'sql')[] {
  const kinds = Object.keys(rule.visit);
  if (!kinds.every((kind) => IN_MIGRATIONS.has(kind) || IN_CODE.has(kind))) return ['prisma', 'ts', 'sql'];
  return [...(kinds.some((kind) => IN_CODE.has(kind)) ? (['ts'] as const) : []), ...(kinds.some((kind) => IN_MIGRATIONS.has(kind)) ? (['sql'] as const) : [])];
}
