// sqlx: timestamped files of a Rust crate, single or in pairs of .up.sql and .down.sql.
import { anyText, claimNames, statementsOf, withDirective } from './content';
import { byNumber, leadingDigits, nextVersions } from './naming';
import { besideFile, writeBeside } from './rollback';
import type { Folder, Runner } from './runner';

const ALONE = /^-- no-transaction(?=\s|$)/;
const MANIFESTS = ['Cargo.toml', '../Cargo.toml', '../../Cargo.toml', '../../../Cargo.toml'];

export const sqlx: Runner = {
  id: 'sqlx',
  claim(folder) {
    if (!usesSqlx(folder) && !anyText(folder, ALONE)) return undefined;
    return claimNames(folder, /^\d+_[^/]*\.sql$/, (a, b) => byNumber(leadingDigits(a), leadingDigits(b)), /\.down\.sql$/);
  },
  transaction: () => 'file',
  // Without a transaction of its own the file is still sent as one query.
  read: (text, name, folder) => withDirective({ rollback: besideFile(folder, downName(name)) }, ALONE.exec(text), 'file-if-many'),
  // Older versions of its tool refuse a folder that mixes single files with pairs.
  rollback(request) {
    if (!request.name.endsWith('.up.sql')) return undefined;
    const sql = /\bCONCURRENTLY\b/i.test(request.sql) ? `-- no-transaction\n${request.sql}` : request.sql;
    return writeBeside({ ...request, sql }, downName(request.name));
  },
  next({ migrations, steps, now }) {
    const versions = nextVersions(migrations.map(leadingDigits), steps.length, now);
    const reversible = migrations.at(-1)?.endsWith('.up.sql') ?? false;
    return steps.flatMap((step, at) => {
      const name = `${versions[at] ?? ''}_${step.name}`;
      const text = `${step.outsideTransaction ? '-- no-transaction\n' : ''}${statementsOf(step)}`;
      if (!reversible) return [{ name: `${name}.sql`, text }];
      return [{ name: `${name}.up.sql`, text }, { name: `${name}.down.sql`, text: `-- Write here what undoes ${name}.\n` }];
    });
  },
  needs: () => MANIFESTS,
};

const downName = (name: string): string => name.replace(/(?:\.up)?\.sql$/, '.down.sql');

function usesSqlx(folder: Folder): boolean {
  return MANIFESTS.some((manifest) => /\bsqlx\b/.test(folder.text(manifest) ?? ''));
}
