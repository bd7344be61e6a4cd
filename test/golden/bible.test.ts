// The database bible's own schemas and migrations, judged by the whole pipeline and by PostgreSQL and Prisma themselves.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { LintFinding } from '../../server/src/linter/run';
import { defaultDeleteRules, indexes, limitedTexts, naiveTimestamps, randomKeys, signature, tablesWithout, unindexedForeignKeys } from './support/catalog';
import { closePostgres, inPostgres, prismaComplaints, prismaDataModel, sqlOfDrizzle, sqlOfPrisma } from './support/oracles';
import { judgeProject, open, reportOn } from './support/project';
import { reportedColumns, reportedForeignKeys, reportedIndexes, reportedTables, type Judged } from './support/verdicts';

const example = (name: string): string => readFileSync(new URL(`./bible/${name}`, import.meta.url), 'utf8');
const of = (findings: readonly LintFinding[], rule: string): LintFinding[] => findings.filter((finding) => finding.rule === rule);

/** What the catalog says of the shape of tables, by rule. */
async function catalogOf(created: string): Promise<Record<string, string[]>> {
  return inPostgres(created, async (database) => ({
    'unindexed-foreign-key': await unindexedForeignKeys(database),
    'redundant-index': (await indexes(database)).filter(({ redundant }) => redundant).map(({ name }) => name),
    'naive-timestamp': await naiveTimestamps(database),
    'limited-varchar': await limitedTexts(database),
  }));
}

function said(judged: Judged): Record<string, string[]> {
  return {
    'unindexed-foreign-key': reportedForeignKeys(judged, 'unindexed-foreign-key').sort(),
    'redundant-index': reportedIndexes(judged, 'redundant-index').sort(),
    'naive-timestamp': reportedColumns(judged, 'naive-timestamp').sort(),
    'limited-varchar': reportedColumns(judged, 'limited-varchar').sort(),
  };
}

describe("the bible's Prisma schemas", () => {
  after(closePostgres);

  const schemas: [name: string, text: string][] = [
    ['saas.prisma', example('saas.prisma')],
    // As printed it names a model that it doesn't hold, which Prisma refuses.
    ['blog.prisma', example('blog.prisma').replace(/^ *sessions +Session\[\]\n/m, '')],
  ];
  for (const [name, text] of schemas) {
    describe(name, () => {
      let judged: Judged;
      before(async () => {
        assert.deepEqual(prismaComplaints(text), []);
        judged = await judgeProject({ '/app/prisma/schema.prisma': text });
      });

      it('gets the verdicts of the catalog', async () => {
        assert.deepEqual(said(judged), await catalogOf(await sqlOfPrisma(text)));
      });

      it('has the random keys and the unwritten delete rules that Prisma reads in it', () => {
        const { models } = prismaDataModel(text);
        const random = models.flatMap((model) =>
          model.fields.filter(({ isId, default: value }) => isId && isRandomUuid(value)).map((field) => signature(model.dbName ?? model.name, [field.dbName ?? field.name])),
        );
        assert.ok(random.length >= 3);
        assert.deepEqual(reportedColumns(judged, 'random-uuid-key').sort(), random.sort());
        const unwritten = models.flatMap((model) =>
          model.fields
            .filter(({ relationFromFields, relationOnDelete }) => (relationFromFields?.length ?? 0) > 0 && relationOnDelete === undefined)
            .map(({ relationFromFields }) => signature(model.dbName ?? model.name, (relationFromFields ?? []).map((own) => columnOf(model.fields, own)))),
        );
        assert.deepEqual(reportedForeignKeys(judged, 'implicit-delete-rule').sort(), unwritten.sort());
      });

      it('lacks the timestamps that its tables lack, but for sessions, which are never changed, and tags, a key and a label', async () => {
        const lacking = await inPostgres(await sqlOfPrisma(text), async (database) => [
          ...(await tablesWithout(database, 'created_at')),
          ...(await tablesWithout(database, 'updated_at')),
        ]);
        const expected = [...new Set(lacking)].filter((table) => table !== 'sessions' && table !== 'tags').sort();
        assert.deepEqual(reportedTables(judged, 'missing-timestamps').sort(), expected);
      });
    });
  }

  it('hold in the SaaS schema what is known of it: one unindexed key, eleven naive timestamps, one needless index', async () => {
    const catalog = await catalogOf(await sqlOfPrisma(example('saas.prisma')));
    const counts = Object.entries(catalog).map(([rule, found]) => [rule, found.length]);
    assert.deepEqual(counts, [['unindexed-foreign-key', 1], ['redundant-index', 1], ['naive-timestamp', 11], ['limited-varchar', 0]]);
  });

  it('are read even where Prisma refuses them', async () => {
    const text = example('blog.prisma');
    assert.notDeepEqual(prismaComplaints(text), []);
    const whole = await judgeProject({ '/app/prisma/schema.prisma': text });
    const mended = await judgeProject({ '/app/prisma/schema.prisma': text.replace(/^ *sessions +Session\[\]\n/m, '') });
    assert.deepEqual(said(whole), said(mended));
  });
});

