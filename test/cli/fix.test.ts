// `schema-bible fix` on folders of its own: what it writes, and what it leaves alone.
import assert from 'node:assert/strict';
import { chmodSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder, get, put, run, useFolder } from './folder';

const GOOD = 'CREATE TABLE a (id bigint PRIMARY KEY);\n';

describe('command line: fix', () => {
  useFolder();

  const SCHEMA = 'datasource db {\n  provider = "postgresql"\n}\n\nmodel A {\n  id String @id\n  at DateTime\n}\n';

  it('writes safe fixes, keeps the file\'s mode, and says what it did', async () => {
    put({ 'schema.prisma': SCHEMA });
    chmodSync(join(folder(), 'schema.prisma'), 0o640);
    const { out, code } = await run('fix');
    assert.match(get('schema.prisma'), /at +DateTime +@db\.Timestamptz\(3\)/);
    assert.equal(statSync(join(folder(), 'schema.prisma')).mode & 0o777, 0o640);
    assert.match(out, /^fixed schema\.prisma\nFixed \d+ problems? in 1 file: .*1 naive-timestamp/);
    assert.deepEqual(readdirSync(folder()), ['schema.prisma']);
    assert.equal(code, 0);
    assert.match((await run('fix')).out, /^Nothing to fix\./);
  });

  it('writes nothing in a dry run, and prints the difference', async () => {
    put({ 'schema.prisma': SCHEMA });
    const { out } = await run('fix --dry-run');
    assert.equal(get('schema.prisma'), SCHEMA);
    assert.match(out, /^--- a\/schema\.prisma\n\+\+\+ b\/schema\.prisma\n@@ /);
    assert.match(out, /\n\+ {2}at .*Timestamptz/);
  });

  it('applies what wants a look only when asked to', async () => {
    put({ 'migrations/1_a.sql': GOOD, 'migrations/2_b.sql': 'ALTER TABLE a ADD COLUMN slug text NOT NULL;\n' });
    await run('fix');
    assert.match(get('migrations/2_b.sql'), /ADD COLUMN slug text NOT NULL/);
    await run('fix --review');
    assert.doesNotMatch(get('migrations/2_b.sql'), /ADD COLUMN slug text NOT NULL/);
  });

  it('leaves files alone that were not named', async () => {
    put({ 'schema.prisma': SCHEMA, 'other/schema.prisma': SCHEMA });
    await run('fix other');
    assert.equal(get('schema.prisma'), SCHEMA);
    assert.notEqual(get('other/schema.prisma'), SCHEMA);
  });

  it('keeps the encoding and every bit of the mode, and leaves alone what it can\'t keep', async () => {
    put({ 'a/schema.prisma': '', 'b/schema.prisma': '', 'c/schema.prisma': SCHEMA });
    writeFileSync(join(folder(), 'a/schema.prisma'), Buffer.from(`\uFEFF${SCHEMA}`, 'utf16le'));
    const latin = Buffer.from(`${SCHEMA}// caf\u00e9\n`, 'latin1');
    writeFileSync(join(folder(), 'b/schema.prisma'), latin);
    chmodSync(join(folder(), 'a/schema.prisma'), 0o666);
    chmodSync(join(folder(), 'c/schema.prisma'), 0o444);
    const { code, errors } = await run('fix');
    assert.equal(code, 2);
    assert.match(readFileSync(join(folder(), 'a/schema.prisma'), 'utf16le'), /^\uFEFFdatasource[^]*Timestamptz/);
    assert.equal(statSync(join(folder(), 'a/schema.prisma')).mode & 0o777, 0o666);
    assert.ok(readFileSync(join(folder(), 'b/schema.prisma')).equals(latin));
    assert.equal(get('c/schema.prisma'), SCHEMA);
    assert.deepEqual(errors, ['b/schema.prisma is left as it was: it is not valid UTF-8.', 'c/schema.prisma is left as it was: it is read-only.']);
    assert.deepEqual(readdirSync(join(folder(), 'a')), ['schema.prisma']);
  });

  it('keeps links and byte order marks', async () => {
    put({ 'real/schema.prisma': `\uFEFF${SCHEMA}` });
    symlinkSync(join(folder(), 'real/schema.prisma'), join(folder(), 'schema.prisma'));
    await run('fix schema.prisma');
    assert.match(get('real/schema.prisma'), /^\uFEFFdatasource[^]*Timestamptz/);
    assert.deepEqual(readdirSync(join(folder(), 'real')), ['schema.prisma']);
  });
});
