// Where each runner keeps the half of a migration that takes it back, whether it is written, and how it is.
import assert from 'node:assert/strict';
import { applyEdits } from '../../server/src/text/edit';
import { open, short, unitOf, type Opened } from './helper';

const UP = 'ALTER TABLE a ADD b int;\n';
const DOWN = 'ALTER TABLE a DROP COLUMN b;\n';

/** A folder of one migration: its file, and what names the runner. */
interface Case {
  readonly file: string;
  readonly text?: string;
  readonly more?: Readonly<Record<string, string>>;
  readonly expected: Readonly<Record<string, string>>;
}

const CRATE = { 'Cargo.toml': '[dependencies]\nsqlx = "0.8"\n' };

const cases: Readonly<Record<string, Case>> = {
  prisma: {
    file: 'm/20240101000000_b/migration.sql',
    more: { 'm/migration_lock.toml': 'provider = "postgresql"' },
    expected: { 'm/20240101000000_b/down.sql': DOWN },
  },
  dbmate: {
    file: 'm/20240101000000_b.sql',
    text: `-- migrate:up\n${UP}\n-- migrate:down\n\n`,
    expected: { 'm/20240101000000_b.sql': `-- migrate:up\n${UP}\n-- migrate:down\n${DOWN}` },
  },
  goose: {
    file: 'm/00001_b.sql',
    text: `-- +goose Up\n${UP}`,
    expected: { 'm/00001_b.sql': `-- +goose Up\n${UP}\n-- +goose Down\n${DOWN}` },
  },
  'golang-migrate': { file: 'm/1_b.up.sql', more: { 'm/1_b.down.sql': '' }, expected: { 'm/1_b.down.sql': DOWN } },
  flyway: { file: 'm/V1.2__b.sql', more: { 'm/U1.1__b.sql': DOWN }, expected: { 'm/U1.2__b.sql': DOWN } },
  sqlx: { file: 'm/1_b.up.sql', more: { ...CRATE, 'm/1_b.down.sql': '-- Add down migration script here\n' }, expected: { 'm/1_b.down.sql': DOWN } },
  diesel: {
    file: 'm/2024-01-01-000000_b/up.sql',
    more: { 'm/2024-01-01-000000_b/down.sql': '-- This file should undo anything in `up.sql`\n' },
    expected: { 'm/2024-01-01-000000_b/down.sql': DOWN },
  },
  hasura: {
    file: 'm/1700000000000_b/up.sql',
    more: {
      'm/1700000000000_b/down.sql':
        '-- Could not auto-generate a down migration.\n-- Please write an appropriate down migration for the SQL below:\n-- ALTER TABLE a ADD b int;\n',
    },
    expected: { 'm/1700000000000_b/down.sql': DOWN },
  },
  liquibase: {
    file: 'm/1_b.sql',
    text: `--liquibase formatted sql\n--changeset a:1\n${UP}`,
    expected: { 'm/1_b.sql': `--liquibase formatted sql\n--changeset a:1\n${UP}--rollback ${DOWN}` },
  },
  'node-pg-migrate': {
    file: 'm/1700000000000_b.sql',
    text: `-- Up Migration\n${UP}\n-- Down Migration`,
    expected: { 'm/1700000000000_b.sql': `-- Up Migration\n${UP}\n-- Down Migration\n${DOWN}` },
  },
};

const filesOf = ({ file, text = UP, more = {} }: Case): Record<string, string> => ({ ...more, [file]: text });

/** The texts after the down half was written, by file; undefined where it can't be. */
async function written({ project, workspace }: Opened, file: string, sql: string): Promise<Record<string, string> | undefined> {
  const { writeContext } = await unitOf(project, file);
  const edits = writeContext.rollbackFile?.(`/w/${file}`, sql);
  if (!edits) return undefined;
  return Object.fromEntries(
    edits.map((edit) => {
      const before = workspace.files.get(edit.file);
      assert.equal(before === undefined, edit.create ?? false, `${edit.file} exists or not, against what the edit says`);
      return [short(edit.file), applyEdits(before ?? '', [edit])];
    }),
  );
}

async function rollbackOf({ project }: Opened, file: string): Promise<string> {
  const { runner, rollback } = (await unitOf(project, file)).migration(`/w/${file}`) ?? {};
  return rollback ? `${runner ?? ''} ${rollback.kind} ${rollback.at} ${short(rollback.file)}` : `${runner ?? ''} none`;
}

