// Which runner owns a folder of migrations, in which order and how it runs them, and what its next files are.
import assert from 'node:assert/strict';
import type { MigrationInfo } from '../../server/src/languages/language';
import type { Unit } from '../../server/src/project/unit';
import { next, open, short, step, unitOf } from './helper';

const table = (name: string): string => `CREATE TABLE ${name} (id bigint PRIMARY KEY);\n`;

/** The runner, the order of the files and how the first one is run. */
async function history(files: Readonly<Record<string, string>>): Promise<{ unit: Unit; runner: string; order: string[]; model: string }> {
  const { project } = await open(files);
  const units = (await project.units()).filter(({ language }) => language === 'sql');
  const [unit] = units;
  if (!unit || units.length > 1) throw new Error(`There are ${units.length} units: ${units.map(({ id }) => id).join(' ')}`);
  const info = unit.migration(unit.files[0] ?? '');
  return { unit, runner: info?.runner ?? 'none', order: unit.files.map(short), model: info?.transaction ?? 'none' };
}

function infoOf(unit: Unit, name: string): MigrationInfo {
  const info = unit.migration(`/w/${name}`);
  if (!info) throw new Error(`${name} is no migration.`);
  return info;
}

/** The forward half of a file. */
function up(unit: Unit, name: string): string {
  const { start, end } = infoOf(unit, name).up;
  return unit.parsed(`/w/${name}`)?.text.slice(start, end).trim() ?? '';
}

describe('prisma migrations', () => {
  const files = {
    'package.json': '{"devDependencies": {"prisma": "6.19.0"}}',
    'prisma/migrations/migration_lock.toml': '# x\nprovider = "postgresql"\n',
    'prisma/migrations/20240201000000_b/migration.sql': 'ALTER TABLE a ADD b int;',
    'prisma/migrations/20240201000000_b/down.sql': 'ALTER TABLE a DROP b;',
    'prisma/migrations/20240101000000_init/migration.sql': table('a'),
    'prisma/migrations/20250625_c/migration.sql': '',
  };

  it('come in the order of the folders, without rollbacks', async () => {
    const { runner, order, model } = await history(files);
    assert.deepEqual([runner, model], ['prisma', 'file-if-many']);
    assert.deepEqual(order.map((path) => path.split('/')[2]), ['20240101000000_init', '20240201000000_b', '20250625_c']);
  });

  it('are run statement by statement from 7.4 on, by the version that is installed, locked or required', async () => {
    const model = async (more: Record<string, string>): Promise<string> => (await history({ ...files, ...more })).model;
    assert.equal(await model({ 'package.json': '{"dependencies": {"prisma": "^7.3.0"}}' }), 'file-if-many');
    assert.equal(await model({ 'package.json': '{"dependencies": {"@prisma/client": "7.4.0"}}' }), 'none');
    assert.equal(await model({ 'package.json': '{"dependencies": {"prisma": "latest"}}' }), 'file-if-many');
    const range = { 'package.json': '{"dependencies": {"prisma": "^7.0.0"}}' };
    assert.equal(await model({ ...range, 'pnpm-lock.yaml': 'packages:\n  prisma@7.8.0:\n    x: 1\n  prisma@6.1.0(x):\n' }), 'none');
    assert.equal(await model({ ...range, 'yarn.lock': 'prisma@^7.0.0:\n  version "7.5.0"\n' }), 'none');
    assert.equal(await model({ ...range, 'package-lock.json': '{"packages": {"node_modules/prisma": {\n  "version": "7.6.1"}}}' }), 'none');
    assert.equal(await model({ ...range, 'bun.lock': '{"packages": {"prisma": ["prisma@7.6.1", ""]}}' }), 'none');
    assert.equal(await model({ ...range, 'node_modules/prisma/package.json': '{"version": "7.2.0"}' }), 'file-if-many');
  });

  it('are one query where the splitter stumbles', async () => {
    const dropped = { 'prisma/migrations/20250625_c/migration.sql': 'DROP INDEX CONCURRENTLY i;\nSELECT 1;' };
    const { unit, model } = await history({ ...files, ...dropped, 'package.json': '{"devDependencies": {"prisma": "7.4.0"}}' });
    assert.equal(model, 'none');
    assert.equal(infoOf(unit, 'prisma/migrations/20250625_c/migration.sql').transaction, 'file-if-many');
  });

  it('are known by their heads without a lock file, and told from Drizzle by its snapshots', async () => {
    assert.equal((await history({ 'm/01_init/migration.sql': `-- CreateTable\n${table('a')}` })).runner, 'prisma');
    const { runner, model } = await history({ 'm/20240101000000_a/migration.sql': table('a'), 'm/20240101000000_a/snapshot.json': '{"dialect":"postgres"}' });
    assert.deepEqual([runner, model], ['drizzle', 'all']);
  });

  it('of another database are left alone', async () => {
    const { project } = await open({ ...files, 'prisma/migrations/migration_lock.toml': 'provider = "mysql"' });
    assert.deepEqual(project.files(), []);
  });

  it('are followed by folders with later timestamps', async () => {
    const opened = await open(files);
    const made = await next(opened, 'prisma/migrations/20240201000000_b/migration.sql', [step('add_b'), step('fill_b')]);
    assert.deepEqual(made, {
      'prisma/migrations/20261123040506_add_b/migration.sql': 'ALTER TABLE a ADD b int;\n\n-- why\nUPDATE a SET b = 1;\n',
      'prisma/migrations/20261123040507_fill_b/migration.sql': 'ALTER TABLE a ADD b int;\n\n-- why\nUPDATE a SET b = 1;\n',
    });
  });

  it('of the future are still followed by later ones, in Windows line ends where the last one has them', async () => {
    const opened = await open({ 'm/migration_lock.toml': '', 'm/20991231235959_x/migration.sql': 'SELECT 1;\r\n' });
    const made = await next(opened, 'm/20991231235959_x/migration.sql', [step('y')]);
    assert.deepEqual(made, { 'm/21000101000000_y/migration.sql': 'ALTER TABLE a ADD b int;\r\n\r\n-- why\r\nUPDATE a SET b = 1;\r\n' });
  });
});

