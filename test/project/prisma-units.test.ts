// Which .prisma files form one schema.
import assert from 'node:assert/strict';
import { readPrismaConfig } from '../../server/src/project/prisma-config';
import { open, unitOf, unitsAsText } from './helper';

const head = (provider = 'postgresql'): string => `datasource db {\n  provider = "${provider}"\n}\n`;
const model = (name: string): string => `model ${name} {\n  id Int @id\n}\n`;

describe('prisma units', () => {
  it('takes a file with a datasource and the files below it as one schema', async () => {
    const { project } = await open({
      'prisma/schema.prisma': head(),
      'prisma/models/user.prisma': model('User'),
      'prisma/models/deep/post.prisma': model('Post'),
    });
    assert.deepEqual(await unitsAsText(project), ['prisma: prisma/models/deep/post.prisma, prisma/models/user.prisma, prisma/schema.prisma']);
  });

  it('joins an empty stub to the real folder beside it', async () => {
    const { project } = await open({
      'prisma/schema.prisma': '// moved to schema/\n',
      'prisma/schema/schema.prisma': head(),
      'prisma/schema/user.prisma': model('User'),
    });
    assert.deepEqual(await unitsAsText(project), ['prisma: prisma/schema.prisma, prisma/schema/schema.prisma, prisma/schema/user.prisma']);
  });

  it('keeps the variants of two providers apart, beside each other and in folders', async () => {
    const { project } = await open({
      'a/postgresql/schema.prisma': head() + model('User'),
      'a/mysql/schema.prisma': head('mysql') + model('User'),
      'b/pg.prisma': head() + model('User'),
      'b/my.prisma': head('mysql') + model('User'),
      'b/shared.prisma': model('Other'),
    });
    assert.deepEqual(await unitsAsText(project), [
      'prisma: a/mysql/schema.prisma',
      'prisma: a/postgresql/schema.prisma',
      'prisma: b/my.prisma',
      'prisma: b/pg.prisma',
      'prisma: b/shared.prisma',
    ]);
  });

  it('does not merge copies of the same models', async () => {
    const { project } = await open({
      'prisma/schema.prisma': head() + model('User'),
      'prisma/archive/old.prisma': model('User'),
      'prisma/extra.prisma': model('Post'),
    });
    assert.deepEqual(await unitsAsText(project), ['prisma: prisma/archive/old.prisma', 'prisma: prisma/extra.prisma, prisma/schema.prisma']);
  });

  it('does not reach across packages, and lets a file without any datasource stand alone', async () => {
    const { project } = await open({
      'package.json': '{}',
      'schema.prisma': head() + model('Root'),
      'packages/a/package.json': '{}',
      'packages/a/user.prisma': model('User'),
    });
    assert.deepEqual(await unitsAsText(project), ['prisma: packages/a/user.prisma', 'prisma: schema.prisma']);
  });

  it('follows prisma.config.ts, package.json and npm scripts to a folder', async () => {
    const files = {
      'db/base/main.prisma': head(),
      'db/models/user.prisma': model('User'),
    };
    const whole = ['prisma: db/base/main.prisma, db/models/user.prisma'];
    assert.notDeepEqual(await unitsAsText((await open({ 'package.json': '{}', ...files, 'db/models/x/y.prisma': '' })).project), whole);
    const config = { 'package.json': '{}', 'prisma.config.ts': `export default defineConfig({ schema: path.join(__dirname, 'db') })` };
    assert.deepEqual(await unitsAsText((await open({ ...files, ...config })).project), whole);
    assert.deepEqual(await unitsAsText((await open({ ...files, 'package.json': '{"prisma": {"schema": "./db"}}' })).project), whole);
    assert.deepEqual(await unitsAsText((await open({ ...files, 'package.json': '{"scripts": {"g": "prisma generate --schema=./db"}}' })).project), whole);
    assert.deepEqual(await unitsAsText((await open({ ...files, 'package.json': '{}', '.config/prisma.ts': `export default { schema: 'db' }` })).project), whole);
  });

  it('survives configuration that names what is not there', async () => {
    const { project } = await open({
      'package.json': '{"prisma": {"schema": "gone.prisma", "seed": "x"}, "peerDependencies": {"prisma": "*"}}',
      'prisma.config.mjs': `export default { schema: '/app/prisma/schema.prisma' }`,
      'prisma/schema.prisma': head(),
    });
    assert.deepEqual(await unitsAsText(project), ['prisma: prisma/schema.prisma']);
  });

  it('leaves Prisma 8 and generated clients alone', async () => {
    const { project } = await open({
      'src/contract.prisma': model('User'),
      'new/schema.prisma': `// use prisma-next\n${model('User')}`,
      'newer/schema.prisma': `// use prisma-8\n${model('User')}`,
      'src/generated/schema.prisma': head(),
      'src/generated/index-browser.js': '',
    });
    assert.deepEqual(await unitsAsText(project), []);
  });

  it('knows a file about contracts by the datasource beside it', async () => {
    const { project } = await open({ 'prisma/schema.prisma': head(), 'prisma/contract.prisma': model('Contract') });
    assert.deepEqual(await unitsAsText(project), ['prisma: prisma/contract.prisma, prisma/schema.prisma']);
  });

  it('moves a file to its schema when its datasource is typed or removed', async () => {
    const { project } = await open({ 'prisma/schema.prisma': head(), 'prisma/user.prisma': model('User') });
    project.setBuffer('/w/prisma/user.prisma', head() + model('User'));
    assert.deepEqual((await unitOf(project, 'prisma/user.prisma')).files, ['/w/prisma/user.prisma']);
    project.setBuffer('/w/prisma/user.prisma', model('User'));
    assert.equal((await unitOf(project, 'prisma/user.prisma')).files.length, 2);
  });

  it('gives the migrations to the schema that they are written from', async () => {
    const { project } = await open({
      'package.json': '{"devDependencies": {"prisma": "^6.1.0"}}',
      'db/postgresql/schema.prisma': head() + model('User'),
      'db/postgresql/migrations/migration_lock.toml': 'provider = "postgresql"',
      'db/postgresql/migrations/20240101000000_init/migration.sql': 'CREATE TABLE "User" (id int);',
      'db/mysql/schema.prisma': head('mysql') + model('User'),
    });
    const migrations = await unitOf(project, 'db/postgresql/migrations/20240101000000_init/migration.sql');
    const schema = await unitOf(project, 'db/postgresql/schema.prisma');
    assert.equal(migrations.source, schema);
    assert.equal(schema.facts.hasMigrations, true);
    assert.equal((await unitOf(project, 'db/mysql/schema.prisma')).facts.hasMigrations, false);
  });
});

