// Times that fill themselves, columns to come, and indexes on some rows, as fixes write them. Prisma judges each result.
import assert from 'node:assert/strict';
import { writeIntent } from '../../../server/src/ide/fixes';
import { prisma } from '../../../server/src/languages/prisma/index';
import type { Facts } from '../../../server/src/model/facts';
import type { ColumnGoal, Intent } from '../../../server/src/model/intents';
import type { Schema } from '../../../server/src/model/nodes';
import { applyEdits } from '../../../server/src/text/edit';
import { read, withDatasource } from './model';
import { validate } from './oracle';
import { column, edits, expectChange, found, index, model, table } from './writing';

const BACK = '\n  uId Int\n  u U @relation(fields: [uId], references: [id])';

describe('Prisma: writing times', () => {
  before(() => prisma.prepare());

  const stamped = (schema: Schema): Intent => ({ do: 'setNowDefault', column: column(schema, 'at') });
  const updated = (schema: Schema): Intent => ({ do: 'keepUpdated', column: column(schema, 'at') });

  it('puts a default before the other attributes', () => {
    expectChange({ text: model(`  id Int @id${BACK}\n  at DateTime`), intent: stamped }, '-  at DateTime', '+  at DateTime @default(now())');
    expectChange(
      { text: model(`  id Int @id${BACK}\n  at DateTime?  @map("a") @db.Timestamptz(3) // when`), intent: stamped },
      '-  at DateTime?  @map("a") @db.Timestamptz(3) // when',
      '+  at DateTime?  @default(now()) @map("a") @db.Timestamptz(3) // when',
    );
  });

  it('keeps a time up to date, behind its default', () => {
    expectChange(
      { text: model(`  id Int @id${BACK}\n  at DateTime @default(now()) @map("a")`), intent: updated },
      '-  at DateTime @default(now()) @map("a")',
      '+  at DateTime @default(now()) @updatedAt @map("a")',
    );
    expectChange({ text: model(`  id Int @id${BACK}\n  at DateTime?`), intent: updated }, '-  at DateTime?', '+  at DateTime? @updatedAt');
  });

  it('writes nothing onto other types, or twice', () => {
    for (const field of ['at String', 'at Int', 'at DateTime[]', 'at DateTime @default(now()) @updatedAt']) {
      const text = model(`  id Int @id${BACK}\n  ${field}`);
      assert.equal(edits({ text, intent: stamped }), undefined, field);
      assert.equal(edits({ text, intent: updated }), undefined, field);
    }
  });

  it('adds a time of deletion and a version', () => {
    const add = (...columns: ColumnGoal[]) => (schema: Schema): Intent => ({ do: 'addColumns', table: table(schema), columns });
    expectChange({ text: model(`  id Int @id${BACK}`), intent: add('deletedAt', 'version') }, '+  deletedAt DateTime? @db.Timestamptz(3)', '+  version Int @default(1)');
    expectChange(
      { text: model(`  id Int @id${BACK}\n  postId Int @map("post_id")\n  tagId Int @map("tag_id")`), intent: add('deletedAt') },
      '+  deletedAt DateTime? @map("deleted_at") @db.Timestamptz(3)',
    );
    expectChange({ text: model(`  id Int @id${BACK}`, 'sqlite'), intent: add('deletedAt') }, '+  deletedAt DateTime?');
  });
});

