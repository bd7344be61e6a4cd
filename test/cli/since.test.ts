// `check --since`: only what has changed since a revision of git's, on repositories that git itself made.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../server/src/cli/command-line';
import { frontEnds, pages, registry } from '../../server/src/lsp/defaults';
import { NodeWorkspace } from '../../server/src/node/workspace';
import { TestRepository } from '../project/git-helper';

const TABLE = 'CREATE TABLE a (id bigint PRIMARY KEY);\n';
const BAD = 'CREATE TABLE b (id bigint PRIMARY KEY, name varchar(50));\n';
const COLUMN = "SET lock_timeout = '5s';\nALTER TABLE a ADD COLUMN title varchar(50);\n";

describe('check --since', function () {
  this.timeout(60_000);
  let own: TestRepository;

  beforeEach(() => (own = new TestRepository()));
  afterEach(() => own.remove());

  interface Outcome {
    readonly code: number;
    readonly errors: readonly string[];
    /** Each file that was looked at, with the rules that spoke of it. */
    readonly found: Readonly<Record<string, readonly string[]>>;
  }

  async function run(argv: string, cwd = own.root): Promise<Outcome> {
    let out = '';
    const errors: string[] = [];
    const parts = { workspace: new NodeWorkspace(), frontEnds, registry, pages, version: '1.2.3' };
    const io = { cwd, env: {}, terminal: false, out: (text: string) => (out += text), complain: (message: string) => errors.push(message) };
    const code = await main(['check', '--format', 'json', ...argv.split(' ')], parts, io);
    const { files } = out === '' ? { files: [] } : (JSON.parse(out) as { files: { path: string; findings: { rule: string }[] }[] });
    return { code, errors, found: Object.fromEntries(files.map(({ path, findings }) => [path, findings.map(({ rule }) => rule)])) };
  }

  it('looks at changed and new files only, and takes the rest of the migrations for history', async () => {
    own.commit({ 'migrations/1_a.sql': TABLE, 'migrations/2_b.sql': BAD, 'schema.prisma': 'model A {\n  id Int @id\n}\n' });
    own.git('tag', '-a', 'v1', '-m', 'v1');
    own.commit({ 'migrations/3_c.sql': COLUMN });
    own.write('migrations/4_d.sql', COLUMN.replace('title', 'text'));
    own.write('migrations/2_b.sql', BAD.replace('name', 'title'));
    const expected = { 'migrations/2_b.sql': ['edited-migration'], 'migrations/3_c.sql': ['limited-varchar'], 'migrations/4_d.sql': ['limited-varchar'] };
    for (const since of ['v1', 'HEAD~1', '@^', own.git('rev-parse', 'v1^{commit}').trim(), own.git('rev-parse', '--short', 'v1^{commit}').trim(), 'refs/tags/v1']) {
      assert.deepEqual(await run(`--since ${since}`), { code: 1, errors: [], found: expected }, since);
    }
    own.git('gc', '-q');
    assert.deepEqual((await run(`--since ${own.git('rev-parse', '--short', 'v1^{commit}').trim()}`)).found, expected);
    assert.deepEqual((await run('--since HEAD')).found, { 'migrations/2_b.sql': ['edited-migration'], 'migrations/4_d.sql': ['limited-varchar'] });
    assert.deepEqual((await run('--since v1 migrations/3_c.sql')).found, { 'migrations/3_c.sql': ['limited-varchar'] });
    assert.deepEqual((await run('--since v1 --all-migrations')).found['migrations/2_b.sql'], ['edited-migration', 'limited-varchar']);
  });

  it('leaves out what only the other branch has changed', async () => {
    own.commit({ 'migrations/1_a.sql': TABLE, 'migrations/2_b.sql': BAD });
    own.git('checkout', '-qb', 'work');
    own.commit({ 'migrations/3_c.sql': COLUMN });
    own.git('checkout', '-q', 'main');
    own.commit({ 'migrations/2_b.sql': BAD.replace('name', 'title') });
    own.git('checkout', '-q', 'work');
    assert.deepEqual((await run('--since main')).found, { 'migrations/3_c.sql': ['limited-varchar'] });
  });

  it('looks at what was added to a file of changesets, and at what is run again after each change', async () => {
    const log = `--liquibase formatted sql\n--changeset ann:1\n${BAD}`;
    own.commit({ 'db/changelog.sql': log, 'sql/V1__a.sql': TABLE, 'sql/R__a.sql': COLUMN.replace('title', 'code') });
    own.write('db/changelog.sql', `${log}--rollback DROP TABLE b;\n--changeset ann:2\n${COLUMN}`);
    own.write('sql/R__a.sql', COLUMN);
    assert.deepEqual((await run('--since HEAD')).found, { 'db/changelog.sql': ['limited-varchar'], 'sql/R__a.sql': ['limited-varchar'] });
  });

  it('finds nothing where nothing has changed but line ends', async () => {
    own.commit({ 'migrations/2_b.sql': BAD });
    own.write('migrations/2_b.sql', BAD.replaceAll('\n', '\r\n'));
    assert.deepEqual(await run('--since HEAD'), { code: 0, errors: [], found: {} });
  });

  it('tells a revision that is not there, a shallow clone, and a folder without git', async () => {
    own.commit({ 'migrations/1_a.sql': TABLE });
    own.commit({ 'migrations/2_b.sql': BAD });
    for (const since of ['nowhere', 'HEAD~7', '../HEAD', 'deadbeef', 'HEAD^2', 'config']) {
      assert.deepEqual(await run(`--since ${since}`), { code: 2, errors: [`schema-bible: --since ${since}: ${own.root} has no such branch, tag or commit.`], found: {} });
    }
    const clone = new TestRepository(`${own.root}-shallow`);
    try {
      own.git('clone', '-q', '--depth', '1', `file://${own.root}`, clone.root);
      assert.match((await run('--since HEAD~1', clone.root)).errors.join(), /no such branch, tag or commit; it is a shallow clone, which may have left it out\.$/);
    } finally {
      clone.remove();
    }
    const bare = mkdtempSync(join(tmpdir(), 'no-git-'));
    try {
      assert.deepEqual(await run('--since main', bare), { code: 2, errors: [`schema-bible: --since main: ${bare} lies in no git repository.`], found: {} });
    } finally {
      rmSync(bare, { recursive: true });
    }
  });
});
