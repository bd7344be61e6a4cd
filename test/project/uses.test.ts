// What migrations take away and code still uses: which places are found, when the code is read for it, and what follows edits.
import assert from 'node:assert/strict';
import type { FileReport } from '../../server/src/ide/analysis';
import type { Configuration } from '../../server/src/linter/settings';
import { bench } from '../ide/support';

const MODEL = `datasource db {
  provider = "postgresql"
}

model User {
  id    Int    @id
  email String @unique
}
`;
const INIT = '/w/prisma/migrations/20260101000000_init/migration.sql';
const DROP = '/w/prisma/migrations/20260102000000_drop/migration.sql';
const CODE = '/w/src/users.ts';
const SCHEMA = '/w/prisma/schema.prisma';
const USE = 'export const faxes = () => prisma.user.findMany({ select: { fax: true } });\n';
const files = {
  '/w/package.json': '{ "dependencies": { "@prisma/client": "6.16.0" } }',
  [SCHEMA]: MODEL,
  '/w/prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
  [INIT]: 'CREATE TABLE "User" ("id" INTEGER NOT NULL, "email" TEXT NOT NULL, "fax" TEXT, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));\n',
  [DROP]: 'ALTER TABLE "User" DROP COLUMN "fax";\n',
  [CODE]: USE,
};

/** Severity and places of the findings about the dropped column. */
function dropped({ findings }: FileReport): string[] {
  const own = findings.filter(({ rule }) => rule === 'drop-column');
  return own.map(({ severity, related = [] }) => [severity, ...related.map(({ at }) => at.file)].join(' '));
}

async function asked(settings: Configuration, opened: string, changed: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const { disk, report } = await bench({ ...files, ...changed }, { settings });
  const read: string[] = [];
  const original = disk.read.bind(disk);
  disk.read = (path) => (read.push(path), original(path));
  await report(opened);
  return read.filter((path) => path.endsWith('.ts'));
}

describe('what a migration drops', () => {
  it('is an error where code still uses it, which follows every edit', async () => {
    const { project, report } = await bench(files);
    const first = await report(DROP);
    assert.deepEqual(dropped(first), [`error ${CODE}`]);
    assert.equal(first.units[0]?.parsed(CODE)?.text, USE);
    assert.equal(await report(DROP), first);
    project.setBuffer(CODE, USE.replace('fax:', 'email:'));
    assert.deepEqual(dropped(await report(DROP)), ['warning']);
    project.setBuffer(SCHEMA, MODEL.replace('@unique', '@unique\n  fax String?'));
    const declared = await report(DROP);
    assert.deepEqual(dropped(declared), [`error ${SCHEMA}`]);
    assert.match(declared.units[0]?.parsed(SCHEMA)?.text ?? '', /fax/);
    project.setBuffer(CODE, USE);
    assert.deepEqual(dropped(await report(DROP)), [`error ${SCHEMA} ${CODE}`]);
    project.setBuffer(DROP, 'ALTER TABLE "User" DROP COLUMN "fax", ADD COLUMN "fax" INTEGER;\n');
    assert.deepEqual(dropped(await report(DROP)), ['warning']);
  });

  it('stays silent where the rule is off, and an error where it is only told of', async () => {
    assert.deepEqual(dropped(await (await bench(files, { settings: { rules: { 'drop-column': 'off' } } })).report(DROP)), []);
    assert.deepEqual(dropped(await (await bench(files, { settings: { rules: { 'drop-column': 'info' } } })).report(DROP)), [`error ${CODE}`]);
  });

  it('has code read only where something is dropped, and not for a schema', async () => {
    const only = { profile: 'minimal', rules: { 'drop-column': 'warning' } } as const;
    assert.deepEqual(await asked(only, SCHEMA), []);
    assert.deepEqual(await asked(only, DROP), [CODE]);
    assert.deepEqual(await asked(only, DROP, { [DROP]: 'ALTER TABLE "User" ADD COLUMN "age" INTEGER;\n' }), []);
    assert.deepEqual(await asked(only, DROP, { [DROP]: 'CREATE TABLE "Pick" ("id" INTEGER); ALTER TABLE "Pick" DROP COLUMN "id";\n' }), []);
    assert.deepEqual(await asked({ profile: 'minimal' }, DROP), []);
  });

  it('lists ten places, and says how many more there are', async () => {
    const { report } = await bench({ ...files, [CODE]: Array.from({ length: 12 }, (_, at) => USE.replace('faxes', `faxes${at}`)).join('') });
    const [finding] = (await report(DROP)).findings.filter(({ rule }) => rule === 'drop-column');
    assert.equal(finding?.related?.length, 10);
    assert.match(finding.message, /in 12 places \(10 are listed, and 2 more\)/);
  });

  it('is looked for in a package that depends on that of the schema', async () => {
    const { report } = await bench({
      '/w/package.json': '{}',
      '/w/packages/db/package.json': '{ "name": "@shop/db", "dependencies": { "@prisma/client": "6.16.0" } }',
      '/w/packages/db/prisma/schema.prisma': MODEL,
      '/w/packages/db/prisma/migrations/20260101000000_init/migration.sql': files[INIT],
      '/w/packages/db/prisma/migrations/20260102000000_drop/migration.sql': files[DROP],
      '/w/apps/web/package.json': '{ "dependencies": { "@shop/db": "workspace:*" } }',
      '/w/apps/web/users.ts': USE,
      '/w/apps/other/package.json': '{ "dependencies": { "@prisma/client": "6.16.0" } }',
      '/w/apps/other/prisma/schema.prisma': MODEL,
      '/w/apps/other/users.ts': USE,
    });
    assert.deepEqual(dropped(await report('/w/packages/db/prisma/migrations/20260102000000_drop/migration.sql')), ['error /w/apps/web/users.ts']);
  });
});