describe('prisma.config.ts', () => {
  const schema = (text: string): string | undefined => readPrismaConfig(text).schema;

  it('is read without being run', () => {
    assert.equal(schema(`export default { schema: "a/b.prisma" }`), 'a/b.prisma');
    assert.equal(schema(`export default defineConfig({ schema: path.join(__dirname, "prisma", 'schema') })`), 'prisma/schema');
    assert.equal(schema(`export default { schema: join(import.meta.dirname, 'prisma') }`), 'prisma');
    assert.equal(schema('export default { schema: `${__dirname}/prisma` }'), 'prisma');
    assert.equal(schema(`const schema = './x';\nexport default { schema, seed: 1 }`), './x');
    assert.equal(schema(`const where = path.resolve('db');\nexport default { schema: where }`), 'db');
    assert.equal(schema(`export default { schema: fileURLToPath(new URL('./p', import.meta.url)) }`), './p');
  });

  it('says nothing where the text does not', () => {
    assert.equal(schema(`export default { migrations: { path: 'm' } }`), undefined);
    assert.equal(schema(`export default { schema: process.env.SCHEMA }`), undefined);
    assert.equal(schema(`export default { schema: path.join(base(), 'x') }`), undefined);
    assert.equal(schema(`// schema: 'a'\nexport default {}`), undefined);
    assert.equal(schema(''), undefined);
    assert.equal(schema(`const schema = schema;\nexport default { schema }`), undefined);
  });

  it('names the folder of the migrations', () => {
    assert.equal(readPrismaConfig(`export default { schema: 'x', migrations: { seed: 's', path: 'db/m' } }`).migrations, 'db/m');
  });
});
