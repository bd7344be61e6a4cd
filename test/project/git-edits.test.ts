// Which migrations of the main branch somebody has edited, against repositories that git itself made.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from '../../server/src/languages/sql/index';
import { NodeWorkspace } from '../../server/src/node/workspace';
import { encodeUtf8 } from '../../server/src/project/git/bytes';
import { hasId } from '../../server/src/project/git/original';
import { sha1 } from '../../server/src/project/git/sha1';
import { Project } from '../../server/src/project/project';
import { TestRepository } from './git-helper';

const A = 'CREATE TABLE a (id bigint PRIMARY KEY);\n';
const B = 'ALTER TABLE a ADD COLUMN b text;\n';
const C = 'ALTER TABLE a ADD COLUMN c text;\n';

describe('an edit of a shared migration', function () {
  this.timeout(60_000);
  let own: TestRepository;
  const notes: string[] = [];

  beforeEach(() => {
    notes.length = 0;
    own = new TestRepository();
  });
  afterEach(() => {
    own.remove();
    assert.deepEqual(notes, []);
  });

  async function project(root = own.root): Promise<Project> {
    const made = new Project({ workspace: new NodeWorkspace(), frontEnds: [sql], registry: [], log: (line) => notes.push(line), note: (line) => notes.push(line) });
    await made.setRoots([root.replaceAll('\\', '/')]);
    return made;
  }

  /** The migrations by name: `new`, `shared`, or the line in which they are edited. */
  async function states(from?: Project, folder = 'migrations', root = own.root): Promise<Record<string, string>> {
    const found: Record<string, string> = {};
    for (const unit of await (from ?? (await project(root))).units()) {
      for (const path of unit.files) {
        const info = unit.migration(path);
        const edited = info?.edited && (unit.parsed(path)?.text.slice(info.edited.start, info.edited.end) ?? '');
        found[path.slice(path.indexOf(`/${folder}/`) + folder.length + 2)] = edited ?? (info?.committed ? 'shared' : 'new');
      }
    }
    return found;
  }

  it('is seen on the main branch and on others, on disk and while it is typed', async () => {
    own.commit({ 'migrations/1_a.sql': A, 'migrations/2_b.sql': B });
    own.git('checkout', '-qb', 'work');
    own.commit({ 'migrations/3_c.sql': C, 'migrations/2_b.sql': `${B}${C}` });
    assert.deepEqual(await states(), { '1_a.sql': 'shared', '2_b.sql': C.trim(), '3_c.sql': 'new' });
    const open = await project();
    const path = `${own.root}/migrations/1_a.sql`.replaceAll('\\', '/');
    open.setBuffer(path, A.replace('bigint', 'int'));
    assert.deepEqual((await states(open))['1_a.sql'], 'CREATE TABLE a (id int PRIMARY KEY);');
    open.setBuffer(path, A);
    assert.deepEqual((await states(open))['1_a.sql'], 'shared');
    open.setBuffer(path, undefined);
    own.git('checkout', '-q', '--detach');
    own.write('migrations/2_b.sql', B);
    assert.deepEqual(await states(), { '1_a.sql': 'shared', '2_b.sql': 'shared', '3_c.sql': 'new' });
  });

  it('is none where the main branch has gone on since', async () => {
    own.commit({ 'migrations/1_a.sql': A, 'migrations/2_b.sql': B });
    own.git('branch', 'work');
    own.commit({ 'migrations/2_b.sql': `${B}${C}` });
    own.git('checkout', '-q', 'work');
    assert.deepEqual(await states(), { '1_a.sql': 'shared', '2_b.sql': 'shared' });
    own.write('migrations/2_b.sql', `${B}SELECT 1;\n`);
    assert.deepEqual((await states())['2_b.sql'], 'SELECT 1;');
  });

  it('is none of what came to the main branch another way, unless it has just that text', async () => {
    own.commit({ 'migrations/1_a.sql': A });
    own.git('checkout', '-qb', 'work');
    own.commit({ 'migrations/2_b.sql': B, 'migrations/3_c.sql': C });
    own.git('checkout', '-q', 'main');
    own.commit({ 'migrations/2_b.sql': `${B}${C}`, 'migrations/3_c.sql': C });
    own.git('checkout', '-q', 'work');
    assert.deepEqual(await states(), { '1_a.sql': 'shared', '2_b.sql': 'shared', '3_c.sql': 'shared' });
    own.write('migrations/3_c.sql', B);
    assert.deepEqual(await states(), { '1_a.sql': 'shared', '2_b.sql': 'shared', '3_c.sql': B.trim() });
  });

  it('is no other line end, byte order mark or encoding', async () => {
    own.git('config', 'core.autocrlf', 'false');
    const mixed = `${A}${B.replace('\n', '\r\n')}`;
    own.commit({ 'migrations/1_a.sql': `${A}${B}`, 'migrations/2_b.sql': C.replace('\n', '\r\n'), 'migrations/3_c.sql': mixed, 'migrations/4_d.sql': C, 'migrations/5_e.sql': Buffer.from(`\uFEFF${C}`, 'utf16le') });
    own.write('migrations/1_a.sql', `${A}${B}`.replaceAll('\n', '\r\n'));
    own.write('migrations/2_b.sql', C);
    own.write('migrations/3_c.sql', `${A}${B}`);
    own.write('migrations/4_d.sql', `\uFEFF${C}`);
    const all = Object.fromEntries(['1_a.sql', '2_b.sql', '3_c.sql', '4_d.sql', '5_e.sql'].map((name) => [name, 'shared']));
    assert.deepEqual(await states(), all);
    own.write('migrations/1_a.sql', `${A}${C}`.replaceAll('\n', '\r\n'));
    assert.deepEqual(await states(), { ...all, '1_a.sql': C.trim() });
  });

  it('is seen below a folder of the repository, in worktrees, through borrowed objects, packed or not', async () => {
    own.commit({ 'packages/db/migrations/1_a.sql': A, 'packages/db/migrations/2_b.sql': B });
    own.git('gc', '-q');
    const clone = new TestRepository(`${own.root}-clone`);
    try {
      own.git('clone', '-q', '--shared', own.root, clone.root);
      clone.write('packages/db/migrations/2_b.sql', C);
      assert.deepEqual(await states(undefined, 'packages/db/migrations', clone.root), { '1_a.sql': 'shared', '2_b.sql': C.trim() });
    } finally {
      clone.remove();
    }
    own.git('worktree', 'add', '-q', '-b', 'side', join(own.root, 'tree'));
    const tree = new TestRepository(join(own.root, 'tree'));
    tree.write('packages/db/migrations/2_b.sql', C);
    assert.deepEqual(await states(await project(join(tree.root, 'packages/db')), 'packages/db/migrations'), { '1_a.sql': 'shared', '2_b.sql': C.trim() });
  });

  it('is told from what it was in a shallow clone', async () => {
    own.commit({ 'migrations/1_a.sql': A });
    own.commit({ 'migrations/2_b.sql': B });
    const clone = new TestRepository(`${own.root}-shallow`);
    try {
      own.git('clone', '-q', '--depth', '1', `file://${own.root}`, clone.root);
      assert.deepEqual(await states(undefined, 'migrations', clone.root), { '1_a.sql': 'shared', '2_b.sql': 'shared' });
      clone.write('migrations/2_b.sql', C);
      assert.deepEqual(await states(undefined, 'migrations', clone.root), { '1_a.sql': 'shared', '2_b.sql': C.trim() });
    } finally {
      clone.remove();
    }
  });

  it('is not claimed where git keeps only a pointer, or keeps its names in a way that is not read', async () => {
    own.commit({ 'migrations/1_a.sql': 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 3\n' });
    own.write('migrations/1_a.sql', A);
    assert.deepEqual(await states(), { '1_a.sql': 'shared' });
    // As a repository looks from outside whose branches are kept in tables.
    own.git('pack-refs', '--all');
    rmSync(join(own.root, '.git/packed-refs'));
    own.write('.git/HEAD', 'ref: refs/heads/.invalid\n');
    assert.deepEqual(await states(), { '1_a.sql': 'new' });
    own.remove();
    own = new TestRepository(undefined, '--object-format=sha256');
    own.commit({ 'migrations/1_a.sql': A });
    own.write('migrations/1_a.sql', B);
    assert.deepEqual(await states(), { '1_a.sql': 'new' });
  });
});

describe('the name of a text in git', () => {
  it('is what git calls it', () => {
    for (let length = 0; length < 200; length++) {
      const text = 'aé😀x'.repeat(length).slice(0, length);
      assert.deepEqual(encodeUtf8(text), new Uint8Array(Buffer.from(text, 'utf8')));
      assert.equal(sha1(encodeUtf8(text)), createHash('sha1').update(text).digest('hex'));
    }
    const own = new TestRepository();
    try {
      own.commit({ 'a.sql': A });
      const [id = ''] = own.git('hash-object', 'a.sql').split('\n');
      assert.ok(hasId(readFileSync(join(own.root, 'a.sql'), 'utf8'), id));
      assert.ok(hasId(A.replace('\n', '\r\n'), id));
      assert.ok(!hasId(B, id));
    } finally {
      own.remove();
    }
  });
});