describe('drizzle migrations', () => {
  const entry = (idx: number, tag: string, when = idx): string =>
    `    {\n      "idx": ${idx},\n      "version": "7",\n      "when": ${when},\n      "tag": "${tag}",\n      "breakpoints": true\n    }`;
  const journal = (...entries: string[]): string =>
    `{\n  "version": "7",\n  "dialect": "postgresql",\n  "entries": [\n${entries.join(',\n')}\n  ]\n}`;

  it('come in the order of the journal, and by name where the journal lost some', async () => {
    const files = { 'd/0000_a.sql': table('a'), 'd/0001_b.sql': '', 'd/0002_c.sql': '', 'd/0003_d.sql': '' };
    const inOrder = { ...files, 'd/meta/_journal.json': journal(entry(0, '0000_a'), entry(2, '0002_c')) };
    assert.deepEqual((await history(inOrder)).order, ['d/0000_a.sql', 'd/0001_b.sql', 'd/0002_c.sql', 'd/0003_d.sql']);
    const merged = { ...files, 'd/meta/_journal.json': journal(entry(0, '0000_a'), entry(1, '0002_c'), entry(2, '0001_b')) };
    const { order, runner, model } = await history(merged);
    assert.deepEqual(order, ['d/0000_a.sql', 'd/0002_c.sql', 'd/0001_b.sql', 'd/0003_d.sql']);
    assert.deepEqual([runner, model], ['drizzle', 'all']);
  });

  it('are known by their breakpoints without a journal, and have no next one then', async () => {
    const opened = await open({ 'd/0000_a.sql': `${table('a')}--> statement-breakpoint\n${table('b')}` });
    assert.equal((await unitOf(opened.project, 'd/0000_a.sql')).migration('/w/d/0000_a.sql')?.runner, 'drizzle');
    assert.equal(await next(opened, 'd/0000_a.sql', [step('x')]), undefined);
  });

  it('of other databases are left alone', async () => {
    for (const dialect of ['sqlite', 'mysql', 'singlestore', 'turso']) {
      const { project } = await open({ 'd/0000_a.sql': table('a'), 'd/meta/_journal.json': journal(entry(0, '0000_a')).replace('postgresql', dialect) });
      assert.deepEqual(project.files(), []);
    }
    assert.equal((await history({ 'd/0000_a.sql': table('a'), 'd/meta/_journal.json': '{"dialect":"pg","entries":[]}' })).runner, 'drizzle');
  });

  it('are followed by numbered files with journal entries and snapshots', async () => {
    const opened = await open({
      'd/0000_a.sql': table('a'),
      'd/0001_b.sql': '',
      'd/meta/_journal.json': journal(entry(0, '0000_a'), entry(1, '0001_b', 1900000000000)),
      'd/meta/0001_snapshot.json': '{\n  "id": "aa",\n  "prevId": "bb",\n  "tables": {}\n}',
    });
    const made = (await next(opened, 'd/0000_a.sql', [step('add_b'), step('fill_b')])) ?? {};
    assert.deepEqual(Object.keys(made), [
      'd/0002_add_b.sql', 'd/meta/0002_snapshot.json', 'd/0003_fill_b.sql', 'd/meta/0003_snapshot.json', 'd/meta/_journal.json',
    ]);
    assert.equal(made['d/0002_add_b.sql'], 'ALTER TABLE a ADD b int;--> statement-breakpoint\n-- why\nUPDATE a SET b = 1;\n');
    assert.equal(
      made['d/meta/_journal.json'],
      journal(entry(0, '0000_a'), entry(1, '0001_b', 1900000000000), entry(2, '0002_add_b', 1900000000001), entry(3, '0003_fill_b', 1900000000002)),
    );
    const [first, second] = [made['d/meta/0002_snapshot.json'], made['d/meta/0003_snapshot.json']].map((text) => JSON.parse(text ?? '') as Record<string, unknown>);
    assert.match(String(first?.['id']), /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/);
    assert.equal(first?.['prevId'], 'aa');
    assert.equal(second?.['prevId'], first?.['id']);
    assert.notEqual(second?.['id'], first?.['id']);
  });

  it('of 1.0 are followed by folders with snapshots', async () => {
    const opened = await open({
      'd/20240101000000_a/migration.sql': table('a'),
      'd/20240101000000_a/snapshot.json': '{\n  "dialect": "postgres",\n  "id": "aa",\n  "prevIds": ["00"]\n}',
    });
    const made = (await next(opened, 'd/20240101000000_a/migration.sql', [step('add_b')])) ?? {};
    assert.deepEqual(Object.keys(made), ['d/20261123040506_add_b/migration.sql', 'd/20261123040506_add_b/snapshot.json']);
    assert.deepEqual((JSON.parse(made['d/20261123040506_add_b/snapshot.json'] ?? '') as Record<string, unknown>)['prevIds'], ['aa']);
  });

  it('belong to the schema of their package', async () => {
    const { project } = await open({
      'package.json': '{"dependencies": {"drizzle-orm": "^0.45.0"}}',
      'src/schema.ts': `import { pgTable } from 'drizzle-orm/pg-core';`,
      'd/0000_a.sql': table('a'),
      'd/meta/_journal.json': journal(entry(0, '0000_a')),
    });
    const schema = await unitOf(project, 'src/schema.ts');
    assert.equal((await unitOf(project, 'd/0000_a.sql')).source, schema);
    assert.deepEqual([schema.facts.hasMigrations, schema.facts.drizzleVersion], [true, { major: 0, minor: 45 }]);
  });
});

