// The locks at the ends of statements, as an editor sees them.
import assert from 'node:assert/strict';
import { Editor } from './client';

const FIRST = '/w/migrations/1_first.sql';
const SECOND = '/w/migrations/2_second.sql';
const files = {
  [FIRST]: 'CREATE TABLE a (id int PRIMARY KEY, b int, c varchar(10));\n',
  [SECOND]: `ALTER TABLE a ADD COLUMN d uuid DEFAULT gen_random_uuid();
CREATE TABLE n (id int PRIMARY KEY, a_id int REFERENCES a);
CREATE INDEX n_a ON n (a_id);
ALTER TABLE n ADD COLUMN x int;
CREATE INDEX a_b ON a (b)
  ;
UPDATE a SET b = 1;
ALTER TABLE a ADD CONSTRAINT k CHECK (b > 0), ADD COLUMN z int;
SET lock_timeout = '5s';
DROP TABLE a`,
};
const on = { inlayHints: { locks: true } };

describe('inlay hints', () => {
  it('are off by default', async () => {
    const editor = await Editor.start({ files });
    assert.ok(editor.initialized.capabilities.inlayHintProvider);
    await editor.open(SECOND);
    assert.deepEqual(await editor.hints(SECOND), []);
  });
  it('tell the lock at the end of each statement on a table that was there before', async () => {
    const editor = await Editor.start({ files, settings: on });
    await editor.open(SECOND);
    await editor.until(() => editor.hintRefreshes > 0);
    const lines = files[SECOND].split('\n');
    const found = (await editor.hints(SECOND)).map(({ position, label }) => `${lines[position.line]?.slice(0, position.character).slice(-12) ?? ''} ${String(label)}`);
    assert.deepEqual(found, [
      'ndom_uuid(); ACCESS EXCLUSIVE · rewrite',
      'FERENCES a); SHARE ROW EXCLUSIVE on a',
      'a_b ON a (b) SHARE · build',
      'OLUMN z int; ACCESS EXCLUSIVE · scan',
      'DROP TABLE a ACCESS EXCLUSIVE',
    ]);
  });
  it('are given for the range that is asked for', async () => {
    const editor = await Editor.start({ files, settings: on });
    await editor.open(SECOND);
    await editor.until(() => editor.hintRefreshes > 0);
    const range = editor.range(SECOND, 'DROP TABLE a');
    assert.deepEqual((await editor.hints(SECOND, range)).map(({ label, tooltip }) => [label, tooltip]), [['ACCESS EXCLUSIVE', 'ACCESS EXCLUSIVE blocks all reads and writes.']]);
  });
  it('come and go with the setting', async () => {
    const editor = await Editor.start({ files });
    await editor.open(SECOND);
    await editor.diagnostics(SECOND);
    assert.equal(editor.hintRefreshes, 0);
    for (const [settings, count] of [[on, 5], [{}, 0]] as const) {
      const before = editor.hintRefreshes;
      editor.settings = settings;
      await editor.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
      await editor.until(() => editor.hintRefreshes > before);
      assert.equal((await editor.hints(SECOND)).length, count);
    }
  });
  it('say nothing of schemas', async () => {
    const path = '/w/prisma/schema.prisma';
    const editor = await Editor.start({ files: { [path]: 'model A {\n  id Int @id\n}\n' }, settings: on });
    await editor.open(path);
    assert.deepEqual(await editor.hints(path), []);
  });
});
