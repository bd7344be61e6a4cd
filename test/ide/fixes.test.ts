// Fix-all, suppression comments and differences of texts.
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { diffLines, editsBetween, splitLines, unifiedDiff } from '../../server/src/ide/diff';
import { asEdits, fixAll } from '../../server/src/ide/fix-all';
import { disableForFile, disableForLine } from '../../server/src/ide/suppress';
import { applyEdits } from '../../server/src/text/edit';
import { bench } from './support';

const PRISMA = '/w/schema.prisma';
const head = 'datasource db {\n  provider = "postgresql"\n}\n\n';
const model = (name: string): string =>
  `model ${name} {\n  id  String @id @default(uuid())\n  aId String\n  bId String\n  a   A @relation("${name}a", fields: [aId], references: [id], onDelete: Cascade)\n  b   A @relation("${name}b", fields: [bId], references: [id], onDelete: Cascade)\n}\n`;

describe('fix all', () => {
  const text = `${head}model A {\n  id String @id\n}\n\n${model('B')}`;

  it('goes on until nothing is left, where fixes meet at one place', async () => {
    const project = await bench({ [PRISMA]: text });
    const { files, applied } = await fixAll(project, { paths: [PRISMA], kinds: ['safe'], rule: 'unindexed-foreign-key' });
    assert.equal(applied.get('unindexed-foreign-key'), 2);
    assert.match(files[0]?.after ?? '', /@@index\(\[aId\]\)[^]*@@index\(\[bId\]\)/);
    assert.equal(applyEdits(text, asEdits(files)), files[0]?.after);
    assert.equal(project.disk.files.get(PRISMA), text);
  });
  it('numbers the migrations that it writes one after another', async () => {
    const folder = '/w/migrations';
    const project = await bench({
      [`${folder}/1_a.up.sql`]: 'CREATE TABLE a (id bigint PRIMARY KEY, b text, c text);\n',
      [`${folder}/2_b.up.sql`]: 'ALTER TABLE a ADD CHECK (id > 0);\nCREATE INDEX a_b ON a (b);\nCREATE INDEX a_c ON a (c);\n',
    });
    const { files } = await fixAll(project, { paths: [`${folder}/2_b.up.sql`], kinds: ['safe', 'review'], rule: 'blocking-index' });
    const numbers = files.flatMap(({ path, before }) => (before === undefined ? (/\/(\d+)_.*\.up/.exec(path)?.[1] ?? []) : []));
    assert.deepEqual(numbers, ['3', '4']);
  });
  it('changes only files that may be changed', async () => {
    const project = await bench({ [PRISMA]: text });
    const { files } = await fixAll(project, { paths: [PRISMA], kinds: ['safe'], mayEdit: () => false });
    assert.deepEqual(files, []);
  });
});

