// The command line on folders of its own: what it prints, and how it ends.
import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { NodeWorkspace } from '../../server/src/node/workspace';
import { folder, get, put, run, useFolder } from './folder';

const GOOD = 'CREATE TABLE a (id bigint PRIMARY KEY);\n';
const BAD = 'CREATE TABLE b (\n\tid bigint PRIMARY KEY,\n\tname varchar(50) -- é😀\n);\n';

describe('command line', () => {
  useFolder();

  it('prints findings for people', async () => {
    put({ 'migrations/1_a.sql': GOOD, 'migrations/2_b.sql': BAD });
    const { code, out, errors } = await run('check');
    assert.deepEqual(errors, []);
    assert.equal(code, 1);
    const [place = '', source, underline] = out.split('\n');
    assert.match(place, /^migrations\/2_b\.sql:3:7 warning .* limited-varchar$/);
    assert.equal(source, '  3 │  name varchar(50) -- é😀');
    assert.equal(underline, '    │       ~~~~~~~~~~~');
    assert.match(out, /\n1 finding \(1 warning\) in 2 files\./);
  });

  it('colours only a terminal, and not against the user\'s wish', async () => {
    put({ 'migrations/2_b.sql': BAD });
    assert.ok(!(await run('check')).out.includes('\u001b'));
    assert.ok((await run('check', { terminal: true })).out.includes('\u001b[33mwarning'));
    assert.ok(!(await run('check', { terminal: true, env: { NO_COLOR: '1' } })).out.includes('\u001b'));
  });

  it('keeps the frame within the width', async () => {
    const columns = (stem: string): string => Array.from({ length: 40 }, (_, at) => `${stem}${at} text, `).join('');
    put({ 'migrations/2_b.sql': `CREATE TABLE b (id bigint PRIMARY KEY, ${columns('x')} name varchar(50), ${columns('y')} z text);\n` });
    const [, source = '', underline = ''] = (await run('check --rule missing-timestamps=off', { columns: 80 })).out.split('\n');
    assert.ok(source.length <= 80, source);
    assert.equal(source.slice(underline.indexOf('~'), underline.lastIndexOf('~') + 1), 'varchar(50)');
  });

  it('prints one stable JSON object with every file looked at', async () => {
    put({ 'migrations/1_a.sql': GOOD, 'migrations/2_b.sql': BAD });
    const { code, out } = await run('check --format json .');
    assert.equal(code, 1);
    const report: unknown = JSON.parse(out);
    assert.deepEqual(report, {
      version: 1,
      files: [
        { path: 'migrations/1_a.sql', language: 'sql', dialect: 'postgresql', findings: [], problems: [] },
        {
          path: 'migrations/2_b.sql',
          language: 'sql',
          dialect: 'postgresql',
          findings: [
            {
              rule: 'limited-varchar',
              severity: 'warning',
              message: Object(report).files[1].findings[0].message,
              help: Object(report).files[1].findings[0].help,
              start: { line: 2, character: 6 },
              end: { line: 2, character: 17 },
              related: [],
              fixes: Object(report).files[1].findings[0].fixes,
            },
          ],
          problems: [],
        },
      ],
      summary: { files: 2, findings: 1, byRule: { 'limited-varchar': 1 }, bySeverity: { error: 0, warning: 1, info: 0, hint: 0 } },
    });
    const [fix] = Object(report).files[1].findings[0].fixes;
    assert.equal(typeof fix.title, 'string');
    assert.ok(fix.kind === 'safe' || fix.kind === 'review');
    assert.deepEqual(fix.edits[0], { path: 'migrations/2_b.sql', start: { line: 2, character: 6 }, end: { line: 2, character: 17 }, newText: 'text' });
  });

  it('tells the places that belong to a finding, and not more than fit', async () => {
    const columns = [1, 2, 3, 4, 5, 6].map((at) => `pool.query('SELECT title FROM posts WHERE id = ${at}');\n`);
    put({
      'package.json': '{ "dependencies": { "pg": "8.0.0" } }',
      'migrations/1_a.sql': 'CREATE TABLE posts (id bigint PRIMARY KEY, title text);\n',
      'migrations/2_b.sql': "SET lock_timeout = '5s';\nALTER TABLE posts DROP COLUMN title;\n",
      'src/posts.ts': columns.join(''),
    });
    const { out } = await run('check migrations');
    assert.match(out, /\n {4}= src\/posts\.ts:1:20 This SQL names `title`\.\n/);
    assert.match(out, /\n {4}= src\/posts\.ts:5:20 .*\n {4}= and 1 more\n {4}= help: /);
    const report: unknown = JSON.parse((await run('check migrations --format json')).out);
    const [finding] = Object(report).files[1].findings;
    assert.equal(finding.related.length, 6);
    assert.deepEqual(finding.related[1], { path: 'src/posts.ts', message: 'This SQL names `title`.', start: { line: 1, character: 19 }, end: { line: 1, character: 24 } });
  });

  it('ends by the threshold', async () => {
    put({ 'migrations/2_b.sql': BAD });
    assert.equal((await run('check')).code, 1);
    assert.equal((await run('check --max-warnings 1')).code, 0);
    assert.equal((await run('check --max-warnings 0')).code, 1);
    assert.equal((await run('check --rule limited-varchar=info')).code, 0);
    assert.equal((await run('check --rule limited-varchar=off')).out, 'Nothing found in 1 file.\n');
    assert.equal((await run('check --rule limited-varchar=error --max-warnings 9')).code, 1);
  });

  it('looks only at what is named, and knows what lies around it', async () => {
    put({ 'migrations/1_a.sql': GOOD, 'migrations/2_index.sql': 'CREATE INDEX a_id ON a (id);\n', 'migrations/3_b.sql': BAD });
    const { out } = await run('check --format json migrations/2_index.sql');
    const report = Object(JSON.parse(out));
    assert.deepEqual(report.files.map(({ path }: { path: string }) => path), ['migrations/2_index.sql']);
    assert.ok('blocking-index' in report.summary.byRule);
  });

  it('passes tests over, unless they are named', async () => {
    put({
      'package.json': '{"dependencies": {"drizzle-orm": "0.45.0"}}',
      'src/a.test.ts': `import { pgTable, varchar } from 'drizzle-orm/pg-core';\nexport const a = pgTable('a', { b: varchar('b', { length: 3 }) });\n`,
      'src/__fixtures__/a.sql': BAD,
    });
    const paths = async (argv: string): Promise<string[]> => {
      const { out } = await run(`check --format json ${argv}`);
      return Object(JSON.parse(out)).files.map(({ path }: { path: string }) => path);
    };
    assert.deepEqual(await paths(''), []);
    assert.deepEqual(await paths('src'), []);
    assert.deepEqual(await paths('src/a.test.ts src/__fixtures__'), ['src/__fixtures__/a.sql', 'src/a.test.ts']);
  });

  it('says in one line what can\'t be read, checks the rest, and fails', async () => {
    put({ 'migrations/2_b.sql': BAD });
    const { code, out, errors } = await run('check missing.sql no/where migrations');
    assert.equal(code, 2);
    assert.deepEqual(errors, ['missing.sql: there is no such file or folder.', 'no/where: there is no such file or folder.']);
    assert.match(out, /limited-varchar/);
  });

  it('says in one line which file can\'t be read, and fails', async () => {
    put({ 'migrations/1_a.sql': GOOD, 'migrations/2_b.sql': BAD });
    class Guarded extends NodeWorkspace {
      override read(path: string): Promise<string | undefined> {
        return path.endsWith('1_a.sql') ? Promise.reject(new Error('permission denied.')) : super.read(path);
      }
    }
    const { code, out, errors } = await run('check', {}, new Guarded());
    assert.equal(code, 2);
    assert.equal(errors.length, 1, errors.join('\n'));
    assert.match(errors[0] ?? '', /1_a\.sql.*permission denied/);
    assert.match(out, /limited-varchar/);
  });

  it('says that a link leads nowhere, and that no pipe is read', async () => {
    put({ 'db/a.sql': GOOD });
    symlinkSync(join(folder(), 'gone'), join(folder(), 'db/b.sql'));
    execFileSync('mkfifo', [join(folder(), 'pipe.sql')]);
    const scanned = await run('check db');
    assert.equal(scanned.code, 2);
    assert.match(scanned.errors.join('|'), /^[^|]*b\.sql can't be read: it is a link that leads nowhere\.$/);
    const named = await run('check pipe.sql');
    assert.deepEqual([named.code, named.errors], [2, ['pipe.sql: it is no ordinary file.']]);
  });

  it('tells, without failing, of named files that it left alone', async () => {
    put({ 'notes.txt': 'x', 'dump.sql': `${GOOD}-- ${'x'.repeat(5_000_000)}\n` });
    const { code, errors } = await run('check notes.txt dump.sql');
    assert.equal(code, 0);
    assert.equal(errors.length, 2, errors.join('|'));
    assert.match(errors.join('|'), /dump\.sql is left alone: it is larger than 5 MB\./);
    assert.match(errors.join('|'), /notes\.txt is left alone: it holds no schema/);
  });

  it('takes no empty path for the current folder', async () => {
    put({ 'db/a.sql': BAD });
    const { code, errors } = await run(['fix', '--review', '']);
    assert.deepEqual([code, errors.length, get('db/a.sql')], [2, 1, BAD]);
  });

  it('gives a created file as an edit on a path that doesn\'t exist', async () => {
    put({
      'prisma/schema.prisma': 'datasource db {\n  provider = "postgresql"\n}\nmodel A {\n  id Int @id\n  slug String\n}\n',
      'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
      'prisma/migrations/20240101000000_a/migration.sql': 'CREATE TABLE "A" ("id" INTEGER PRIMARY KEY);\n',
      'prisma/migrations/20240102000000_b/migration.sql': 'ALTER TABLE "A" ADD COLUMN "slug" TEXT NOT NULL;\n',
    });
    const { files } = Object(JSON.parse((await run('check --format json prisma/migrations/20240102000000_b')).out));
    const edits = Object(files[0]).findings.flatMap((finding: object) => Object(finding).fixes.flatMap((fix: object) => Object(fix).edits));
    const created = edits.filter(({ path }: { path: string }) => !path.startsWith('prisma/migrations/20240102000000_b/'));
    assert.ok(created.length > 0);
    for (const { path, start, end } of created) {
      assert.match(path, /^prisma\/migrations\/\d{14}_\w+\/migration\.sql$/);
      assert.deepEqual([start, end], [{ line: 0, character: 0 }, { line: 0, character: 0 }]);
    }
  });

  it('says where a configuration is wrong, and fails', async () => {
    put({ 'migrations/2_b.sql': BAD, 'schema-bible.json': '{\n  "rules": { "limited-varchr": "off" }\n}\n' });
    const { code, errors, out } = await run('check');
    assert.equal(code, 2);
    assert.match(errors.join('\n'), /^schema-bible\.json:2:14: .*limited-varchr/);
    assert.match(out, /limited-varchar/);
  });

  it('reads the configuration that is named in place of the others', async () => {
    put({ 'migrations/2_b.sql': BAD, 'schema-bible.json': '{ "rules": { "limited-varchar": "error" } }', 'ci.json': '{ "rules": { "limited-varchar": "hint" } }' });
    assert.equal((await run('check --config ci.json')).code, 0);
    assert.equal((await run('check --config none.json')).code, 2);
    assert.deepEqual([(await run('check --config /dev/null')).code, (await run('check --config /dev/null')).errors], [1, []]);
    execFileSync('mkfifo', [join(folder(), 'pipe.json')]);
    const unreadable = await run('check --config pipe.json');
    assert.equal(unreadable.code, 2);
    assert.equal(unreadable.errors.length, 1, unreadable.errors.join('|'));
  });

  it('refuses what it doesn\'t understand', async () => {
    for (const argv of ['chek', 'check --frmat json', 'check --format xml', 'check --max-warnings many', 'check --rule nothing=error', 'check --rule limited-varchar=loud', 'check --dry-run', 'explain', 'explain nothing', 'explain limited-varchar too', 'check --rule limited-varchar=off=off', 'lsp --stdio here', 'fix --format json']) {
      const { code, out, errors } = await run(argv);
      assert.deepEqual([argv, code, out, errors.length], [argv, 2, '', 1]);
    }
  });

  it('explains, helps and tells its version', async () => {
    assert.match((await run('explain limited-varchar')).out, /limited-varchar/);
    assert.match((await run('')).out, /^Finds what/);
    assert.match((await run('check --help')).out, /--max-warnings N/);
    assert.deepEqual(await run('--version'), { code: 0, out: '1.2.3\n', errors: [] });
  });
});