describe('Prisma: writing indexes on some rows', () => {
  before(() => prisma.prepare());

  const BODY = 'model T {\n  id        Int       @id\n  a         Int @map("x")\n  email     String @unique\n  gone      Boolean   @default(false)\n  deletedAt DateTime? @map("deleted_at")\n';
  const generator = (settings: string): string => `generator client {\n  provider = "prisma-client"\n  output   = "../g"\n${settings}}\n\n`;
  const schemaWith = (attribute: string, settings = '  previewFeatures = ["partialIndexes"]\n', provider = 'postgresql'): string =>
    generator(settings) + withDatasource(`${BODY}\n  ${attribute}\n}\n`, provider);

  /** The text after the fix and the migrations beside it, named by their steps. */
  function write(text: string, name: string, is: null | boolean, facts: Partial<Facts>): { text: string; steps: string[] } | undefined {
    const { parsed, schema } = read(text);
    const steps: string[] = [];
    const intent: Intent = { do: 'setRows', index: index(schema, name), rows: { column: column(schema, is === null ? 'deletedAt' : 'gone'), is } };
    const made = writeIntent(intent, prisma.write, {
      schema,
      facts: { dependencies: new Set(), hasMigrations: true, ...facts },
      parsed: (path) => parsed.find((file) => file.path === path),
      nextMigrations: (after, all) => {
        assert.equal(after, undefined);
        steps.push(...all.map((step) => `${step.name}: ${step.statements.join(' ')}`));
        return [];
      },
    });
    if (!made) return undefined;
    const after = applyEdits(text, made);
    assert.equal(validate(after), undefined, after);
    return { text: after, steps };
  }

  const V7 = { prismaVersion: { major: 7, minor: 4 } };
  const V6 = { prismaVersion: { major: 6, minor: 19 } };

  it('names the field, whatever the column is called', () => {
    const text = schemaWith('@@index([a, email(sort: Desc)])');
    assert.equal(write(text, 'T_x_email_idx', null, V7)?.text, text.replace('(sort: Desc)])', '(sort: Desc)], where: { deletedAt: null })'));
    assert.equal(write(text, 'T_x_email_idx', false, V7)?.text, text.replace('(sort: Desc)])', '(sort: Desc)], where: { gone: false })'));
  });

  it('reaches unique keys of a field and of the model', () => {
    const text = schemaWith('@@unique([a, email], map: "key")');
    assert.equal(write(text, 'T_email_key', null, V7)?.text, text.replace('@unique\n', '@unique(where: { deletedAt: null })\n'));
    assert.equal(write(text, 'key', null, V7)?.text, text.replace('map: "key")', 'map: "key", where: { deletedAt: null })'));
    const mapped = text.replace('@unique\n', '@unique(map: "m")\n');
    assert.equal(write(mapped, 'm', null, V7)?.text, mapped.replace('map: "m")', 'map: "m", where: { deletedAt: null })'));
  });

  it('turns the preview feature on where it is off', () => {
    const where = (text: string): string => text.replace('@@index([a])', '@@index([a], where: { deletedAt: null })');
    const none = schemaWith('@@index([a])', '');
    assert.equal(write(none, 'T_x_idx', null, V7)?.text, where(none).replace('"../g"\n', '"../g"\n  previewFeatures = ["partialIndexes"]\n'));
    const other = schemaWith('@@index([a])', '  previewFeatures = ["typedSql"]\n');
    assert.equal(write(other, 'T_x_idx', null, V7)?.text, where(other).replace('"typedSql"]', '"typedSql", "partialIndexes"]'));
    const empty = schemaWith('@@index([a])', '  previewFeatures = []\n');
    assert.equal(write(empty, 'T_x_idx', null, V7)?.text, where(empty).replace('[]', '["partialIndexes"]'));
  });

  it('leaves the schema for the next migrations before 7.4, which overlooks partial indexes', () => {
    const text = schemaWith('@@index([a, email(sort: Desc)])', '');
    const after = found(write(text, 'T_x_email_idx', null, V6));
    assert.ok(!after.text.includes('@@index'), after.text);
    assert.deepEqual(after.steps, [
      'index_t_x_email_live_idx: CREATE INDEX CONCURRENTLY "T_x_email_live_idx" ON "T" ("x", "email" DESC) WHERE "deleted_at" IS NULL;',
      'drop_t_x_email_idx: DROP INDEX CONCURRENTLY "T_x_email_idx";',
    ]);
    assert.match(found(write(text, 'T_x_email_idx', true, V6)).steps[0] ?? '', /"T_x_email_true_idx"/);
    assert.deepEqual(write(text, 'T_email_key', null, V6), undefined);
    assert.deepEqual(write(schemaWith('@@index([a], type: Hash)', ''), 'T_x_idx', null, V6), undefined);
  });

  it('writes nothing where that is refused, or may be', () => {
    const text = schemaWith('@@index([a])');
    assert.equal(write(text, 'T_x_idx', null, {}), undefined);
    assert.equal(write(schemaWith('@@index([a])', '', 'mysql'), 'T_x_idx', null, V7), undefined);
    assert.equal(write(schemaWith('@@index([a])', '', 'sqlite'), 'T_x_idx', null, V6), undefined);
    assert.equal(write(schemaWith('@@index([a], where: { a: 1 })'), 'T_x_idx', null, V7), undefined);
    assert.equal(write(text.replace(/^generator[^}]*\}/, ''), 'T_x_idx', null, V7), undefined);
  });
});
