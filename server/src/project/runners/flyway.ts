// Flyway: `V<version>__<name>.sql` in the order of the version numbers, then the repeatable ones by their names.
import { byText } from '../paths';
import { statementsOf } from './content';
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
  // One transaction per file, but Flyway notices statements that can't run in one when they are alone.
  transaction: () => 'file-if-many',
  read(_text, name, folder) {
    const undo = undoName(name, folder);
    const reading: Reading = undo === undefined ? { repeats: true } : { rollback: besideFile(folder, undo) };
    return /^\s*executeInTransaction\s*=\s*false/im.test(folder.text(`${name}.conf`) ?? '') ? { ...reading, transaction: 'none' } : reading;
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
      // It sees CONCURRENTLY itself; anything else it must be told beside the file.
      const told = step.outsideTransaction && !step.statements.every((each) => /\bCONCURRENTLY\b/i.test(each));
      return told ? [file, { name: `${last}.conf`, text: 'executeInTransaction=false\n' }] : [file];
    });
  },
  needs: (names) => [...names].map((name) => `${name}.conf`),
};

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
