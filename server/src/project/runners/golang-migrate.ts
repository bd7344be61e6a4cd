// golang-migrate: pairs of .up.sql and .down.sql, also in folders of a range of versions.
import { claimNames, statementsOf } from './content';
import { byNumber, leadingDigits, nextVersions } from './naming';
import { besideFile, writeBeside } from './rollback';
import type { Folder, Reading, Runner } from './runner';

const UP = /^(?:\d+-\d+\/)?\d+[_.][^/]*\.up\.sql$/;
const ASIDE = /\.down\.sql$|\.(?:mysql|sqlite3?|cockroach|cockroachdb|mariadb|mssql|sqlserver)\.(?:autocommit\.)?up\.sql$/i;

const version = (name: string): string => leadingDigits(name.slice(name.lastIndexOf('/') + 1));

export const golangMigrate: Runner = {
  id: 'golang-migrate',
  claim: (folder) => claimNames(folder, UP, (a, b) => byNumber(version(a), version(b)), ASIDE),
  // The file is sent as one query.
  transaction: () => 'file-if-many',
  // Names with a dialect or `autocommit` are another tool's, which opens a transaction unless the name says no.
  read(_text, name, folder) {
    const reading: Reading = { rollback: besideFile(folder, downName(name, folder)) };
    if (/\.autocommit\.up\.sql$/.test(name)) return { ...reading, transaction: 'none' };
    return /\.(?:postgres|postgresql)\.up\.sql$/.test(name) ? { ...reading, transaction: 'file' } : reading;
  },
  rollback: (request) => writeBeside(request, downName(request.name, request.folder)),
  next({ migrations, steps, now }) {
    // Where ranges of versions have folders of their own, the next file may belong to a folder that doesn't exist yet.
    if (migrations.some((name) => name.includes('/'))) return undefined;
    const versions = nextVersions(migrations.map(version), steps.length, now);
    return steps.flatMap((step, at) => {
      const name = `${versions[at] ?? ''}_${step.name}`;
      return [
        { name: `${name}.up.sql`, text: statementsOf(step) },
        { name: `${name}.down.sql`, text: `-- Write here what undoes ${name}.\n` },
      ];
    });
  },
};

/** The down file of its own dialect, or the one that all dialects share. */
function downName(name: string, folder: Folder): string {
  const own = name.replace(/\.up\.sql$/, '.down.sql');
  const shared = own.replace(/\.(?:postgres|postgresql)\.down\.sql$/, '.down.sql');
  return folder.has(shared) && !folder.has(own) ? shared : own;
}
