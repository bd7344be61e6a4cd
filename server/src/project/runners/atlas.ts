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
    return claimNames(folder, /^\w[^/]*\.sql$/, byText, /\.down\.sql$/);
  },
  transaction: () => 'file',
  read(text) {
    if (/^--[ \t]*atlas:txmode[ \t]+all\b/m.test(text)) return { transaction: 'all' };
    return withDirective({}, ALONE.exec(text), 'none');
  },
  next({ migrations, steps, now }) {
    const versions = nextVersions(migrations.map(leadingDigits), steps.length, now);
    return steps.map((step, at) => ({
      name: `${versions[at] ?? ''}_${step.name}.sql`,
      text: `${step.outsideTransaction ? '-- atlas:txmode none\n\n' : ''}${statementsOf(step)}`,
    }));
  },
};
