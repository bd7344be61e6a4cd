// diesel: one folder per migration with up.sql and down.sql, and metadata.toml where no transaction is wanted.
import { byText } from '../paths';
import { claimNames, statementsOf } from './content';
import { besideFile, writeBeside } from './rollback';
import type { NewFile, Runner } from './runner';

/** What stands before the name, without the dashes that only some of them have. */
const version = (name: string): string => /^[^_/]*/.exec(name)?.[0].replaceAll('-', '') ?? '';
const downName = (name: string): string => name.replace(/up\.sql$/, 'down.sql');
const UP = /^[^/]*\d[^/]*\/up\.sql$/;

export const diesel: Runner = {
  id: 'diesel',
  claim: (folder) => claimNames(folder, UP, (a, b) => byText(version(a), version(b)) || byText(a, b), /\/down\.sql$/),
  transaction: () => 'file',
  read(_text, name, folder) {
    const metadata = folder.text(name.replace(/up\.sql$/, 'metadata.toml')) ?? '';
    // Without a transaction of its own the file is still sent as one query.
    const rollback = besideFile(folder, downName(name));
    return /^\s*run_in_transaction\s*=\s*false/m.test(metadata) ? { rollback, transaction: 'file-if-many' } : { rollback };
  },
  rollback: (request) => writeBeside(request, downName(request.name)),
  next({ migrations, steps, now }) {
    const last = migrations.at(-1) ?? '';
    const counter = /^\d{4}-\d\d-\d\d-\d{6}-\d{4}_/.test(last) ? '-0000' : '';
    let at = Math.max(now.getTime(), moment(last) + 1000);
    return steps.flatMap((step): NewFile[] => {
      const [date = '', time = ''] = new Date(at).toISOString().split('T');
      at += 1000;
      const name = `${date}-${time.slice(0, 8).replaceAll(':', '')}${counter}_${step.name}`;
      return [
        { name: `${name}/up.sql`, text: statementsOf(step) },
        { name: `${name}/down.sql`, text: `-- Write here what undoes ${name}.\n` },
        ...(step.outsideTransaction ? [{ name: `${name}/metadata.toml`, text: 'run_in_transaction = false\n' }] : []),
      ];
    });
  },
  needs: (names) => [...names].filter((name) => name.endsWith('/up.sql')).map((name) => name.replace(/up\.sql$/, 'metadata.toml')),
};

/** The moment that a folder's name gives; 0 where it gives none. */
function moment(name: string): number {
  const parts = /^(\d{4})-(\d\d)-(\d\d)-(\d\d)(\d\d)(\d\d)/.exec(name)?.slice(1).map(Number);
  if (!parts) return 0;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