describe('supabase migrations', () => {
  it('lie in its folder, and seeds, tests and declared schemas do not', async () => {
    const { project } = await open({
      'supabase/config.toml': '',
      'supabase/migrations/20240102000000_b.sql': '',
      'supabase/migrations/20240101000000_remote_schema.sql': `-- PostgreSQL database dump\n${table('a')}`,
      'supabase/seed.sql': 'INSERT INTO a VALUES (1);',
      'supabase/tests/a.sql': 'SELECT plan(1);',
      'supabase/schemas/a.sql': table('a'),
      'supabase/schemas/more/b.sql': table('b'),
    });
    const unit = await unitOf(project, 'supabase/migrations/20240102000000_b.sql');
    assert.deepEqual(unit.files.map(short), ['supabase/migrations/20240101000000_remote_schema.sql', 'supabase/migrations/20240102000000_b.sql']);
    assert.equal(unit.migration(unit.files[0] ?? '')?.transaction, 'file');
    assert.deepEqual((await unitOf(project, 'supabase/schemas/a.sql')).files.map(short), ['supabase/schemas/a.sql', 'supabase/schemas/more/b.sql']);
    assert.deepEqual(await project.unitsOf('/w/supabase/seed.sql'), []);
    assert.deepEqual(await project.unitsOf('/w/supabase/tests/a.sql'), []);
  });

  it('may be written by Drizzle, timestamped or numbered', async () => {
    const journal = '{"dialect":"postgresql","entries":[]}';
    const timestamped = { 'supabase/migrations/20240101000000_a.sql': table('a'), 'supabase/migrations/meta/_journal.json': journal };
    assert.equal((await history(timestamped)).runner, 'supabase');
    assert.equal((await history({ 'supabase/migrations/0000_a.sql': table('a'), 'supabase/migrations/meta/_journal.json': journal })).runner, 'drizzle');
  });

  it('are followed by timestamped files', async () => {
    const opened = await open({ 'supabase/migrations/20240101000000_a.sql': table('a') });
    assert.deepEqual(Object.keys((await next(opened, 'supabase/migrations/20240101000000_a.sql', [step('x')])) ?? {}), ['supabase/migrations/20261123040506_x.sql']);
  });
});

