// The project over time: buffers, the disk, and how little a keystroke costs.
import assert from 'node:assert/strict';
import { MemoryWorkspace } from '../../server/src/project/workspace';
import { open, short, unitOf, unitsAsText } from './helper';

const schema = 'datasource db {\n  provider = "postgresql"\n}\n';
const files = {
  'package.json': '{"dependencies": {"prisma": "7.8.0", "drizzle-orm": "0.45.4"}}',
  'prisma/schema.prisma': schema,
  'prisma/user.prisma': 'model User {\n  id Int @id\n}\n',
  'prisma/migrations/migration_lock.toml': 'provider = "postgresql"',
  'prisma/migrations/20240101000000_a/migration.sql': 'CREATE TABLE "User" (id int);',
  'prisma/migrations/20240102000000_b/migration.sql': 'ALTER TABLE "User" ADD x int;',
  'src/schema.ts': `import { pgTable } from 'drizzle-orm/pg-core';\nexport const users = pgTable('users', {});`,
  'src/posts.ts': `import { pgTable } from 'drizzle-orm/pg-core';\nimport { users } from './schema';`,
};

/** Counts what is asked of the disk. */
class CountingWorkspace extends MemoryWorkspace {
  asked = 0;

  override read(path: string): Promise<string | undefined> {
    this.asked++;
    return super.read(path);
  }

  override list(path: string): ReturnType<MemoryWorkspace['list']> {
    this.asked++;
    return super.list(path);
  }
}

describe('a keystroke', () => {
  for (const [name, edited] of [
    ['prisma/user.prisma', 'model User {\n  id Int @id\n  n Int\n}\n'],
    ['prisma/migrations/20240102000000_b/migration.sql', 'ALTER TABLE "User" ADD y int;'],
    ['src/posts.ts', `${files['src/posts.ts']}\nexport const n = 1;`],
  ] as const) {
    it(`in ${name} parses that file alone and asks nothing of the disk`, async () => {
      const workspace = new CountingWorkspace(Object.fromEntries(Object.entries(files).map(([path, text]) => [`/w/${path}`, text])));
      const { project, spy } = await open({}, { workspace });
      await project.units();
      project.setBuffer(`/w/${name}`, files[name]);
      const before = await unitOf(project, name);
      spy.parsed = [];
      spy.lowered = 0;
      workspace.asked = 0;
      for (let at = 1; at <= 3; at++) {
        project.setBuffer(`/w/${name}`, edited + ' '.repeat(at));
        await unitOf(project, name);
      }
      assert.deepEqual(spy.parsed.map(short), [name, name, name]);
      assert.equal(spy.lowered, 3);
      assert.equal(workspace.asked, 0);
      const after = await unitOf(project, name);
      assert.notEqual(after, before);
      assert.equal(await unitOf(project, name), after);
      assert.equal(after.parsed(`/w/${name}`)?.text, `${edited}   `);
    });
  }

  it('gives the same unit when it changes nothing', async () => {
    const { project } = await open(files);
    const before = await unitOf(project, 'prisma/user.prisma');
    project.setBuffer('/w/prisma/user.prisma', files['prisma/user.prisma']);
    assert.equal(await unitOf(project, 'prisma/schema.prisma'), before);
  });

  it('in a schema gives its migrations a new source without reading them again', async () => {
    const { project, spy } = await open(files);
    const migration = 'prisma/migrations/20240101000000_a/migration.sql';
    const before = await unitOf(project, migration);
    project.setBuffer('/w/prisma/user.prisma', '// typed\n');
    const { lowered } = spy;
    const after = await unitOf(project, migration);
    assert.notEqual(after, before);
    assert.equal(after.schema, before.schema);
    assert.equal(after.source, await unitOf(project, 'prisma/user.prisma'));
    assert.equal(spy.lowered, lowered + 1);
  });
});

