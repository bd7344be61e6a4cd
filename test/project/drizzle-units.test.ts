// Which files form a Drizzle schema, and which modules its imports reach.
import assert from 'node:assert/strict';
import { open, short, unitOf, unitsAsText } from './helper';

const pg = (name: string): string => `import { pgTable } from 'drizzle-orm/pg-core';\nexport const ${name} = pgTable('${name}', {});\n`;
const depends = '{"dependencies": {"drizzle-orm": "0.45.0"}}';

describe('drizzle units', () => {
  it('are those of one package, one dialect each', async () => {
    const { project } = await open({
      'packages/a/package.json': depends,
      'packages/a/src/users.ts': pg('users'),
      'packages/a/src/posts.ts': pg('posts'),
      'packages/a/src/lite.ts': pg('lite').replace('pg-core', 'sqlite-core'),
      'packages/a/src/relations.ts': `import { relations } from 'drizzle-orm';`,
      'packages/a/src/other.ts': 'export const x = 1;',
      'packages/b/package.json': depends,
      'packages/b/x.ts': pg('x'),
    });
    assert.deepEqual(await unitsAsText(project), [
      'drizzle: packages/a/src/lite.ts',
      'drizzle: packages/a/src/posts.ts, packages/a/src/relations.ts, packages/a/src/users.ts',
      'drizzle: packages/b/x.ts',
    ]);
  });

  it('keep helpers of tests and generated copies of the same tables apart', async () => {
    const { project } = await open({
      'package.json': depends,
      'src/schema.ts': pg('users') + pg('posts'),
      'auth-schema.ts': pg('users'),
      'tests/b.ts': pg('users'),
      'fixtures/c.ts': pg('users'),
      'examples/d.ts': pg('users'),
    });
    assert.deepEqual(await unitsAsText(project), [
      'drizzle: auth-schema.ts',
      'drizzle: examples/d.ts',
      'drizzle: fixtures/c.ts',
      'drizzle: src/schema.ts',
      'drizzle: tests/b.ts',
    ]);
  });

  it('leave out copies that the Drizzle configuration does not name', async () => {
    const files = {
      'package.json': depends,
      'src/db/schema.ts': pg('users'),
      'auth-schema.ts': pg('users') + pg('sessions'),
      'src/queue.ts': pg('jobs'),
    };
    const config = (schema: string): string => `import { defineConfig } from 'drizzle-kit';\nexport default defineConfig({ dialect: 'postgresql', schema: ${schema} });\n`;
    const left = ['drizzle: src/db/schema.ts, src/queue.ts'];
    for (const schema of ["'./src/db/schema.ts'", "['./src/db/*']", "'src/db'", '"./src/db/schema"']) {
      const { project } = await open({ ...files, 'drizzle.config.ts': config(schema) });
      assert.deepEqual(await unitsAsText(project), left, schema);
    }
    for (const schema of ['schemaPath', "['./src/db/schema.ts', './auth-schema.ts']", "'./dist/schema.js'"]) {
      const { project } = await open({ ...files, 'drizzle.config.ts': config(schema) });
      assert.equal((await unitsAsText(project)).join().includes('auth-schema.ts'), true, schema);
    }
  });

  it('only describe the migrations of another tool where they can generate none', async () => {
    const files = {
      'package.json': depends,
      'src/schema.ts': pg('users'),
      'supabase/migrations/20240101000000_init.sql': 'CREATE TABLE users (id uuid PRIMARY KEY);',
    };
    const sourceOf = async (more: Record<string, string>): Promise<string | undefined> => {
      const { project } = await open({ ...files, ...more });
      return (await unitOf(project, 'src/schema.ts')).source?.language;
    };
    assert.equal(await sourceOf({}), 'sql');
    assert.equal(await sourceOf({ 'package.json': '{"dependencies": {"drizzle-orm": "0.45.0"}, "devDependencies": {"drizzle-kit": "0.31.0"}}' }), undefined);
  });

  it('leave tests out, unless one is asked for by name', async () => {
    const files = {
      'package.json': depends,
      'src/schema.ts': pg('users'),
      'src/a.test.ts': pg('users'),
      'src/b.spec.tsx': pg('posts'),
      'src/__tests__/c.ts': pg('posts'),
      'src/__mocks__/d.ts': pg('posts'),
    };
    assert.deepEqual(await unitsAsText((await open(files)).project), ['drizzle: src/schema.ts']);
    for (const name of ['src/a.test.ts', 'src/b.spec.tsx', 'src/__tests__/c.ts', 'src/__mocks__/d.ts']) {
      const { project } = await open(files, { named: [`/w/${name}`] });
      assert.equal((await unitOf(project, name)).files.includes(`/w/${name}`), true, name);
    }
  });

  it("leave a script's copies of the package's tables out, but not tables of its own", async () => {
    const files = {
      'package.json': depends,
      'src/users.ts': pg('users'),
      'src/posts.ts': pg('posts'),
      'scripts/copy.ts': pg('users') + pg('posts'),
      'scripts/own.ts': pg('queue'),
      'src/scripts/mixed.ts': pg('users') + pg('jobs') + pg('runs'),
      'src/scripts/outdated.ts': pg('users') + pg('posts') + pg('once'),
    };
    assert.deepEqual(await unitsAsText((await open(files)).project), [
      'drizzle: scripts/own.ts, src/posts.ts, src/users.ts',
      'drizzle: src/scripts/mixed.ts',
    ]);
    const { project } = await open(files, { named: ['/w/scripts/copy.ts'] });
    assert.equal((await unitOf(project, 'scripts/copy.ts')).language, 'drizzle');
  });

  it('are looked for in packages that know Drizzle, and behind telling names anywhere', async () => {
    const { project } = await open({
      'package.json': '{}',
      'src/quiet.ts': pg('quiet'),
      'db/schema.ts': pg('users'),
    });
    assert.deepEqual(await unitsAsText(project), ['drizzle: db/schema.ts']);
  });

  it('appear while the import is typed', async () => {
    const { project } = await open({ 'package.json': depends, 'src/schema.ts': '' });
    assert.deepEqual(await project.unitsOf('/w/src/schema.ts'), []);
    project.setBuffer('/w/src/schema.ts', pg('users'));
    assert.equal((await unitOf(project, 'src/schema.ts')).language, 'drizzle');
  });
});