describe("the bible's Drizzle schemas", () => {
  after(closePostgres);

  for (const name of ['saas.ts', 'blog.ts']) {
    it(`${name} gets the verdicts of the catalog`, async () => {
      const text = example(name);
      const created = await sqlOfDrizzle(text);
      const judged = await judgeProject({ '/app/db/schema.ts': text, '/app/package.json': '{ "dependencies": { "drizzle-orm": "0.45.4" } }' });
      assert.deepEqual(said(judged), await catalogOf(created));
      const { keys, unwritten, lacking } = await inPostgres(created, async (database) => ({
        keys: await randomKeys(database),
        unwritten: await defaultDeleteRules(database),
        lacking: [...(await tablesWithout(database, 'created_at')), ...(await tablesWithout(database, 'updated_at'))].sort(),
      }));
      assert.ok(keys.length >= 2);
      assert.deepEqual(reportedColumns(judged, 'random-uuid-key').sort(), keys);
      assert.deepEqual(reportedForeignKeys(judged, 'implicit-delete-rule').sort(), unwritten);
      assert.deepEqual(reportedTables(judged, 'missing-timestamps').sort(), lacking);
    });
  }
});

describe("the bible's migrations", () => {
  after(closePostgres);

  const tables = `CREATE TABLE users (id uuid PRIMARY KEY);\nCREATE TABLE tags (id uuid PRIMARY KEY);\n${example('standard-table.sql')}`;

  it('its way to a new required column: UPDATE … LIMIT is refused where PostgreSQL refuses it, and nothing else is', async () => {
    const text = example('add-slug-in-steps.sql');
    const { schema, findings } = await judgeProject({ '/app/migrations/0001_tables.sql': tables, '/app/migrations/0002_slug.sql': text });
    const refused = of(findings, 'sql-syntax');
    assert.deepEqual(refused.map(({ at }) => text.slice(at.start, at.end)), ['LIMIT']);
    const from = text.indexOf('UPDATE');
    const statement = text.slice(from, text.indexOf(';', from));
    const error: unknown = await inPostgres(tables, (database) => database.query(statement)).catch((error: unknown) => error);
    assert.ok(error instanceof Error && 'position' in error, 'PostgreSQL accepts it.');
    assert.equal(refused[0]?.at.start, from + Number(error.position) - 1);
    const migration = schema.migrations.find(({ file }) => file.endsWith('0002_slug.sql'));
    assert.deepEqual(migration?.statements.map(({ changes }) => changes.map(({ verb }) => verb)), [['addColumn'], [], ['setNotNull'], ['addIndex']]);
    const hazards = findings.filter(({ at, category }) => at.file.endsWith('0002_slug.sql') && category === 'migration');
    // Its last step reads the whole table under a lock, as the locks' own test measures.
    assert.deepEqual(hazards.map(({ rule }) => rule), ['missing-lock-timeout', 'sql-syntax', 'scanning-not-null']);
  });

  it('the statements around a broken one are judged as if it were not there', async () => {
    const careless = example('add-slug-in-steps.sql').replace('ADD COLUMN slug TEXT', 'ADD COLUMN slug TEXT NOT NULL').replace('INDEX CONCURRENTLY', 'INDEX');
    const whole = await judgeProject({ '/app/migrations/0001_tables.sql': tables, '/app/migrations/0002_slug.sql': careless });
    const rules = whole.findings.filter(({ at, category }) => at.file.endsWith('0002_slug.sql') && category === 'migration').map(({ rule }) => rule);
    assert.deepEqual(rules, ['missing-lock-timeout', 'not-null-without-default', 'sql-syntax', 'blocking-index']);
  });

  it('its example of two migrations has none of the hazards but waits without a limit and SET NOT NULL without a proof', async () => {
    const files = {
      '/app/migrations/000_tables.sql': tables,
      '/app/migrations/001_add_post_slug.sql': example('001_add_post_slug.sql'),
      '/app/migrations/002_enforce_post_slug.sql': example('002_enforce_post_slug.sql'),
    };
    const opened = await open(files);
    for (const path of ['/app/migrations/001_add_post_slug.sql', '/app/migrations/002_enforce_post_slug.sql']) {
      const { findings, problems } = await reportOn(opened, path);
      assert.deepEqual(problems, []);
      assert.deepEqual(findings.map(({ rule }) => rule), ['missing-lock-timeout', ...(path.includes('002') ? ['scanning-not-null'] : [])]);
    }
    const blocking = { ...files, '/app/migrations/002_enforce_post_slug.sql': example('002_enforce_post_slug.sql').replace('CONCURRENTLY ', '') };
    const { findings } = await reportOn(await open(blocking), '/app/migrations/002_enforce_post_slug.sql');
    assert.deepEqual(findings.map(({ rule }) => rule), ['missing-lock-timeout', 'scanning-not-null', 'blocking-index']);
  });

  it('its relationships get the verdicts of the catalog', async () => {
    const text = example('relationships.sql');
    const judged = await judgeProject({ '/app/migrations/0001_tables.sql': tables, '/app/migrations/0002_relationships.sql': text });
    const { unindexed, unwritten } = await inPostgres(`${tables};\n${text}`, async (database) => ({
      unindexed: await unindexedForeignKeys(database),
      unwritten: await defaultDeleteRules(database),
    }));
    assert.ok(unindexed.length > 0 && unwritten.length > 0);
    // The posts' author is referenced twice over, and one index serves both.
    assert.deepEqual(reportedForeignKeys(judged, 'unindexed-foreign-key').sort(), [...new Set(unindexed)]);
    assert.deepEqual(reportedForeignKeys(judged, 'implicit-delete-rule').sort(), unwritten);
  });

  for (const name of ['index-kinds.sql', 'row-security.sql', 'standard-table.sql', 'relationships.sql']) {
    it(`${name} is read to its end`, async () => {
      const { schema, findings } = await judgeProject({ '/app/migrations/0001_it.sql': example(name) });
      assert.deepEqual(of(findings, 'sql-syntax'), []);
      const statements = schema.migrations.flatMap(({ statements }) => statements);
      assert.ok(statements.length > 0);
      assert.deepEqual(statements.filter(({ node }) => node === 'broken'), []);
    });
  }
});

function isRandomUuid(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('name' in value) || value.name !== 'uuid') return false;
  return 'args' in value && Array.isArray(value.args) && value.args[0] === 4;
}

function columnOf(fields: readonly { readonly name: string; readonly dbName?: string | null }[], name: string): string {
  return fields.find((field) => field.name === name)?.dbName ?? name;
}