describe('buffers and the disk', () => {
  it('answers from the buffer until it is closed, then from the disk', async () => {
    const { project, workspace } = await open(files);
    const text = async (): Promise<string | undefined> => (await unitOf(project, 'prisma/user.prisma')).parsed('/w/prisma/user.prisma')?.text;
    project.setBuffer('/w/prisma/user.prisma', 'typed');
    workspace.files.set('/w/prisma/user.prisma', 'saved');
    await project.filesChanged(['/w/prisma/user.prisma']);
    assert.equal(await text(), 'typed');
    project.setBuffer('/w/prisma/user.prisma', undefined);
    assert.equal(await text(), 'saved');
  });

  it('reads again what changed on disk', async () => {
    const { project, workspace } = await open(files);
    await project.units();
    workspace.files.set('/w/src/schema.ts', `${files['src/schema.ts']}//`);
    await project.filesChanged(['/w/src/schema.ts']);
    assert.match((await unitOf(project, 'src/posts.ts')).parsed('/w/src/schema.ts')?.text ?? '', /\/\/$/);
  });

  it('takes in new files and folders and lets go of deleted ones', async () => {
    const { project, workspace } = await open(files);
    workspace.files.set('/w/prisma/migrations/20240103000000_c/migration.sql', 'SELECT 1;');
    await project.filesChanged(['/w/prisma/migrations/20240103000000_c']);
    assert.equal((await unitOf(project, 'prisma/migrations/20240103000000_c/migration.sql')).files.length, 3);
    for (const path of [...workspace.files.keys()]) if (path.startsWith('/w/prisma/migrations/2')) workspace.files.delete(path);
    await project.filesChanged(['/w/prisma/migrations']);
    assert.deepEqual(await project.unitsOf('/w/prisma/migrations/20240103000000_c/migration.sql'), []);
    assert.equal((await unitOf(project, 'prisma/schema.prisma')).facts.hasMigrations, false);
    assert.deepEqual(project.files().filter((path) => path.endsWith('.sql')), []);
  });

  it('takes a schema that a script pushes for one whose tables hold rows', async () => {
    const schema = { 'schema.prisma': 'datasource db {\n  provider = "postgresql"\n}\n' };
    const scripts = (script: string): string => JSON.stringify({ scripts: { 'db:sync': script } });
    const facts = async (script: string) => (await unitOf((await open({ ...schema, 'package.json': scripts(script) })).project, 'schema.prisma')).facts;
    assert.equal((await facts('prisma db push --accept-data-loss')).hasMigrations, true);
    assert.equal((await facts('prisma generate')).hasMigrations, false);
  });

  it('counts a file that is open but was never saved', async () => {
    const { project } = await open(files);
    project.setBuffer('/w/prisma/post.prisma', 'model Post {}');
    assert.equal((await unitOf(project, 'prisma/post.prisma')).files.length, 3);
    project.setBuffer('/w/prisma/post.prisma', undefined);
    assert.equal((await unitOf(project, 'prisma/schema.prisma')).files.length, 2);
  });

  it('knows the texts that were opened before the first scan', async () => {
    const { project } = await open(files, { roots: [] });
    project.setBuffer('/w/prisma/user.prisma', 'early');
    await project.setRoots(['/w']);
    assert.equal((await unitOf(project, 'prisma/user.prisma')).parsed('/w/prisma/user.prisma')?.text, 'early');
  });

  it('notices versions and settings that are typed', async () => {
    const { project } = await open(files);
    const migration = 'prisma/migrations/20240101000000_a/migration.sql';
    const model = async (): Promise<string | undefined> => (await unitOf(project, migration)).migration(`/w/${migration}`)?.transaction;
    assert.equal(await model(), 'none');
    project.setBuffer('/w/package.json', '{"dependencies": {"prisma": "6.0.0"}}');
    await project.filesChanged(['/w/package.json']);
    assert.equal(await model(), 'file-if-many');
  });
});