describe('modules', () => {
  /** What is at hand of the given modules when `from` is served. */
  async function reached(files: Readonly<Record<string, string>>, from: string): Promise<string[]> {
    const { project } = await open({ 'package.json': depends, ...files });
    const unit = await unitOf(project, from);
    return Object.keys(files).filter((name) => name !== from && unit.parsed(`/w/${name}`)).sort();
  }

  it('are reached by relative paths, barrels and folders, in every spelling', async () => {
    const files = {
      'src/schema.ts': `${pg('users')}import { a } from './barrel.js'; import { b } from './folder'; import { c } from '../up';`,
      'src/barrel.ts': `export * from './deep';`,
      'src/deep.tsx': `export const a = 1;`,
      'src/folder/index.ts': 'export const b = 1;',
      'up.mts': 'export const c = 1;',
      'src/unused.ts': '',
    };
    assert.deepEqual(await reached(files, 'src/schema.ts'), ['src/barrel.ts', 'src/deep.tsx', 'src/folder/index.ts', 'up.mts']);
  });

  it('are reached by aliases of tsconfig.json, inherited ones too', async () => {
    const files = {
      'tsconfig.json': '{ "extends": "./config/base", /* comment */ "compilerOptions": {}, }',
      'config/base.json': '{"compilerOptions": {"paths": {"@/*": ["../src/*"], "exact": ["../src/exact.ts"]}}}',
      'src/schema.ts': `${pg('users')}import '@/x'; import { a } from '@/a'; import { e } from 'exact'; import { n } from '@/none';`,
      'src/a.ts': '',
      'src/exact.ts': '',
    };
    const withName = { ...files, 'tsconfig.base.json': files['config/base.json'].replaceAll('../', './'), 'tsconfig.json': '{"extends": "./tsconfig.base.json"}' };
    assert.deepEqual(await reached(withName, 'src/schema.ts'), ['src/a.ts', 'src/exact.ts']);
  });

  it('are reached by baseUrl and by the imports of package.json', async () => {
    const files = {
      'package.json': '{"dependencies": {"drizzle-orm": "1"}, "imports": {"#db/*": "./src/db/*.js"}}',
      'tsconfig.json': '{"compilerOptions": {"baseUrl": "src"}}',
      'src/schema.ts': `${pg('users')}import { a } from 'lib/a'; import { b } from '#db/b';`,
      'src/lib/a.ts': '',
      'src/db/b.ts': '',
    };
    assert.deepEqual(await reached(files, 'src/schema.ts'), ['src/db/b.ts', 'src/lib/a.ts']);
  });

  it('are reached in packages of the workspace, through exports, build output and plain folders', async () => {
    const files = {
      'apps/web/package.json': depends,
      'apps/web/schema.ts': `${pg('users')}import { a } from '@w/a'; import { s } from '@w/a/sub'; import { b } from '@w/b'; import { c } from '@w/b/src/c'; import { z } from 'zod';`,
      'packages/a/package.json': '{"name": "@w/a", "exports": {".": {"types": "./dist/index.d.ts", "default": "./dist/index.js"}, "./*": "./src/*.ts"}}',
      'packages/a/src/index.ts': '',
      'packages/a/src/sub.ts': '',
      'packages/b/package.json': '{"name": "@w/b", "main": "index.ts"}',
      'packages/b/index.ts': '',
      'packages/b/src/c.ts': '',
    };
    assert.deepEqual(await reached(files, 'apps/web/schema.ts'), ['packages/a/src/index.ts', 'packages/a/src/sub.ts', 'packages/b/index.ts', 'packages/b/src/c.ts']);
  });

  it('that change, come or go make the schema new', async () => {
    const { project, workspace } = await open({ 'package.json': depends, 'src/schema.ts': `${pg('users')}import { a } from './a'; import { b } from './b';`, 'src/a.ts': 'old' });
    const at = async (name: string): Promise<string | undefined> => (await unitOf(project, 'src/schema.ts')).parsed(`/w/src/${name}`)?.text;
    assert.deepEqual([await at('a.ts'), await at('b.ts')], ['old', undefined]);
    project.setBuffer('/w/src/a.ts', 'typed');
    assert.equal(await at('a.ts'), 'typed');
    workspace.files.set('/w/src/b.ts', 'new');
    await project.filesChanged(['/w/src/b.ts']);
    assert.equal(await at('b.ts'), 'new');
    assert.deepEqual((await unitOf(project, 'src/schema.ts')).files.map(short), ['src/schema.ts']);
  });
});
