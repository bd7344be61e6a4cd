// Which migrations the main branch has, against repositories that git itself made.
import assert from 'node:assert/strict';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { NodeWorkspace } from '../../server/src/node/workspace';
import { applyDelta } from '../../server/src/project/git/delta';
import { GitHistory } from '../../server/src/project/git/history';
import { MemoryWorkspace, type Workspace } from '../../server/src/project/workspace';
import { TestRepository } from './git-helper';

describe('git', function () {
  this.timeout(60_000);
  let own: TestRepository;
  let root = '';
  let notes: string[] = [];

  const git = (...args: string[]): string => own.git(...args);
  const write = (name: string, text: string): void => own.write(name, text);
  const committed = async (names: readonly string[], folder = root, workspace: Workspace = new NodeWorkspace()): Promise<string[]> => {
    const history = new GitHistory(workspace, (message) => notes.push(message));
    const found = await history.committed(names.map((name) => `${folder.replaceAll('\\', '/')}/${name}`), () => undefined);
    return names.filter((name) => found.has(`${folder.replaceAll('\\', '/')}/${name}`));
  };

  /** Commits enough versions of one folder that git packs some of them as deltas. */
  const fill = (): void => {
    for (let round = 0; round < 12; round++) {
      for (let at = 0; at < 25; at++) write(`db/migrations/${round}-${String(at).padStart(3, '0')}_é.sql`, `-- ${round} ${at}\n`);
      git('add', '.');
      git('commit', '-qm', `round ${round}`);
    }
  };
  const all = Array.from({ length: 300 }, (_, at) => `db/migrations/${at % 12}-${String(Math.floor(at / 12)).padStart(3, '0')}_é.sql`);

  beforeEach(() => {
    notes = [];
    own = new TestRepository();
    root = own.root;
  });
  afterEach(() => {
    assert.deepEqual(notes, []);
    own.remove();
  });

  it('knows what the main branch has, from loose objects', async () => {
    write('a/1.sql', 'one');
    write('top.sql', 'top');
    git('add', '.');
    git('commit', '-qm', 'first');
    git('checkout', '-qb', 'work');
    write('a/2.sql', 'two');
    write('b/3.sql', 'three');
    git('add', '.');
    git('commit', '-qm', 'second');
    write('a/1.sql', 'changed since');
    write('a/4.sql', 'never added');
    assert.deepEqual(await committed(['a/1.sql', 'a/2.sql', 'b/3.sql', 'a/4.sql', 'top.sql', 'a']), ['a/1.sql', 'top.sql']);
  });

  it('knows it from packs, with deltas of both kinds', async () => {
    fill();
    const wanted = ['nope.sql', ...all];
    git('gc', '-q');
    assert.equal(readdirSync(join(root, '.git/objects/pack')).filter((name) => name.endsWith('.pack')).length, 1);
    assert.match(git('verify-pack', '-v', ...idx()), /tree\s+\d+ \d+ \d+ [1-9]/, 'no folder is a delta, so this proves nothing');
    assert.deepEqual(await committed(wanted), all);
    assert.deepEqual(await committed(wanted, root, new WithoutRanges()), all);
    git('-c', 'repack.useDeltaBaseOffset=false', 'repack', '-qadF');
    assert.deepEqual(await committed(wanted), all);
  });

  it('prefers the remote branch, and the remote default to what is called main', async () => {
    write('1.sql', '');
    git('add', '.');
    git('commit', '-qm', 'first');
    git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    write('2.sql', '');
    git('add', '.');
    git('commit', '-qm', 'second');
    assert.deepEqual(await committed(['1.sql', '2.sql']), ['1.sql']);
    git('update-ref', 'refs/remotes/origin/trunk', 'HEAD');
    git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/trunk');
    assert.deepEqual(await committed(['1.sql', '2.sql']), ['1.sql', '2.sql']);
    git('pack-refs', '--all');
    assert.deepEqual(await committed(['1.sql', '2.sql']), ['1.sql', '2.sql']);
  });

  it('finds its way from a worktree', async () => {
    write('1.sql', '');
    git('add', '.');
    git('commit', '-qm', 'first');
    git('worktree', 'add', '-q', '-b', 'side', join(root, 'tree'));
    assert.deepEqual(await committed(['1.sql', '2.sql'], join(root, 'tree')), ['1.sql']);
  });

  it('notices when the main branch moves', async () => {
    const history = new GitHistory(new NodeWorkspace(), (message) => notes.push(message));
    write('1.sql', '');
    git('add', '.');
    git('commit', '-qm', 'first');
    assert.equal((await history.committed([`${root}/2.sql`], () => undefined)).size, 0);
    write('2.sql', '');
    git('add', '.');
    git('commit', '-qm', 'second');
    assert.equal((await history.committed([`${root}/2.sql`], () => undefined)).size, 1);
  });

  it('takes a repository without commits, or none at all, as nothing committed', async () => {
    assert.deepEqual(await committed(['1.sql']), []);
    rmSync(join(root, '.git'), { recursive: true });
    assert.deepEqual(await committed(['1.sql', 'a/2.sql']), []);
  });

  it('survives damaged objects', async () => {
    write('a/1.sql', '');
    git('add', '.');
    git('commit', '-qm', 'first');
    const tree = git('rev-parse', 'HEAD^{tree}').trim();
    rmSync(join(root, '.git/objects', tree.slice(0, 2), tree.slice(2)));
    assert.deepEqual(await committed(['a/1.sql']), []);
    write(`.git/objects/${tree.slice(0, 2)}/${tree.slice(2)}`, 'rubbish');
    assert.deepEqual(await committed(['a/1.sql']), []);
    assert.match(notes.pop() ?? '', /^Git's history of .*1\.sql can't be read: /);
  });

  function idx(): string[] {
    return readdirSync(join(root, '.git/objects/pack')).filter((name) => name.endsWith('.idx')).map((name) => join(root, '.git/objects/pack', name));
  }
});

/** A workspace that can only read whole files. */
class WithoutRanges implements Workspace {
  readonly #disk = new NodeWorkspace();
  read = (path: string): Promise<string | undefined> => this.#disk.read(path);
  readBytes = (path: string): Promise<Uint8Array | undefined> => this.#disk.readBytes(path);
  list = (path: string): ReturnType<Workspace['list']> => this.#disk.list(path);
  inflate = (bytes: Uint8Array): Promise<Uint8Array> => this.#disk.inflate(bytes);
  now = (): Date => this.#disk.now();
}

describe('a delta', () => {
  const base = Uint8Array.from([1, 2, 3, 4]);

  it('copies from its base and adds', () => {
    assert.deepEqual(applyDelta(base, Uint8Array.from([4, 4, 0x91, 1, 2, 2, 9, 8])), Uint8Array.from([2, 3, 9, 8]));
  });

  it('that is damaged gives nothing', () => {
    for (const delta of [[], [5, 1, 1, 7], [4, 2, 0x91, 3, 2], [4, 3, 2, 9], [4, 1, 0], [4, 1, 2, 9, 8], [4, 9, 1, 7]]) {
      assert.equal(applyDelta(base, Uint8Array.from(delta)), undefined, delta.join());
    }
  });

  it('in memory has no git', async () => {
    const history = new GitHistory(new MemoryWorkspace({ '/w/.git/HEAD': 'ref: refs/heads/main', '/w/.git/refs/heads/main': 'a'.repeat(40) }), () => undefined);
    assert.equal((await history.committed(['/w/1.sql'], () => undefined)).size, 0);
  });
});