describe('suppression comments', () => {
  const disable = async (path: string, text: string, where: 'line' | 'file', find: string, rule = 'limited-varchar'): Promise<string> => {
    const { report } = await bench({ [path]: text });
    const found = await report(path);
    const edit = where === 'line' ? disableForLine(found, rule, text.indexOf(find)) : disableForFile(found, rule);
    return applyEdits(text, [edit]);
  };

  it('stand above the line, with its indentation and line ends', async () => {
    const text = `${head}model A {\n\tid String @id\n\tname String @db.VarChar(9)\n}\n`.replaceAll('\n', '\r\n');
    const after = await disable(PRISMA, text, 'line', 'name');
    assert.ok(after.includes('\r\n\t// schema-bible-disable-next-line limited-varchar\r\n\tname'), after);
    assert.ok(!/[^\r]\n/.test(after));
  });
  it('extend one that is there', async () => {
    const text = `${head}model A {\n  id String @id\n  // schema-bible-disable-next-line naive-timestamp -- why\n  name String @db.VarChar(9)\n}\n`;
    assert.ok((await disable(PRISMA, text, 'line', 'name')).includes('disable-next-line naive-timestamp, limited-varchar -- why'));
  });
  for (const [name, path, find, before, after] of [
    ['behind the line where a template reaches into it', '/w/a.ts', 'varchar({',
      "import { pgTable, varchar, text } from 'drizzle-orm/pg-core';\nexport const a = pgTable('a', { b: text().default(sql`\n  'x'`), c: varchar({ length: 3 }), // three\n});\n",
      '// three // schema-bible-disable-line limited-varchar\n'],
    ['before the finding where the next template begins as well', '/w/a.ts', 'varchar({',
      "import { pgTable, varchar, text } from 'drizzle-orm/pg-core';\nexport const a = pgTable('a', { b: text().default(sql`\n  'x'`), c: varchar({ length: 3 }).default(sql`\n  ''`),\n});\n",
      'c: /* schema-bible-disable-line limited-varchar */ varchar({'],
    ['behind the line where a string of SQL reaches into it', '/w/a.sql', 'varchar(',
      "CREATE TABLE a (\r\n  id bigint PRIMARY KEY,\r\n  s text DEFAULT 'one\r\ntwo', c varchar(3)\r\n);\r\n",
      'c varchar(3) -- schema-bible-disable-line limited-varchar\r\n'],
    ['behind the line where a comment reaches into it', '/w/a.sql', 'varchar(',
      'CREATE TABLE a (\n  id bigint PRIMARY KEY, /* one\n  two */ c varchar(3)\n);\n',
      'two */ c varchar(3) -- schema-bible-disable-line limited-varchar\n'],
    ['above the line where a comment opens it', '/w/a.sql', 'varchar(',
      'CREATE TABLE a (\n  id bigint PRIMARY KEY,\n  /* one */ c varchar(3)\n);\n',
      '  -- schema-bible-disable-next-line limited-varchar\n  /* one */ c'],
    ['in the body of a DO block', '/w/a.sql', 'varchar(',
      'DO $$\nBEGIN\n  CREATE TABLE a (id bigint PRIMARY KEY, c varchar(3));\nEND $$;\n',
      'BEGIN\n  -- schema-bible-disable-next-line limited-varchar\n  CREATE'],
  ] as const) {
    it(`for a line stand ${name}`, async () => {
      assert.ok((await (await bench({ [path]: before })).report(path)).findings.some((finding) => finding.rule === 'limited-varchar'));
      const written = await disable(path, before, 'line', find);
      assert.ok(written.includes(after), written);
      const { findings, problems } = await (await bench({ [path]: written })).report(path);
      assert.deepEqual(findings.filter(({ rule }) => rule === 'limited-varchar' || rule === 'unused-suppression'), []);
      assert.deepEqual(problems, []);
    });
  }
  it('stand within a statement of several lines in SQL', async () => {
    const text = 'CREATE TABLE a (\n    id bigint PRIMARY KEY,\n    name varchar(9)\n);\n';
    const after = await disable('/w/a.sql', text, 'line', 'name');
    assert.ok(after.includes('    -- schema-bible-disable-next-line limited-varchar\n    name'));
    assert.deepEqual((await (await bench({ '/w/a.sql': after })).report('/w/a.sql')).findings, []);
  });
  for (const [name, before, after] of [
    ['at the top', 'CREATE TABLE a (id int);\n', '¶CREATE TABLE a (id int);\n'],
    ['behind a runner\'s marker', '-- migrate:up\nCREATE TABLE a (id int);\n', '-- migrate:up\n¶CREATE TABLE a (id int);\n'],
    ['behind all markers', '-- +goose Up\n-- +goose StatementBegin\nCREATE TABLE a (id int);\n', '-- +goose Up\n-- +goose StatementBegin\n¶CREATE TABLE a (id int);\n'],
    ['behind a license', '/* Copyright\n * of somebody */\n\nCREATE TABLE a (id int);\n', '/* Copyright\n * of somebody */\n\n¶CREATE TABLE a (id int);\n'],
    ['before the comment of the first statement', '-- CreateTable\nCREATE TABLE a (id int);\n', '¶-- CreateTable\nCREATE TABLE a (id int);\n'],
    ['in an extended list', '-- schema-bible-disable sql-syntax\nCREATE TABLE a (id int);\n', '-- schema-bible-disable sql-syntax, limited-varchar\nCREATE TABLE a (id int);\n'],
  ] as const) {
    it(`for the file stand ${name}`, async () => {
      assert.equal(await disable('/w/a.sql', before, 'file', ''), after.replace('¶', '-- schema-bible-disable limited-varchar\n'));
    });
  }
});

describe('differences', () => {
  const text = fc.array(fc.constantFrom('a\n', 'b\n', 'c\r\n', '\n', 'é😀\n', 'end'), { maxLength: 30 }).map((lines) => lines.join(''));

  it('lead from one text to the other', () => {
    fc.assert(fc.property(text, text, (before, after) => assert.equal(applyEdits(before, editsBetween('/a', before, after)), after)));
  });
  it('touch no line that both texts keep in order', () => {
    fc.assert(
      fc.property(text, fc.nat(30), (before, at) => {
        const lines = splitLines(before);
        const after = [...lines.slice(0, at), 'new\n', ...lines.slice(at)];
        const hunks = diffLines(lines, after);
        assert.equal(hunks.length, 1);
        assert.deepEqual([hunks[0]?.beforeStart, hunks[0]?.afterEnd], [hunks[0]?.beforeEnd, (hunks[0]?.afterStart ?? 0) + 1]);
      }),
    );
  });
  it('are printed as patches', () => {
    assert.equal(unifiedDiff('a', '1\n2\n3\n4\n5\n6\n7\n8\n', '1\n2\n3\n4\nfive\n6\n7\n8'), '--- a/a\n+++ b/a\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n-8\n+8\n\\ No newline at end of file\n');
    assert.equal(unifiedDiff('a', undefined, 'x\n'), '--- /dev/null\n+++ b/a\n@@ -0,0 +1 @@\n+x\n');
    assert.equal(unifiedDiff('a', 'x\n', 'x\n'), '');
  });
});
