// Atlas: timestamped files with their hashes in atlas.sum, one transaction per file unless the file says otherwise.
import { byText } from '../paths';
import { anyText, claimNames, statementsOf, withDirective } from './content';
import { leadingDigits, nextVersions } from './naming';
import type { Runner } from './runner';

const ALONE = /^--[ \t]*atlas:txmode[ \t]+none\b/m;

export const atlas: Runner = {
  id: 'atlas',
  claim(folder) {
    if (!folder.has('atlas.sum') && !anyText(folder, /^--[ \t]*atlas:(?:txmode|checkpoint|delimiter|nolint)\b/m)) return undefined;
    const claim = claimNames(folder, /^\w[^/]*\.sql$/, byText, /\.down\.sql$/);
    if (!claim) return undefined;
    // A checkpoint repeats what the migrations before it have made, for databases that begin with it.
    const again = claim.migrations.slice(1).filter((name) => /^--[ \t]*atlas:checkpoint\b/m.test(folder.sql.get(name) ?? ''));
    return { migrations: claim.migrations.filter((name) => !again.includes(name)), aside: [...claim.aside, ...again] };
  },
  transaction: () => 'file',
  read: (text) => withDirective({}, ALONE.exec(text), 'none'),
  next({ migrations, steps, now }) {
    const versions = nextVersions(migrations.map(leadingDigits), steps.length, now);
    return steps.map((step, at) => ({
      name: `${versions[at] ?? ''}_${step.name}.sql`,
      text: `${step.outsideTransaction ? '-- atlas:txmode none\n\n' : ''}${statementsOf(step)}`,
    }));
  },
};
