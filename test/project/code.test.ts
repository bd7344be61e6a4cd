// Application code in a project: which files are served, with which schema, and when they are read.
import assert from 'node:assert/strict';
import { editsOf } from '../../server/src/ide/fixes';
import { bench, places } from '../ide/support';
import { applyEdits } from '../../server/src/text/edit';

const MODEL = `datasource db {
  provider = "postgresql"
}

model Account {
  id             String @id @default(uuid(7)) @db.Uuid
  organizationId String @db.Uuid
  status         String
}
`;
const QUERY = `import { prisma } from './client';
export const read = (id: string) => prisma.account.findMany({ where: { status: 'open' } });
`;
const rules = { 'query-without-tenant': 'warning' } as const;
const shop = { '/w/package.json': '{ "dependencies": { "@prisma/client": "6.16.0" } }', '/w/prisma/schema.prisma': MODEL, '/w/src/accounts.ts': QUERY };

describe('application code', () => {
  it('is a unit a file, beside the schema of its package', async () => {
    const { project, report } = await bench(shop, { settings: { rules } });
    const [unit] = await project.unitsOf('/w/src/accounts.ts');
    assert.equal(unit?.id, 'code:/w/src/accounts.ts');
    assert.deepEqual(unit.database?.files, ['/w/prisma/schema.prisma']);
    assert.equal(unit.schema.dialect, 'postgresql');
    assert.deepEqual(places(await report('/w/src/accounts.ts')), ['query-without-tenant 2:52']);
  });

  it('works with the schema of a package that its own depends on', async () => {
    const { project } = await bench({
      '/w/package.json': '{}',
      '/w/packages/db/package.json': '{ "name": "@shop/db", "dependencies": { "@prisma/client": "6.16.0" } }',
      '/w/packages/db/prisma/schema.prisma': MODEL,
      '/w/packages/other/package.json': '{ "name": "@shop/other" }',
      '/w/packages/other/schema.prisma': MODEL.replace('Account', 'Other'),
      '/w/packages/core/package.json': '{ "name": "@shop/core", "dependencies": { "@shop/db": "workspace:*" } }',
      '/w/apps/web/package.json': '{ "dependencies": { "@shop/core": "workspace:*" } }',
      '/w/apps/web/accounts.ts': QUERY,
      '/w/apps/docs/package.json': '{}',
      '/w/apps/docs/accounts.ts': QUERY,
    });
    const [unit] = await project.unitsOf('/w/apps/web/accounts.ts');
    assert.deepEqual(unit?.database?.files, ['/w/packages/db/prisma/schema.prisma']);
    assert.deepEqual(await project.unitsOf('/w/apps/docs/accounts.ts'), []);
  });

  it('leaves tests, types and files without queries alone', async () => {
    const { project } = await bench({ ...shop, '/w/src/accounts.test.ts': QUERY, '/w/tests/accounts.ts': QUERY, '/w/src/plain.ts': 'export const a = 1;' });
    for (const path of ['/w/src/accounts.test.ts', '/w/tests/accounts.ts', '/w/src/plain.ts']) assert.deepEqual(await project.unitsOf(path), []);
    await project.readCode();
    assert.deepEqual(project.files(), ['/w/prisma/schema.prisma', '/w/src/accounts.ts']);
  });

  it('is served with a Drizzle schema in the same file', async () => {
    const text = `import { pgTable, text, uuid } from 'drizzle-orm/pg-core';
export const accounts = pgTable('accounts', { id: uuid('id').primaryKey(), organizationId: uuid('organization_id').notNull() });
export const read = () => db.select().from(accounts);
`;
    const { project, report } = await bench({ '/w/db.ts': text }, { settings: { profile: 'minimal', rules } });
    assert.deepEqual((await project.unitsOf('/w/db.ts')).map(({ language }) => language), ['drizzle', 'code']);
    assert.deepEqual(places(await report('/w/db.ts')), ['query-without-tenant 3:30']);
  });

  it('is not read before somebody asks', async () => {
    const { project, disk } = await bench(shop);
    const asked: string[] = [];
    const read = disk.read.bind(disk);
    disk.read = (path) => (asked.push(path), read(path));
    assert.deepEqual(project.files(), ['/w/prisma/schema.prisma']);
    await project.unitsOf('/w/prisma/schema.prisma');
    assert.deepEqual(asked, []);
    await project.unitsOf('/w/src/accounts.ts');
    assert.deepEqual(asked, ['/w/src/accounts.ts']);
  });

  it('follows the editor, the schema and the disk', async () => {
    const { project, workspace, report } = await bench(shop, { settings: { rules } });
    const path = '/w/src/accounts.ts';
    const found = async () => places(await report(path)).length;
    assert.equal(await found(), 1);
    project.setBuffer(path, QUERY.replace("status: 'open'", 'organizationId'));
    assert.equal(await found(), 0);
    project.setBuffer(path, QUERY);
    project.setBuffer('/w/prisma/schema.prisma', MODEL.replace('organizationId String', 'ownerId String'));
    assert.equal(await found(), 0);
    project.setBuffer('/w/prisma/schema.prisma', MODEL);
    assert.equal(await found(), 1);
    project.setBuffer(path, undefined);
    workspace.write(path, 'export {};');
    await project.filesChanged([path]);
    assert.deepEqual(await project.unitsOf(path), []);
  });

  it('stays the same unit while nothing in it or in its schema changes', async () => {
    const { project } = await bench(shop);
    const [first] = await project.unitsOf('/w/src/accounts.ts');
    assert.equal((await project.unitsOf('/w/src/accounts.ts'))[0], first);
    project.setBuffer('/w/prisma/schema.prisma', `${MODEL}\n`);
    const [second] = await project.unitsOf('/w/src/accounts.ts');
    assert.equal(second?.schema, first?.schema);
  });

  it('gives its literals to fixes, once it has been read for them', async () => {
    const { project } = await bench({ ...shop, '/w/src/close.ts': `export const close = () => prisma.account.updateMany({ data: { status: cond ? 'closed' : 'lost' } });` });
    const [unit] = await project.unitsOf('/w/prisma/schema.prisma');
    const column = unit?.schema.tables[0]?.columns.find(({ name }) => name === 'status');
    assert.ok(unit?.writeContext.literals && column);
    assert.equal(await project.readWantedCode(), false);
    assert.deepEqual(unit.writeContext.literals(column), []);
    assert.equal(await project.readWantedCode(), true);
    assert.deepEqual(unit.writeContext.literals(column), ['open', 'closed', 'lost']);
    assert.equal(await project.readWantedCode(), false);
  });

  it('tells fixes whether it writes what it does not spell out', async () => {
    const others = async (data: string): Promise<unknown> => {
      const { project } = await bench({ ...shop, '/w/src/close.ts': `export const close = (status: string) => prisma.account.updateMany({ data: ${data} });` });
      const [unit] = await project.unitsOf('/w/prisma/schema.prisma');
      const column = unit?.schema.tables[0]?.columns.find(({ name }) => name === 'status');
      assert.ok(unit?.writeContext.writesOthers && column);
      assert.equal(unit.writeContext.writesOthers(column), false);
      assert.equal(await project.readWantedCode(), true);
      return unit.writeContext.writesOthers(column);
    };
    assert.equal(await others('{ status }'), true);
    assert.equal(await others('{ status: toStatus(status) }'), true);
    assert.equal(await others("{ status: 'lost' }"), false);
    assert.equal(await others('{ name: status }'), false);
  });

  it('is waited for where a rule judges tables by it, which points to it', async () => {
    const text = `export async function add(id: string) {
  const account = await prisma.account.findUnique({ where: { id } });
  await prisma.account.update({ where: { id }, data: { status: account.status + '!' } });
}
`;
    const { project, report, analysis } = await bench({ ...shop, '/w/src/accounts.ts': text }, { settings: { profile: 'minimal', rules: { 'missing-version': 'info' } } });
    const own = await report('/w/prisma/schema.prisma');
    const [finding] = own.findings;
    assert.equal(finding?.related?.[0]?.at.file, '/w/src/accounts.ts');
    assert.equal(own.units[0]?.parsed('/w/src/accounts.ts')?.text, text);
    const fix = finding.fixes?.[0];
    const unit = analysis.unitOf(own, finding);
    assert.match(applyEdits(MODEL, (fix && unit && editsOf(fix, unit)) ?? []), /version +Int +@default\(1\)/);
    assert.equal(await report('/w/prisma/schema.prisma'), own);
    project.setBuffer('/w/src/accounts.ts', text.replace("account.status + '!'", "'closed'"));
    assert.deepEqual((await report('/w/prisma/schema.prisma')).findings, []);
  });
});