describe('dbmate migrations', () => {
  const files = {
    'db/migrations/20240101000000_a.sql': `-- migrate:up\n${table('a')}\n-- migrate:down\nDROP TABLE a;`,
    'db/migrations/20240102000000_b.sql': `-- migrate:up transaction:false\nCREATE INDEX CONCURRENTLY i ON a (id);\n-- migrate:down\n`,
  };

  it('hold both directions and may turn the transaction off', async () => {
    const { unit, runner, model } = await history(files);
    assert.deepEqual([runner, model], ['dbmate', 'file']);
    assert.equal(up(unit, 'db/migrations/20240101000000_a.sql'), table('a').trim());
    const second = infoOf(unit, 'db/migrations/20240102000000_b.sql');
    assert.equal(second.transaction, 'file-if-many');
    const { start = 0, end = 0 } = second.transactionDirective ?? {};
    assert.equal(files['db/migrations/20240102000000_b.sql'].slice(start, end), 'transaction:false');
  });

  it('are followed by files with both marks', async () => {
    const made = await next(await open(files), 'db/migrations/20240101000000_a.sql', [step('x', true)]);
    assert.deepEqual(made, {
      'db/migrations/20261123040506_x.sql': '-- migrate:up transaction:false\nALTER TABLE a ADD b int;\n\n-- why\nUPDATE a SET b = 1;\n\n-- migrate:down\n',
    });
  });
});

