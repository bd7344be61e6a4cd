// node-pg-migrate's SQL files: both directions in one, all pending ones in a single transaction.
import { anyText, between, claimNames, statementsOf } from './content';
import { byNumber, leadingDigits, nextVersions } from './naming';
import { besideFile, inSection, writeBeside, writeSection } from './rollback';
import type { Runner } from './runner';

const UP = /^[ \t]*--[ \t-]*up[ \t]+migration[^\n]*/im;
const DOWN = /^[ \t]*--[ \t-]*down[ \t]+migration/im;
const MARKS = { up: UP, down: DOWN };

export const nodePgMigrate: Runner = {
  id: 'node-pg-migrate',
  claim(folder) {
    if (!anyText(folder, UP) && !folder.facts.dependencies.has('node-pg-migrate')) return undefined;
    return claimNames(folder, /^\d+[_-][^/]*\.sql$/, (a, b) => byNumber(leadingDigits(a), leadingDigits(b)), /\.down\.sql$/);
  },
  transaction: () => 'all',
  read(text, name, folder) {
    const down = downName(name);
    return { up: between(text, UP, DOWN), rollback: down === undefined ? inSection(text, name, MARKS) : besideFile(folder, down) };
  },
  rollback(request) {
    const down = downName(request.name);
    return down === undefined ? writeSection(request, MARKS, '-- Down Migration') : writeBeside(request, down);
  },
  next({ migrations, steps, now }) {
    const versions = nextVersions(migrations.map(leadingDigits), steps.length, now);
    const separator = /^\d+([_-])/.exec(migrations.at(-1) ?? '')?.[1] ?? '_';
    return steps.map((step, at) => ({
      name: `${versions[at] ?? ''}${separator}${step.name.replaceAll('_', separator)}.sql`,
      text: `-- Up Migration\n\n${statementsOf(step)}\n-- Down Migration\n`,
    }));
  },
};

/** Where a loader that reads pairs of files looks for the other half. */
function downName(name: string): string | undefined {
  return name.endsWith('.up.sql') ? name.replace(/\.up\.sql$/, '.down.sql') : undefined;
}
