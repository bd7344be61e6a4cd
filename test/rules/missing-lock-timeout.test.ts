// PostgreSQL says which lock_timeout holds at each statement of what the fix writes, sent as each runner sends it.
import assert from 'node:assert/strict';
import { PGlite } from '@electric-sql/pglite';
import { check, fixAll } from './harness/engine';

const SETUP = `CREATE TABLE "Post" (id bigint PRIMARY KEY);
CREATE TABLE seen (command text, lock_timeout text);
CREATE FUNCTION see() RETURNS event_trigger LANGUAGE plpgsql AS $$
BEGIN INSERT INTO seen VALUES (tg_tag, current_setting('lock_timeout')); END $$;
CREATE EVENT TRIGGER see ON ddl_command_start EXECUTE FUNCTION see();`;

const ALTERS = ['ALTER TABLE "Post" ADD COLUMN a text;', 'ALTER TABLE "Post" ADD COLUMN b text;'];
const RULE = 'missing-lock-timeout';

/** Cuts where no test here writes a semicolon inside of a statement. */
const statementsOf = (text: string): string[] => text.split(/(?<=;)/).filter((each) => each.includes(';'));

interface Runner {
  readonly name: string;
  readonly files: (sql: readonly string[]) => Readonly<Record<string, string>>;
  /** What goes over the wire, query by query, for the text of the last file. */
  readonly sends: (text: string) => readonly string[];
}

const prisma = (version: string) => ({
  files: (sql: readonly string[]) => ({
    'package.json': JSON.stringify({ devDependencies: { prisma: version } }),
    'prisma/migrations/20260101000000_init/migration.sql': 'CREATE TABLE "Post" ("id" BIGINT PRIMARY KEY);\n',
    'prisma/migrations/20260102000000_next/migration.sql': `-- AlterTable\n${sql.join('\n')}\n`,
  }),
});

const RUNNERS: readonly Runner[] = [
  { name: 'Prisma up to 7.3', ...prisma('7.3.0'), sends: (text) => [text] },
  { name: 'Prisma from 7.4 on', ...prisma('7.4.0'), sends: statementsOf },
  {
    name: 'dbmate',
    files: (sql) => ({
      'db/migrations/20260101000000_init.sql': '-- migrate:up\nCREATE TABLE "Post" (id bigint PRIMARY KEY);\n\n-- migrate:down\n',
      'db/migrations/20260102000000_next.sql': `-- migrate:up\n${sql.join('\n')}\n\n-- migrate:down\n`,
    }),
    sends: (text) => ['BEGIN', text, 'COMMIT'],
  },
  {
    name: 'Drizzle',
    files: (sql) => ({
      'drizzle/meta/_journal.json': JSON.stringify({
        version: '7',
        dialect: 'postgresql',
        entries: ['0000_init', '0001_next'].map((tag, idx) => ({ idx, version: '7', when: 1767225600000 + idx, tag, breakpoints: true })),
      }),
      'drizzle/0000_init.sql': 'CREATE TABLE "Post" ("id" bigint PRIMARY KEY);\n',
      'drizzle/0001_next.sql': sql.join('--> statement-breakpoint\n'),
    }),
    sends: (text) => ['BEGIN', ...text.split('--> statement-breakpoint'), 'COMMIT'],
  },
  {
    name: 'psql',
    files: (sql) => ({ 'migrations/0001_init.sql': 'CREATE TABLE "Post" (id bigint PRIMARY KEY);\n', 'migrations/0002_next.sql': `${sql.join('\n')}\n` }),
    sends: statementsOf,
  },
  {
    name: 'psql with a transaction of the file',
    files: (sql) => ({ 'migrations/0001_init.sql': 'CREATE TABLE "Post" (id bigint PRIMARY KEY);\n', 'migrations/0002_next.sql': `BEGIN;\n${sql.join('\n')}\nCOMMIT;\n` }),
    sends: statementsOf,
  },
];

describe('missing-lock-timeout and PostgreSQL', () => {
  let postgres: PGlite;

  before(async () => {
    postgres = await PGlite.create();
    await postgres.exec(SETUP);
  });

  afterEach(() => postgres.exec('ROLLBACK; RESET ALL; ALTER TABLE "Post" DROP COLUMN IF EXISTS a, DROP COLUMN IF EXISTS b; DELETE FROM seen'));

  after(() => postgres.close());

  for (const { name, files, sends } of RUNNERS) {
    for (const sql of [ALTERS.slice(0, 1), ALTERS]) {
      it(`${name}, statements: ${sql.length}`, async () => {
        const texts = new Map(Object.entries(files(sql)));
        const last = [...texts.keys()].at(-1) ?? '';
        assert.deepEqual((await check(texts, undefined)).found.flatMap(({ finding, path }) => (finding.rule === RULE ? [path] : [])), [last]);
        const { texts: fixed } = await fixAll(texts, undefined, RULE, undefined);
        for (const query of sends(fixed.get(last) ?? '')) await postgres.exec(query);
        const { rows } = await postgres.query("SELECT lock_timeout FROM seen WHERE command = 'ALTER TABLE'");
        assert.deepEqual(rows, sql.map(() => ({ lock_timeout: '5s' })));
        // The connection, which may serve others, has no limit any more.
        assert.deepEqual((await postgres.query('SHOW lock_timeout')).rows, [{ lock_timeout: '0' }]);
      });
    }
  }
});