describe('goose migrations', () => {
  const files = {
    'm/00010_c.sql': '-- +goose Up\nSELECT 1;\n',
    'm/00002_b.sql': '-- some words\n-- +goose no transaction\n-- +goose up\nCREATE INDEX CONCURRENTLY i ON a (id);\n-- +goose down\nDROP INDEX i;\n',
    'm/00001_a.sql': `-- +goose Up\n-- +goose StatementBegin\n${table('a')}-- +goose StatementEnd\n\n-- +goose Down\nDROP TABLE a;\n`,
  };

  it('hold both directions in any letter case', async () => {
    const { unit, runner, model, order } = await history(files);
    assert.deepEqual([runner, model], ['goose', 'file']);
    assert.deepEqual(order, ['m/00001_a.sql', 'm/00002_b.sql', 'm/00010_c.sql']);
    assert.doesNotMatch(up(unit, 'm/00001_a.sql'), /DROP/);
    assert.equal(infoOf(unit, 'm/00002_b.sql').transaction, 'none');
    assert.equal(up(unit, 'm/00002_b.sql'), 'CREATE INDEX CONCURRENTLY i ON a (id);');
  });

  it('are followed by numbered files, with dollar quotes held together', async () => {
    const made = await next(await open(files), 'm/00001_a.sql', [{ name: 'x', statements: ['DO $$ BEGIN; END $$;'], outsideTransaction: true }]);
    assert.deepEqual(made, {
      'm/00011_x.sql': '-- +goose NO TRANSACTION\n-- +goose Up\n-- +goose StatementBegin\nDO $$ BEGIN; END $$;\n-- +goose StatementEnd\n\n-- +goose Down\n',
    });
  });
});

describe('golang-migrate migrations', () => {
  it('come by number, without their rollbacks and other databases', async () => {
    const { order, runner, model } = await history({
      'm/10_b.up.sql': '', 'm/10_b.down.sql': 'DROP TABLE a;', 'm/9_a.up.sql': table('a'), 'm/9_a.mysql.up.sql': '', 'm/9_a.sqlite3.up.sql': '',
    });
    assert.deepEqual([runner, model], ['golang-migrate', 'file-if-many']);
    assert.deepEqual(order, ['m/9_a.up.sql', 'm/10_b.up.sql']);
  });

  it('may lie in folders of ranges', async () => {
    const { order } = await history({ 'm/000001-000100/000001_a.up.sql': table('a'), 'm/000101-000200/000101_b.up.sql': '' });
    assert.deepEqual(order, ['m/000001-000100/000001_a.up.sql', 'm/000101-000200/000101_b.up.sql']);
  });

  it('are followed by pairs', async () => {
    const made = await next(await open({ 'm/000009_a.up.sql': table('a') }), 'm/000009_a.up.sql', [step('x')]);
    assert.deepEqual(Object.keys(made ?? {}), ['m/000010_x.up.sql', 'm/000010_x.down.sql']);
  });
});

describe('flyway migrations', () => {
  it('come by version, then the repeatable ones, without undo', async () => {
    const { order, runner, model } = await history({
      'db/V10__c.sql': '', 'db/V9__b.sql': '', 'db/V1__a.sql': table('a'), 'db/V9.1__b1.sql': '', 'db/U9__b.sql': 'DROP TABLE a;', 'db/R__views.sql': '',
      'db/B9__base.sql': table('a'),
    });
    assert.deepEqual([runner, model], ['flyway', 'file-if-many']);
    assert.deepEqual(order, ['db/V1__a.sql', 'db/V9__b.sql', 'db/V9.1__b1.sql', 'db/V10__c.sql', 'db/R__views.sql']);
  });

  it('may turn the transaction off beside the file', async () => {
    const { unit } = await history({ 'db/V1__a.sql': table('a'), 'db/V2__b.sql': '', 'db/V2__b.sql.conf': 'executeInTransaction=false' });
    assert.equal(infoOf(unit, 'db/V2__b.sql').transaction, 'none');
  });

  it('are followed by the next versions', async () => {
    const names = async (files: Record<string, string>): Promise<string[]> =>
      Object.keys((await next(await open(files), Object.keys(files)[0] ?? '', [step('x'), step('y')])) ?? {});
    assert.deepEqual(await names({ 'db/V9__a.sql': table('a'), 'db/V9.1__b.sql': '' }), ['db/V10__x.sql', 'db/V11__y.sql']);
    assert.deepEqual(await names({ 'db/V1.0.7__a.sql': table('a') }), ['db/V1.0.8__x.sql', 'db/V1.0.9__y.sql']);
    assert.deepEqual(await names({ 'db/V001__a.sql': table('a') }), ['db/V002__x.sql', 'db/V003__y.sql']);
    assert.deepEqual(await names({ 'db/V20240101000000__a.sql': table('a') }), ['db/V20261123040506__x.sql', 'db/V20261123040507__y.sql']);
  });
});

