// Every fix of several steps, for every runner and every way to write names: its files are run by PostgreSQL on tables
// with rows, as the runner would run them, reach the schema and the rows that the migration means, and no statement
// works on rows under a lock that others wait for.
import assert from 'node:assert/strict';
import { PGlite } from '@electric-sql/pglite';
import { sql } from '../../server/src/languages/sql/index';
import { alter, type Case } from './fixes/cases';
import { catalogOf, differences, rowsOf } from './fixes/contents';
import { cases } from './fixes/more-cases';
import { SCHEMAS, styles, type Names } from './fixes/names';
import { offered } from './fixes/offered';
import { plan, type Sent } from './fixes/plan';
import { isControl, Run } from './fixes/run';
import { runners, type RunnerCase } from './fixes/runners';
import { judge, type Offer } from './fixes/workspace';

type Setting = 'alone' | 'among others' | 'in one statement' | 'in its own transaction' | 'of unknown tables';

interface Wanted {
  readonly catalog: readonly string[];
  readonly rows: readonly string[];
}

describe('fixes of several steps', () => {
  let database: PGlite;
  /** A rule, a runner, names and a place where something is found; fixes that hold; and where there is no way. */
  const counted = { combinations: 0, proven: 0, without: 0 };
  let done = 0;
  const references = new Map<string, Wanted>();
  const proofs = new Map<string, readonly string[]>();

  before(async () => {
    await sql.prepare();
    database = await PGlite.create();
  });
  after(() => database.close());

  /** `given` is run at once, the others one by one. */
  async function begin(given: readonly string[], others: readonly string[] = []): Promise<void> {
    await database.exec(`ROLLBACK; ${SCHEMAS.map((name) => `DROP SCHEMA IF EXISTS "${name}" CASCADE;`).join(' ')} CREATE SCHEMA public; ${given.join(';\n')}`);
    for (const each of others) await database.exec(each);
  }

  /** The schema on tables without rows, where nothing fails, and the rows. */
  async function wanted(own: Case, names: Names, migration: readonly string[]): Promise<Wanted> {
    const key = JSON.stringify([own.title, migration]);
    let known = references.get(key);
    if (!known) {
      const last = names.write(own.unsafe(names).at(-1) ?? '');
      const action = last.slice(alter(names).length);
      const instead = (statements: readonly string[] | undefined): readonly string[] => {
        const open = migration.filter((each) => !isControl(each));
        return open.flatMap((each) => (!statements ? [each] : each === last ? statements : action !== '' && each.endsWith(`,${action}`) ? [each.slice(0, -action.length - 1), ...statements] : [each]));
      };
      await begin(own.history(names), instead(own.reference?.(names)));
      const catalog = await catalogOf(database, !own.anyNames);
      await begin([...own.history(names), ...own.rows(names)], instead(own.filled?.(names) ?? own.reference?.(names)));
      references.set(key, (known = { catalog, rows: await rowsOf(database, bare(own.random?.(names))) }));
    }
    return known;
  }

  async function prove(own: Case, names: Names, migration: readonly string[], sent: readonly Sent[], last: readonly string[]): Promise<readonly string[]> {
    const key = JSON.stringify([own.title, names.title, migration, sent.map((each) => (each.do === 'send' ? (each.statements ?? each.text) : each.do)), last]);
    let complaints = proofs.get(key);
    if (!complaints) {
      const { catalog, rows } = await wanted(own, names, migration);
      await begin([...own.history(names), ...own.rows(names)]);
      const found = [...(await new Run(database, own.writesWait ?? false).all([...sent, ...last.map((text): Sent => ({ do: 'send', text }))]))];
      if (found.length === 0) {
        found.push(...differences('catalogs', await catalogOf(database, !own.anyNames), catalog));
        found.push(...differences('rows', await rowsOf(database, bare(own.random?.(names))), rows));
      }
      proofs.set(key, (complaints = found));
    }
    return complaints;
  }

  /** What is wrong with an offer, on one line and those behind it. */
  async function wrongWith(own: Case, names: Names, runner: RunnerCase, migration: readonly string[], before: ReadonlySet<string>, offer: Offer): Promise<string[]> {
    const files = Object.fromEntries(Object.entries(offer.files).map(([name, text]) => [name, name.endsWith('.sql') ? text.replace(TODO, '7') : text]));
    const after = await judge(files, own.rule, runner.path);
    const history = Object.keys(files).find((name) => /init/.test(name) && /\.sql$/.test(name) && before.has(name)) ?? '';
    const last = typeof own.last === 'function' ? own.last(names) : own.last ? inComment(files, before) : [];
    const deploys = after.unit.schema.migrations.some(({ transaction }) => transaction === 'all') && !/later deploys/.test(offer.title) ? [false, true] : [true];
    const found: string[] = [];
    for (const apart of deploys) {
      const sent = plan(after.unit, runner, (file) => file === `/w/${history}`, apart);
      found.push(...(await prove(own, names, migration, sent, last)));
    }
    const still = after.found > 0 ? [`the rule still speaks`] : [];
    return [...new Set([...found, ...still])].map((each) => `${offer.title} (${offer.form}): ${each}`);
  }

  for (const own of cases) {
    it(`hold what they promise: ${own.title}`, async () => {
      const complaints = new Map<string, string[]>();
      const forms: Record<string, string> = {};
      for (const setting of settingsOf(own)) {
        const row: string[] = [];
        for (const runner of runnersFor(setting)) {
          const seen = new Set<string>();
          for (const names of namesFor(setting, runner)) {
            const migration = migrationOf(own, names, setting);
            const known = setting === 'of unknown tables' ? [`CREATE TABLE ${names.own('something')} (id int)`] : own.history(names);
            const files = runner.files(known, migration, names.newline);
            const { offers, found } = await judge(withVersion(files, own), own.rule, runner.path);
            seen.add(offers.map(({ form }) => LETTERS[form]).join('') || (found > 0 ? '.' : '-'));
            if (found > 0) counted.combinations++;
            if (found > 0 && offers.length === 0) counted.without++;
            for (const offer of offers) {
              const wrong = await wrongWith(own, names, runner, migration, new Set(Object.keys(files)), offer);
              if (wrong.length === 0) counted.proven++;
              for (const each of wrong) complaints.set(each, [...(complaints.get(each) ?? []), `${runner.title} ${setting}, ${names.title}`]);
            }
          }
          row.push([...seen].join('/'));
        }
        forms[setting] = row.join(' ');
      }
      done++;
      const told = [...complaints].map(([what, where]) => `\n* ${what}\n  in: ${where.join('; ')}`);
      assert.deepEqual(told, [], told.join(''));
      assert.deepEqual(forms, offered[own.title]);
    });
  }

  it('are as many as they were', () => {
    // Where only some are asked for, there is nothing to count.
    if (done === cases.length) assert.deepEqual(counted, { combinations: 4562, proven: 4348, without: 453 });
  });
});

