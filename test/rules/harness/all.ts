// Every rule with its page and its cases.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { languagesOf } from '../../../scripts/generate/languages';
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

/** The languages that a rule serves, by the endings of their files. */
export function servedLanguages(registered: RegisteredRule): readonly ('prisma' | 'ts' | 'sql')[] {
  const endings = { prisma: 'prisma', drizzle: 'ts', code: 'ts', sql: 'sql' } as const;
  return [...new Set(languagesOf(registered).map((language) => endings[language]))];
}