describe('flyway migrations outside of a transaction', () => {
  it('need to be told beside the file, except for CONCURRENTLY', async () => {
    const project = await open({ 'db/V1__a.sql': table('a'), 'db/V2__b.sql': 'ALTER TABLE a ADD b int;' });
    const written = await next(project, 'db/V2__b.sql', [step('x', true), { ...step('y', true), statements: ['CREATE INDEX CONCURRENTLY i ON a (b);'] }]);
    assert.deepEqual(Object.keys(written ?? {}), ['db/V3__x.sql', 'db/V3__x.sql.conf', 'db/V4__y.sql']);
    assert.equal(written?.['db/V3__x.sql.conf'], 'executeInTransaction=false\n');
  });
});

describe('sqlx migrations', () => {
  const crate = { 'Cargo.toml': '[dependencies]\nsqlx = "0.8"\n' };

  it('are known by the crate or by their directive', async () => {
    const { unit, runner, model } = await history({
      ...crate, 'migrations/20240101000000_a.sql': table('a'), 'migrations/20240102000000_b.sql': '-- no-transaction\nCREATE INDEX CONCURRENTLY i ON a (id);',
    });
    assert.deepEqual([runner, model], ['sqlx', 'file']);
    assert.deepEqual(infoOf(unit, 'migrations/20240102000000_b.sql').transactionDirective, { start: 0, end: 17 });
    assert.equal((await history({ 'm/1_a.sql': '-- no-transaction\nSELECT 1; CREATE TABLE a ();' })).runner, 'sqlx');
  });

  it('are followed by single files or pairs', async () => {
    const single = await next(await open({ ...crate, 'migrations/20240101000000_a.sql': table('a') }), 'migrations/20240101000000_a.sql', [step('x', true)]);
    assert.equal(single?.['migrations/20261123040506_x.sql']?.split('\n')[0], '-- no-transaction');
    const pair = await next(
      await open({ ...crate, 'migrations/20240101000000_a.up.sql': table('a'), 'migrations/20240101000000_a.down.sql': 'DROP TABLE a;' }),
      'migrations/20240101000000_a.up.sql', [step('x')],
    );
    assert.deepEqual(Object.keys(pair ?? {}), ['migrations/20261123040506_x.up.sql', 'migrations/20261123040506_x.down.sql']);
  });
});

describe('node-pg-migrate migrations', () => {
  const files = { 'migrations/1700000000000_a.sql': `-- Up Migration\n${table('a')}\n-- Down Migration\nDROP TABLE a;\n` };

  it('hold both directions and share one transaction', async () => {
    const { unit, runner, model } = await history(files);
    assert.deepEqual([runner, model], ['node-pg-migrate', 'all']);
    assert.equal(up(unit, 'migrations/1700000000000_a.sql'), table('a').trim());
  });

  it('are followed by files with both marks', async () => {
    const made = await next(await open(files), 'migrations/1700000000000_a.sql', [step('add_x')]);
    assert.deepEqual(Object.keys(made ?? {}), ['migrations/1795406706000_add_x.sql']);
    assert.match(Object.values(made ?? {})[0] ?? '', /^-- Up Migration\n\nALTER[^]*\n-- Down Migration\n$/);
  });
});