/** The value that the author of a required column is asked for. */
const TODO = /DEFAULT \/\* TODO[^*]*\*\//gi;
const LETTERS = { here: 'h', commit: 'c', next: 'n' } as const;

function settingsOf({ unsafe }: Case): readonly Setting[] {
  const [names] = styles;
  const [only, other] = names ? unsafe(names) : [];
  if (!names || only === undefined || other !== undefined) return ['alone', 'of unknown tables'];
  const joins = only.startsWith(`${alter(names)} `) && !/ RENAME /.test(only);
  return joins ? ['alone', 'among others', 'in one statement', 'in its own transaction', 'of unknown tables'] : ['alone', 'among others', 'in its own transaction', 'of unknown tables'];
}

function runnersFor(setting: Setting): readonly RunnerCase[] {
  return setting === 'in its own transaction' || setting === 'of unknown tables' ? runners.filter(({ begins }) => begins) : runners;
}

/** Each way to write names where a runner stands for its kind; what is hardest to write everywhere. */
function namesFor(setting: Setting, { variant }: RunnerCase): readonly Names[] {
  const hardest = styles.slice(-1);
  if (variant) return hardest;
  if (setting === 'alone') return styles;
  return setting === 'among others' ? [...styles.slice(0, 1), ...hardest] : hardest;
}

/**
 * Among others: behind a lock on the same table that is quickly taken, and before another table. In one statement: as an
 * action behind another one of the same ALTER TABLE.
 */
function migrationOf(own: Case, n: Names, setting: Setting): readonly string[] {
  const unsafe = own.unsafe(n);
  const first = `${alter(n)} ADD COLUMN ${n.column('side_note')} text`;
  const statements = (): readonly string[] => {
    switch (setting) {
      case 'alone':
      case 'of unknown tables':
        return unsafe;
      case 'among others':
        return [first, ...unsafe, `CREATE TABLE ${n.table('tag')} (${n.column('id')} int PRIMARY KEY)`];
      case 'in one statement':
        return unsafe.map((each) => `${first},${each.slice(alter(n).length)}`);
      case 'in its own transaction':
        return ['BEGIN', first, ...unsafe, 'COMMIT'];
    }
  };
  return statements().map((each) => n.write(each));
}

function withVersion(files: Readonly<Record<string, string>>, { version = 17 }: Case): Record<string, string> {
  return { ...files, 'schema-bible.json': `{"postgresVersion": ${version}, "migrations": {"lint": "all"}}` };
}

/** The statements that a note at the end of a file leaves for later. */
function inComment(files: Readonly<Record<string, string>>, before: ReadonlySet<string>): string[] {
  const texts = Object.entries(files).flatMap(([name, text]) => (before.has(name) && !/change/.test(name) ? [] : [text]));
  return texts.flatMap((text) => text.split(/\r?\n/).flatMap((line) => /^-- ((?:DROP|ALTER) .*?);(?:--> statement-breakpoint)?$/.exec(line)?.[1] ?? []));
}

const bare = (columns: readonly string[] = []): string[] => columns.map((name) => name.replaceAll('"', ''));
