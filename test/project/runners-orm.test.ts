// Migrations of ORMs and of Supabase: which runner owns a folder, in which order and how it runs the files, and what its next files are.
import assert from 'node:assert/strict';
import { next, open, short, step, unitOf } from './helper';
import { history, infoOf, table } from './runner-helper';

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

  it('send what a pipeline can not hold alone, from 2.109 on', async () => {
    const text = `${table('a')}CREATE INDEX CONCURRENTLY i ON a (id);\nDROP INDEX CONCURRENTLY j;\nSELECT 1;\n`;
    const parts = async (version: string): Promise<string> => {
      const manifest = `{"devDependencies": {"supabase": "${version}"}}`;
      const { unit } = await history({ 'package.json': manifest, 'supabase/migrations/20240101000000_a.sql': text });
      return infoOf(unit, 'supabase/migrations/20240101000000_a.sql').parts?.map(({ start, end, transaction }) => `${transaction} ${text.slice(start, end).replace(/^;?\s*/, '').slice(0, 8)}`).join() ?? '';
    };
    assert.equal(await parts('^2.90.0'), '');
    assert.equal(await parts('~2.110.0'), 'file CREATE T,none CREATE I,file DROP IND');
    for (const version of ['2.115.0', 'latest']) assert.equal(await parts(version), 'file CREATE T,none CREATE I,file ,none DROP IND,file SELECT 1');
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
