// Migrations of tools that take SQL: which runner owns a folder, in which order and how it runs the files, and what its next files are.
import assert from 'node:assert/strict';
import { next, open, step } from './helper';
import { history, infoOf, table, up } from './runner-helper';

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

  it('come in the order of their names, and may hold several pairs of halves', async () => {
    const text = `-- migrate:up\n${table('a')}-- migrate:down\nDROP TABLE a;\n-- migrate:up transaction:false\nVACUUM;\n-- migrate:down\n`;
    const { unit, order } = await history({ 'db/9_b.sql': '-- migrate:up\n-- migrate:down\n', 'db/10_a.sql': text });
    assert.deepEqual(order, ['db/10_a.sql', 'db/9_b.sql']);
    const parts = infoOf(unit, 'db/10_a.sql').parts?.map(({ start, end, transaction }) => `${transaction} ${text.slice(start, end).trim()}`);
    assert.deepEqual(parts, [`file ${table('a').trim()}`, 'none VACUUM;']);
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
    assert.deepEqual([runner, model], ['flyway', 'file']);
    assert.deepEqual(order, ['db/V1__a.sql', 'db/V9__b.sql', 'db/V9.1__b1.sql', 'db/V10__c.sql', 'db/R__views.sql']);
  });

  it('may turn the transaction off beside the file', async () => {
    const { unit } = await history({ 'db/V1__a.sql': table('a'), 'db/V2__b.sql': '', 'db/V2__b.sql.conf': 'executeInTransaction=false' });
    assert.equal(infoOf(unit, 'db/V2__b.sql').transaction, 'none');
  });

  it('have none where nothing in them could run in one', async () => {
    const model = async (text: string, conf = ''): Promise<string> =>
      infoOf((await history({ 'db/V1__a.sql': table('a'), 'db/V2__b.sql': text, 'db/V2__b.sql.conf': conf })).unit, 'db/V2__b.sql').transaction;
    assert.equal(await model('CREATE INDEX CONCURRENTLY i ON a (id);\n-- and back\ndrop index concurrently j;'), 'none');
    assert.equal(await model('VACUUM a;'), 'none');
    assert.equal(await model('CREATE INDEX CONCURRENTLY i ON a (id);\nSELECT 1;'), 'file');
    assert.equal(await model('CREATE INDEX CONCURRENTLY i ON a (id);', 'executeInTransaction=true'), 'file');
    assert.equal(await model("SELECT 'VACUUM';"), 'file');
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

  it('of diesel come by their versions, with dashes or without', async () => {
    const { order } = await history({
      'm/2015-12-31-000000_b/up.sql': '', 'm/20151219180527_a/up.sql': table('a'), 'm/2016-01-01-000000-0001_d/up.sql': '', 'm/2016-01-01-000000-0000_c/up.sql': '',
    });
    assert.deepEqual(order.map((path) => path.split('/')[1]?.split('_')[1]), ['a', 'b', 'c', 'd']);
  });

  it('of hasura are named by milliseconds', async () => {
    const files = { 'migrations/default/1700000000000_a/up.sql': table('a'), 'migrations/default/1700000000000_a/down.sql': '' };
    assert.equal((await history(files)).runner, 'hasura');
    const made = await next(await open(files), 'migrations/default/1700000000000_a/up.sql', [step('x')]);
    assert.deepEqual(Object.keys(made ?? {}), ['migrations/default/1795406706000_x/up.sql', 'migrations/default/1795406706000_x/down.sql']);
  });

  it('of atlas come without checkpoints, unless the history begins with one', async () => {
    const files = { 'm/1.sql': table('a'), 'm/2.sql': `-- atlas:checkpoint\n\n${table('a')}`, 'm/3.sql': '', 'm/atlas.sum': '' };
    assert.deepEqual((await history(files)).order, ['m/1.sql', 'm/3.sql']);
    const { 'm/1.sql': _, ...rest } = files;
    assert.deepEqual((await history(rest)).order, ['m/2.sql', 'm/3.sql']);
  });

  it('of atlas are known by atlas.sum and its directives', async () => {
    const files = { 'm/20240101000000.sql': table('a'), 'm/20240102000000_b.sql': '-- atlas:txmode none\n\nVACUUM;', 'm/atlas.sum': '' };
    const { unit, runner, model } = await history(files);
    assert.deepEqual([runner, model, infoOf(unit, 'm/20240102000000_b.sql').transaction], ['atlas', 'file', 'none']);
    const made = await next(await open(files), 'm/20240101000000.sql', [step('x', true)]);
    assert.match(made?.['m/20261123040506_x.sql'] ?? '', /^-- atlas:txmode none\n\nALTER/);
  });
});