describe('diesel, hasura and atlas migrations', () => {
  it('of diesel have folders and may turn the transaction off beside the file', async () => {
    const files = {
      'migrations/00000000000000_diesel_initial_setup/up.sql': table('a'),
      'migrations/2024-01-01-000000_b/up.sql': 'CREATE INDEX CONCURRENTLY i ON a (id);',
      'migrations/2024-01-01-000000_b/down.sql': 'DROP INDEX i;',
      'migrations/2024-01-01-000000_b/metadata.toml': 'run_in_transaction = false',
    };
    const { unit, runner, model, order } = await history(files);
    assert.deepEqual([runner, model, order.length], ['diesel', 'file', 2]);
    assert.equal(infoOf(unit, 'migrations/2024-01-01-000000_b/up.sql').transaction, 'file-if-many');
    const made = await next(await open(files), 'migrations/2024-01-01-000000_b/up.sql', [step('x', true)]);
    assert.deepEqual(Object.keys(made ?? {}), ['up.sql', 'down.sql', 'metadata.toml'].map((name) => `migrations/2026-11-23-040506_x/${name}`));
  });

  it('of hasura are named by milliseconds', async () => {
    const files = { 'migrations/default/1700000000000_a/up.sql': table('a'), 'migrations/default/1700000000000_a/down.sql': '' };
    assert.equal((await history(files)).runner, 'hasura');
    const made = await next(await open(files), 'migrations/default/1700000000000_a/up.sql', [step('x')]);
    assert.deepEqual(Object.keys(made ?? {}), ['migrations/default/1795406706000_x/up.sql', 'migrations/default/1795406706000_x/down.sql']);
  });

  it('of atlas are known by atlas.sum and its directives', async () => {
    const files = { 'm/20240101000000.sql': table('a'), 'm/20240102000000_b.sql': '-- atlas:txmode none\n\nVACUUM;', 'm/atlas.sum': '' };
    const { unit, runner, model } = await history(files);
    assert.deepEqual([runner, model, infoOf(unit, 'm/20240102000000_b.sql').transaction], ['atlas', 'file', 'none']);
    const made = await next(await open(files), 'm/20240101000000.sql', [step('x', true)]);
    assert.match(made?.['m/20261123040506_x.sql'] ?? '', /^-- atlas:txmode none\n\nALTER/);
  });
});