describe('roots', () => {
  it('serve a single file, understood beside the others', async () => {
    const { project } = await open(files, { roots: ['/w/prisma/migrations/20240102000000_b/migration.sql'] });
    assert.deepEqual(project.files().map(short), ['prisma/migrations/20240102000000_b/migration.sql']);
    const units = await project.units();
    assert.deepEqual(units.map(({ files: all }) => all.length), [2]);
    assert.equal(units[0]?.source?.language, 'prisma');
  });

  it('may be several, one inside another, or missing', async () => {
    const { project } = await open(files, { roots: ['/w/prisma', '/w/prisma/migrations', '/w/src', '/gone'] });
    assert.equal(project.files().length, 6);
    await project.setRoots(['/w/src']);
    assert.deepEqual(project.files().map(short), ['src/posts.ts', 'src/schema.ts']);
    await project.setRoots([]);
    assert.deepEqual(project.files(), []);
  });

  it('leave out what git ignores and what tools make', async () => {
    const { project } = await open({
      '.gitignore': '/scratch\n*.local.prisma\n',
      'sub/.gitignore': 'kept\n!a.local.prisma\n',
      'scratch/schema.prisma': schema,
      'b.local.prisma': schema,
      'sub/a.local.prisma': schema,
      'sub/kept/schema.prisma': schema,
      'node_modules/x/schema.prisma': schema,
      'dist/schema.prisma': schema,
      '.hidden/schema.prisma': schema,
    });
    assert.deepEqual(project.files().map(short), ['sub/a.local.prisma']);
    project.setBuffer('/w/dist/schema.prisma', schema);
    assert.deepEqual(await project.unitsOf('/w/dist/schema.prisma'), []);
  });

  const put = {
    'package.json': '{}',
    'fixtures/schema.prisma': schema,
    'test/schema.prisma': schema,
    'examples/a.sql': 'CREATE TABLE a (id int);',
    'docs/reference/schema.prisma': schema,
    'docs/a.sql': 'CREATE TABLE a (id int);',
    'apps/docs/package.json': '{}',
    'apps/docs/prisma/schema.prisma': schema,
    'src/__fixtures__/schema.prisma': schema,
    'src/__snapshots__/a.sql': 'CREATE TABLE a (id int);',
    'src/testdata/x/schema.prisma': schema,
    'src/testdata/y/schema.prisma': schema,
    'vendor/z/schema.prisma': schema,
  };

  it('leave out the material of tests and copies in documentation, and nothing else', async () => {
    const { project } = await open(put);
    assert.deepEqual(project.files().map(short), ['apps/docs/prisma/schema.prisma', 'examples/a.sql', 'fixtures/schema.prisma', 'test/schema.prisma']);
    project.setBuffer('/w/src/testdata/new.prisma', schema);
    assert.deepEqual(await project.unitsOf('/w/src/testdata/new.prisma'), []);
  });

  it('serve such a folder or file when it is a root, or named', async () => {
    const served = async (root: string, ...named: string[]): Promise<string[]> => {
      const { project } = await open(put, { roots: [root], ...(named.length > 0 && { named }) });
      return project.files().map(short);
    };
    assert.deepEqual(await served('/w/docs'), ['docs/a.sql', 'docs/reference/schema.prisma']);
    assert.deepEqual(await served('/w/docs/reference'), ['docs/reference/schema.prisma']);
    assert.deepEqual(await served('/w/src/testdata/x'), ['src/testdata/x/schema.prisma']);
    assert.deepEqual(await served('/w/src/__snapshots__/a.sql'), ['src/__snapshots__/a.sql']);
    const all = await served('/w', '/w/src/testdata/x', '/w/docs/a.sql', '/w/vendor/z/schema.prisma');
    assert.deepEqual(all.filter((path) => /testdata|docs\/[ar]|vendor/.test(path)), [
      'docs/a.sql',
      'src/testdata/x/schema.prisma',
      'vendor/z/schema.prisma',
    ]);
  });

  it('serve what git ignores when it is named, and nothing beside it', async () => {
    const ignored = { 'package.json': '{}', '.gitignore': 'gen/\nlocal.prisma\n', 'gen/a/schema.prisma': schema, 'gen/b/schema.prisma': schema, 'local.prisma': schema, 'x/local.prisma': schema };
    const served = async (...named: string[]): Promise<string[]> => (await open(ignored, { named })).project.files().map(short);
    assert.deepEqual(await served('/w'), []);
    assert.deepEqual(await served('/w/gen/a'), ['gen/a/schema.prisma']);
    assert.deepEqual(await served('/w/gen/b/schema.prisma', '/w/local.prisma'), ['gen/b/schema.prisma', 'local.prisma']);
  });

  it('take what git ignores into account again when that changes', async () => {
    const { project, workspace } = await open({ 'a/schema.prisma': schema });
    workspace.files.set('/w/.gitignore', 'a/');
    await project.filesChanged(['/w/.gitignore']);
    assert.deepEqual(project.files(), []);
  });
});

