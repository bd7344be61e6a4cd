// Flyway: `V<version>__<name>.sql` in the order of the version numbers, then the repeatable ones by their names.
import { byText } from '../paths';
import { statementsOf, wordsOf } from './content';
import { byNumber, timestamp } from './naming';
import { besideFile, writeBeside } from './rollback';
import type { Folder, Reading, Runner } from './runner';

const VERSIONED = /^V(\d+(?:[._]\d+)*)__[^/]*\.sql$/i;
const REPEATABLE = /^R__[^/]*\.sql$/;
const ASIDE = /^(?:U|B)\d+(?:[._]\d+)*__[^/]*\.sql$/;

const segments = (name: string): string[] => VERSIONED.exec(name)?.[1]?.split(/[._]/) ?? [];

function byVersion(a: string, b: string): number {
  const [first, second] = [segments(a), segments(b)];
  for (let at = 0; at < Math.max(first.length, second.length); at++) {
    const order = byNumber(first[at] ?? '0', second[at] ?? '0');
    if (order !== 0) return order;
  }
  return byText(a, b);
}

export const flyway: Runner = {
  id: 'flyway',
  claim(folder) {
    const names = [...folder.sql.keys()];
    const versioned = names.filter((name) => VERSIONED.test(name)).sort(byVersion);
    if (versioned.length === 0) return undefined;
    const repeatable = names.filter((name) => REPEATABLE.test(name)).sort(byText);
    return { migrations: [...versioned, ...repeatable], aside: names.filter((name) => ASIDE.test(name)) };
  },
  // Flyway leaves the transaction out where nothing but statements that can't run in one stands in the file.
  transaction: () => 'file',
  read(text, name, folder) {
    const undo = undoName(name, folder);
    const reading: Reading = undo === undefined ? { repeats: true } : { rollback: besideFile(folder, undo) };
    const told = /^\s*executeInTransaction\s*=\s*(true|false)/im.exec(folder.text(`${name}.conf`) ?? '')?.[1]?.toLowerCase();
    return told === 'false' || (told === undefined && runsAlone(text)) ? { ...reading, transaction: 'none' } : reading;
  },
  rollback(request) {
    const undo = undoName(request.name, request.folder);
    return undo === undefined ? undefined : writeBeside(request, undo);
  },
  next({ migrations, steps, now }) {
    const versioned = migrations.filter((name) => VERSIONED.test(name));
    let last = versioned.at(-1) ?? '';
    const whole = versioned.filter((name) => segments(name).length === 1).length * 2 >= versioned.length;
    return steps.flatMap((step) => {
      last = `V${following(last, whole, now)}__${step.name}.sql`;
      const file = { name: last, text: statementsOf(step) };
      // It sees for itself what can't run in one; anything else it must be told beside the file.
      const told = step.outsideTransaction && !runsAlone(statementsOf(step));
      return told ? [file, { name: `${last}.conf`, text: 'executeInTransaction=false\n' }] : [file];
    });
  },
  needs: (names) => [...names].map((name) => `${name}.conf`),
};

/** What Flyway's parser for PostgreSQL knows to fail in a transaction. */
const ALONE =
  /^(?:(?:CREATE|DROP)(?: UNIQUE)? INDEX CONCURRENTLY|(?:CREATE|DROP) (?:DATABASE|TABLESPACE|SUBSCRIPTION)|ALTER SYSTEM|REINDEX(?: VERBOSE)? (?:SCHEMA|DATABASE|SYSTEM)|VACUUM|DISCARD ALL)\b/;

/** A file that mixes such statements with others is refused. */
function runsAlone(text: string): boolean {
  if (!/\b(?:CONCURRENTLY|DATABASE|TABLESPACE|SUBSCRIPTION|SYSTEM|REINDEX|VACUUM|DISCARD)\b/i.test(text)) return false;
  const statements = wordsOf(text);
  return statements.length > 0 && statements.every(({ words }) => ALONE.test(words));
}

/** The undo migration of a version, whatever it is called; repeatable ones have none. */
function undoName(name: string, { sql }: Folder): string | undefined {
  const version = VERSIONED.exec(name)?.[1];
  if (version === undefined) return undefined;
  return [...sql.keys()].find((each) => /^U([\d._]+?)__/.exec(each)?.[1] === version) ?? `U${name.slice(1)}`;
}

/** The next version: a new whole number, or the last part counted on where versions usually have parts. */
function following(last: string, whole: boolean, now: Date): string {
  const parts = segments(last);
  const [first = '0'] = parts;
  if (/^(?:19|20)\d{12}$/.test(first)) {
    const clock = timestamp(now);
    return clock > first ? clock : (BigInt(first) + 1n).toString();
  }
  const at = whole ? 0 : parts.length - 1;
  const counted = (BigInt(parts[at] ?? '0') + 1n).toString().padStart(parts[at]?.length ?? 1, '0');
  const separator = VERSIONED.exec(last)?.[1]?.includes('_') ? '_' : '.';
  return whole ? counted : [...parts.slice(0, at), counted].join(separator);
}