describe('plain migrations', () => {
  it('are numbered files, in natural order, without rollbacks', async () => {
    const { order, runner, model } = await history({ 'sql/2-b.sql': '', 'sql/10-c.sql': 'ALTER TABLE a ADD b int;', 'sql/1-a.sql': table('a'), 'sql/1-a.down.sql': 'DROP TABLE a;' });
    assert.deepEqual([runner, model], ['plain', 'none']);
    assert.deepEqual(order, ['sql/1-a.sql', 'sql/2-b.sql', 'sql/10-c.sql']);
  });

  it('are not files that merely have numbers in their names', async () => {
    const { project } = await open({ 'sql/int4.sql': table('a'), 'sql/collate.utf8.sql': table('b'), 'sql/sha256.sql': table('c') });
    assert.deepEqual((await project.units()).map(({ files }) => files.length), [1, 1, 1]);
    const { order } = await history({ 'sql/step_2.sql': 'ALTER TABLE a ADD b int;', 'sql/step_1.sql': table('a'), 'sql/v3.sql': 'ALTER TABLE a ADD c int;' });
    assert.deepEqual(order, ['sql/step_1.sql', 'sql/step_2.sql', 'sql/v3.sql']);
  });

  it('keep to the forward half of runners that have no file of their own', async () => {
    for (const [head, foot] of [['-- +migrate Up', '-- +migrate Down'], ['-- rambler up', '-- rambler down'], ['', '---- create above / drop below ----']]) {
      const { unit, model } = await history({ 'migrations/001_a.sql': `${head}\n${table('a')}\n${foot}\nDROP TABLE a;\n` });
      assert.equal(up(unit, 'migrations/001_a.sql'), table('a').trim());
      assert.equal(model, 'file');
    }
  });

  it('are followed by files in the same manner', async () => {
    const names = async (...files: string[]): Promise<string[]> =>
      Object.keys((await next(await open(Object.fromEntries(files.map((name) => [name, table('a')]))), files[0] ?? '', [step('add_x')])) ?? {});
    assert.deepEqual(await names('migrations/001_a.sql', 'migrations/009_b.sql'), ['migrations/010_add_x.sql']);
    assert.deepEqual(await names('sql/1-a.sql', 'sql/2-b.sql'), ['sql/3-add-x.sql']);
    assert.deepEqual(await names('migrations/20240101000000_a.sql'), ['migrations/20261123040506_add_x.sql']);
    assert.deepEqual(await names('migrations/2024-01-01-a.sql'), []);
  });

  it('are no queries, tests, seeds, dumps or other databases', async () => {
    const { project } = await open({
      'pkg/queries/users.sql': '-- name: GetUser :one\nSELECT 1;',
      'prisma/sql/top.sql': '-- @param {Int} $1\nSELECT $1;',
      'db/dump.sql': `-- PostgreSQL database dump\n${table('a')}`,
      'supabase/schemas/prod.sql': `\nSET row_security = off;\nSELECT pg_catalog.set_config('search_path', '', false);\n${table('a')}`,
      'replica/schema.sql': `BEGIN;\n\n--\n-- Name: a; Type: TABLE; Schema: public; Owner: -\n--\n\n${table('a')}`,
      'db/seed.sql': 'INSERT INTO a VALUES (1);',
      'db/mysql/001_a.sql': 'CREATE TABLE `a` (`id` int AUTO_INCREMENT) ENGINE=InnoDB;',
      'clickhouse/0001_a.up.sql': 'CREATE TABLE a (x Int) ENGINE = MergeTree ORDER BY x;',
      'db/schema.sql': table('a'),
    });
    assert.deepEqual(project.files().map(short), ['db/schema.sql']);
    const info = (await unitOf(project, 'db/schema.sql')).migration('/w/db/schema.sql');
    assert.deepEqual([info?.runner, info?.transaction], ['plain', 'none']);
  });
});

describe('a history', () => {
  it('is complete when its first migration creates before it touches', async () => {
    const complete = async (text: string): Promise<boolean | undefined> => {
      const { project, spy } = await open({ 'm/migration_lock.toml': '', 'm/20240101000000_a/migration.sql': text });
      await project.units();
      return spy.surroundings?.completeHistory;
    };
    assert.equal(await complete(`-- ALTER TABLE x\n${table('a')}ALTER TABLE a ADD b int;`), true);
    assert.equal(await complete(`ALTER TABLE a ADD b int;\n${table('b')}`), false);
    assert.equal(await complete('SELECT 1;'), false);
    assert.equal(await complete(`UPDATE "b" SET x = 1;\n${table('b')}`), false);
    assert.equal(await complete(`CREATE FUNCTION f() RETURNS trigger AS $$ BEGIN UPDATE b SET x = 1; END $$ LANGUAGE plpgsql;\n${table('b')}`), true);
  });

  it('may begin with migrations that touch no table', async () => {
    const { project, spy } = await open({ 'm/00000000000000_setup/up.sql': 'CREATE EXTENSION x;', 'm/2024-01-01-000000_a/up.sql': table('a') });
    await project.units();
    assert.equal(spy.surroundings?.completeHistory, true);
  });
});
