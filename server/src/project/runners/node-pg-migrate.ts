// node-pg-migrate's SQL files: both directions in one, all pending ones in a single transaction.
import { anyText, between, claimNames, statementsOf } from './content';
import { byNumber, leadingDigits, nextVersions } from './naming';
import type { Runner } from './runner';

const UP = /^[ \t]*--[ \t]*up migration[^\n]*/im;
const DOWN = /^[ \t]*--[ \t]*down migration/im;

export const nodePgMigrate: Runner = {
  id: 'node-pg-migrate',
  claim(folder) {
    if (!anyText(folder, UP) && !folder.facts.dependencies.has('node-pg-migrate')) return undefined;
    return claimNames(folder, /^\d+[_-][^/]*\.sql$/, (a, b) => byNumber(leadingDigits(a), leadingDigits(b)), /\.down\.sql$/);
  },
  transaction: () => 'all',
  read: (text) => ({ up: between(text, UP, DOWN) }),
  next({ migrations, steps, now }) {
    const versions = nextVersions(migrations.map(leadingDigits), steps.length, now);
    const separator = /^\d+([_-])/.exec(migrations.at(-1) ?? '')?.[1] ?? '_';
    return steps.map((step, at) => ({
      name: `${versions[at] ?? ''}${separator}${step.name.replaceAll('_', separator)}.sql`,
      text: `-- Up Migration\n\n${statementsOf(step)}\n-- Down Migration\n`,
    }));
  },
};
