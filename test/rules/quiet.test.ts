// Which findings are only hints though their rule says more: repetitions in one table, and cases of little weight.
import assert from 'node:assert/strict';
import { check } from './harness/engine';

/** `rule severity` of each finding of the rules, by place. */
async function severities(path: string, text: string, ...rules: readonly string[]): Promise<string[]> {
  const { found } = await check(new Map([[path, text]]), undefined);
  return found.filter(({ finding }) => rules.includes(finding.rule)).map(({ finding }) => `${finding.rule} ${finding.severity}`);
}

describe('a quiet finding', () => {
  it('is a further one of the same kind in a table', async () => {
    const text = 'CREATE TABLE a (id bigint PRIMARY KEY, x timestamp, y timestamp, s varchar(100), t varchar(100));\nCREATE TABLE b (id bigint PRIMARY KEY, z timestamp);';
    assert.deepEqual(await severities('1.sql', text, 'naive-timestamp', 'limited-varchar'), [
      'naive-timestamp warning',
      'naive-timestamp hint',
      'limited-varchar warning',
      'limited-varchar hint',
      'naive-timestamp warning',
    ]);
  });

  it('is one of the two times that a table lacks', async () => {
    const created = 'created_at timestamptz NOT NULL DEFAULT now()';
    const text = `CREATE TABLE a (id bigint PRIMARY KEY, name text, size int);\nCREATE TABLE b (id bigint PRIMARY KEY, name text, ${created});`;
    assert.deepEqual(await severities('1.sql', text, 'missing-timestamps'), ['missing-timestamps warning', 'missing-timestamps hint']);
  });

  it('is a key that runs out of numbers where few rows are expected', async () => {
    const text = 'model Owner {\n  id Int @id\n}\n\nmodel Event {\n  id Int @id @default(autoincrement())\n  ownerId Int\n  owner Owner @relation(fields: [ownerId], references: [id])\n}\n';
    assert.deepEqual(await severities('schema.prisma', text, 'small-integer-key'), ['small-integer-key warning']);
    assert.deepEqual(await severities('schema.prisma', text.replaceAll('Event', 'Room'), 'small-integer-key'), ['small-integer-key hint']);
  });

  it('is a constraint of a column that the migration itself has added', async () => {
    const column = 'ALTER TABLE a ADD COLUMN b_id int;\n';
    const key = 'ALTER TABLE a ADD CONSTRAINT k FOREIGN KEY (b_id) REFERENCES b (id);\n';
    const condition = 'ALTER TABLE a ADD CONSTRAINT c CHECK (b_id > 0);';
    assert.deepEqual(await severities('1.sql', key + condition, 'validating-foreign-key', 'validating-check'), ['validating-foreign-key warning', 'validating-check warning']);
    assert.deepEqual(await severities('1.sql', column + key + condition, 'validating-foreign-key', 'validating-check'), ['validating-foreign-key hint', 'validating-check hint']);
    for (const filled of [column.replace('int', 'int DEFAULT 1'), `${column}UPDATE a SET b_id = 1 WHERE id > 0;\n`]) {
      assert.deepEqual(await severities('1.sql', filled + key + condition, 'validating-foreign-key', 'validating-check'), ['validating-foreign-key warning', 'validating-check warning']);
    }
  });

  it('is an index of a table that the file was told of, and a wait that another rule tells of', async () => {
    const first = 'CREATE INDEX a_b_idx ON a (b);\n';
    const others = 'CREATE INDEX a_c_idx ON a (c);\nCREATE INDEX d_b_idx ON d (b);\n';
    assert.deepEqual(await severities('1.sql', first + others, 'blocking-index', 'missing-lock-timeout'), [
      'blocking-index warning', 'missing-lock-timeout hint', 'blocking-index hint', 'blocking-index warning',
    ]); // prettier-ignore
    assert.deepEqual(await severities('1.sql', `${first}ALTER TABLE a ADD COLUMN e int;`, 'missing-lock-timeout'), ['missing-lock-timeout info']);
  });

  it('is a constraint that nothing validates as yet, in the newest migration', async () => {
    const text = 'ALTER TABLE a ADD CONSTRAINT c CHECK (b > 0) NOT VALID;';
    const later = 'ALTER TABLE a ADD COLUMN d int;';
    assert.deepEqual(await severities('migrations/0001.sql', text, 'unfinished-validation'), ['unfinished-validation hint']);
    const { found } = await check(new Map([['migrations/0001.sql', text], ['migrations/0002.sql', later]]), undefined);
    assert.deepEqual(found.flatMap(({ finding }) => (finding.rule === 'unfinished-validation' ? [finding.severity] : [])), ['warning']);
  });
});
