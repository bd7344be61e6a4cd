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

/** The languages that a rule serves: `ts`, `sql`, `prisma`. */
export function servedLanguages({ rule }: RegisteredRule): ('prisma' | 'ts' | 'sql')[] {
  const onlyMigrations = Object.keys(rule.visit).every((kind) => kind === 'migration' || kind === 'statement' || kind === 'change');
  return onlyMigrations ? ['sql'] : ['prisma', 'ts', 'sql'];
}