describe('a down half', () => {
  for (const [runner, example] of Object.entries(cases)) {
    it(`of ${runner} is written where it looks for one, once`, async () => {
      const { file, expected } = example;
      const [target = ''] = Object.keys(expected);
      const opened = await open(filesOf(example));
      const at = target === file ? 'section' : 'file';
      assert.equal(await rollbackOf(opened, file), `${runner} missing ${at} ${target}`);
      assert.deepEqual(await written(opened, file, DOWN), expected);
      for (const [name, text] of Object.entries(expected)) {
        opened.workspace.files.set(`/w/${name}`, text);
        await opened.project.filesChanged([`/w/${name}`]);
      }
      assert.equal(await rollbackOf(opened, file), `${runner} written ${at} ${target}`);
      assert.equal(await written(opened, file, DOWN), undefined);
    });
  }

  it('is known while it is typed in a file beside the migration', async () => {
    const opened = await open({ 'm/1_b.up.sql': UP, 'm/1_b.down.sql': '-- \n' });
    assert.equal(await rollbackOf(opened, 'm/1_b.up.sql'), 'golang-migrate missing file m/1_b.down.sql');
    opened.project.setBuffer('/w/m/1_b.down.sql', DOWN);
    assert.equal(await rollbackOf(opened, 'm/1_b.up.sql'), 'golang-migrate written file m/1_b.down.sql');
  });

  it('counts as written where a comment says that there is nothing to undo', async () => {
    const dbmate = await open({ 'm/1_b.sql': `-- migrate:up\n${UP}\n-- migrate:down\n-- irreversible\n` });
    assert.equal(await rollbackOf(dbmate, 'm/1_b.sql'), 'dbmate written section m/1_b.sql');
    const goose = await open({ 'm/1_b.sql': `-- +goose Up\n${UP}\n-- +goose Down\n-- +goose StatementBegin\nSELECT 'down SQL query';\n-- +goose StatementEnd\n` });
    assert.equal(await rollbackOf(goose, 'm/1_b.sql'), 'goose missing section m/1_b.sql');
  });

  it('is known under any name of its version and in any dialect of its migration', async () => {
    assert.equal(await rollbackOf(await open({ 'm/V2__b.sql': UP, 'm/U2__undo.sql': DOWN }), 'm/V2__b.sql'), 'flyway written file m/U2__undo.sql');
    const pop = await open({ 'm/1_b.postgres.up.sql': UP, 'm/1_b.down.sql': DOWN });
    assert.equal(await rollbackOf(pop, 'm/1_b.postgres.up.sql'), 'golang-migrate written file m/1_b.down.sql');
    const pairs = await open({ 'm/1_b.up.sql': `-- Up Migration\n${UP}`, 'm/1_b.down.sql': DOWN });
    assert.equal(await rollbackOf(pairs, 'm/1_b.up.sql'), 'node-pg-migrate written file m/1_b.down.sql');
  });

  it('has no place where the runner keeps none', async () => {
    for (const [file, more] of [
      ['supabase/migrations/20240101000000_b.sql', {}],
      ['m/20240101000000_b.sql', { 'm/atlas.sum': '' }],
      ['migrations/001_b.sql', {}],
      ['m/0000_b.sql', { 'm/meta/_journal.json': '{"dialect":"postgresql","entries":[]}' }],
    ] as const) {
      const opened = await open({ ...more, [file]: UP });
      assert.match(await rollbackOf(opened, file), / none$/);
      assert.equal(await written(opened, file, DOWN), undefined);
    }
    const repeatable = await open({ 'm/V1__a.sql': UP, 'm/R__views.sql': 'CREATE VIEW v AS SELECT 1;' });
    assert.equal(await rollbackOf(repeatable, 'm/R__views.sql'), 'flyway none');
  });

  it('of several changesets is written where each of them has its own', async () => {
    const text = `--liquibase formatted sql\n--changeset a:1\n${UP}--rollback ${DOWN}--changeset a:2\n${UP}`;
    const half = await open({ 'm/1_b.sql': text });
    assert.equal(await rollbackOf(half, 'm/1_b.sql'), 'liquibase missing section m/1_b.sql');
    assert.equal(await written(half, 'm/1_b.sql', DOWN), undefined);
    const whole = await open({ 'm/1_b.sql': `${text}/* liquibase rollback\n${DOWN}*/\n` });
    assert.equal(await rollbackOf(whole, 'm/1_b.sql'), 'liquibase written section m/1_b.sql');
  });

  it('is not written beside a single file of sqlx, whose tool refuses a mixture', async () => {
    const opened = await open({ ...CRATE, 'm/1_b.sql': UP });
    assert.equal(await rollbackOf(opened, 'm/1_b.sql'), 'sqlx missing file m/1_b.down.sql');
    assert.equal(await written(opened, 'm/1_b.sql', DOWN), undefined);
  });

  it('keeps function bodies together for goose, and leaves the transaction of dbmate where it must', async () => {
    const goose = await open({ 'm/1_b.sql': `-- +goose Up\n${UP}` });
    const body = `${DOWN}-- as it was\nCREATE FUNCTION f() RETURNS int AS $$ SELECT 1; SELECT 2; $$ LANGUAGE sql;\n`;
    assert.equal(
      (await written(goose, 'm/1_b.sql', body))?.['m/1_b.sql'],
      `-- +goose Up\n${UP}\n-- +goose Down\n${DOWN}-- +goose StatementBegin\n${body.slice(DOWN.length)}-- +goose StatementEnd\n`,
    );
    const dbmate = await open({ 'm/1_b.sql': `-- migrate:up\n${UP}\n-- migrate:down\n` });
    const made = (await written(dbmate, 'm/1_b.sql', 'DROP INDEX CONCURRENTLY i;'))?.['m/1_b.sql'];
    assert.equal(made, `-- migrate:up\n${UP}\n-- migrate:down transaction:false\nDROP INDEX CONCURRENTLY i;\n`);
  });

  it('has the line ends of its migration', async () => {
    const pair = await open({ 'm/1_b.up.sql': UP.replace('\n', '\r\n') });
    assert.deepEqual(await written(pair, 'm/1_b.up.sql', `${DOWN}${DOWN}`), { 'm/1_b.down.sql': `${DOWN}${DOWN}`.replaceAll('\n', '\r\n') });
    const section = await open({ 'm/1_b.sql': `-- migrate:up\r\n${UP.replace('\n', '\r\n')}\r\n-- migrate:down\r\n` });
    const made = (await written(section, 'm/1_b.sql', `${DOWN}${DOWN}`))?.['m/1_b.sql'] ?? '';
    assert.equal(made.replaceAll('\r\n', '').includes('\n'), false);
    assert.match(made, /migrate:down\r\nALTER TABLE a DROP COLUMN b;\r\nALTER/);
  });
});