describe('a file outside every root', () => {
  it('works alone while it is open', async () => {
    const { project } = await open(files);
    project.setBuffer('/elsewhere/x.prisma', schema);
    project.setBuffer('/elsewhere/y.sql', 'CREATE TABLE a ();');
    project.setBuffer('/elsewhere/z.ts', 'const a = 1;');
    const [unit] = await project.unitsOf('/elsewhere/x.prisma');
    assert.deepEqual(unit?.files, ['/elsewhere/x.prisma']);
    assert.equal((await project.unitsOf('/elsewhere/y.sql'))[0]?.migration('/elsewhere/y.sql')?.runner, 'plain');
    assert.deepEqual(await project.unitsOf('/elsewhere/z.ts'), []);
    assert.deepEqual(await project.unitsOf('/elsewhere/never-opened.prisma'), []);
    project.setBuffer('/elsewhere/x.prisma', undefined);
    assert.deepEqual(await project.unitsOf('/elsewhere/x.prisma'), []);
  });
});

describe('trouble', () => {
  class Stubborn extends MemoryWorkspace {
    override read(path: string): Promise<string | undefined> {
      return path.includes('locked') ? Promise.reject(new Error('permission is denied.')) : super.read(path);
    }

    override list(path: string): ReturnType<MemoryWorkspace['list']> {
      return path.endsWith('/secret') ? Promise.reject(new Error('permission is denied.')) : super.list(path);
    }
  }

  it('with one file is said and costs no other', async () => {
    const notes: string[] = [];
    const { project, log } = await open({}, {
      workspace: new Stubborn({ '/w/a/schema.prisma': schema, '/w/b/locked.prisma': schema, '/w/c/secret/schema.prisma': schema, '/w/d/big.sql': `CREATE TABLE a ();${' '.repeat(5_000_001)}` }),
      note: (message) => notes.push(message),
    });
    assert.deepEqual(await unitsAsText(project), ['prisma: a/schema.prisma']);
    assert.deepEqual(log, ["/w/b/locked.prisma can't be read: permission is denied."]);
    assert.deepEqual(notes, ["/w/c/secret can't be listed: permission is denied.", '/w/d/big.sql is left alone: it is larger than 5 MB.']);
  });

  it('with a front end is said', async () => {
    const { spy } = await open({});
    const broken = { ...spy.frontEnd('prisma'), lower: () => { throw new Error('oops'); } };
    const mute = { ...spy.frontEnd('sql'), prepare: () => Promise.reject(new Error('gone')) };
    const { project, log } = await open(files, { frontEnds: [broken, mute] });
    assert.deepEqual(await unitsAsText(project), []);
    assert.deepEqual(log, ["prisma:/w/prisma/schema.prisma can't be read: oops", "The parser for sql can't be loaded: gone"]);
  });
});
