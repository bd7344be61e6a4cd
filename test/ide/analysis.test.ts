// Which finding is told in which file, and which is not told at all.
import assert from 'node:assert/strict';
import { Analysis, type FileReport } from '../../server/src/ide/analysis';
import { registry } from '../../server/src/lsp/defaults';
import { bench, places } from './support';

const SCHEMA = '/w/prisma/schema.prisma';
const MIGRATION = '/w/prisma/migrations/20240101000000_init/migration.sql';
const prisma = 'datasource db {\n  provider = "postgresql"\n}\n\nmodel User {\n  id   String @id @db.Uuid\n  name String @db.VarChar(20)\n}\n';
const files = {
  [SCHEMA]: prisma,
  '/w/prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
  [MIGRATION]: 'CREATE TABLE "User" ("id" UUID NOT NULL, "name" VARCHAR(20) NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));\nCREATE TABLE "Other" ("id" UUID PRIMARY KEY, "name" VARCHAR(20));\n',
};

describe('analysis', () => {
  it('sorts by place and keeps the report while nothing changes', async () => {
    const { report, project } = await bench(files);
    const first = await report(SCHEMA);
    assert.deepEqual(places(first), ['limited-varchar 7:15']);
    assert.equal(await report(SCHEMA), first);
    project.setBuffer(SCHEMA, `\n\n${prisma}`);
    assert.deepEqual(places(await report(SCHEMA)), ['limited-varchar 9:15']);
  });
  it('says once, in the schema, what the author can mend there', async () => {
    const { report } = await bench(files);
    assert.deepEqual(places(await report(MIGRATION)), ['limited-varchar 2:53']);
  });
  it('hears suppressions, and reports those that silence nothing', async () => {
    const { report, project } = await bench(files);
    project.setBuffer(SCHEMA, prisma.replace('  name', '  // schema-bible-disable-next-line limited-varchar, naive-timestamp\n  name'));
    assert.deepEqual(places(await report(SCHEMA)), ['unused-suppression 7:54']);
  });
  it('tells nothing of rollbacks', async () => {
    const path = '/w/db/migrations/20240101000000_init.sql';
    const { report } = await bench({ [path]: '-- migrate:up\nDROP TABLE a;\n\n-- migrate:down\nCREATE TABLE a (id bigint PRIMARY KEY, at timestamp);\n' });
    assert.deepEqual(places(await report(path)), []);
  });
  it('keeps fix-all away from migrations that the main branch has, even where they are shown', async () => {
    const path = '/w/db/migrations/20240101000000_init.sql';
    const text = '-- migrate:up\nCREATE TABLE a (id bigint PRIMARY KEY, at timestamp);\n-- migrate:down\n';
    const { project, report } = await bench({ [path]: text }, { settings: { migrations: { lint: 'all' } } });
    const kinds = ({ findings }: FileReport): string[] => findings.flatMap(({ rule, fixes = [] }) => fixes.map(({ kind }) => `${rule} ${kind}`));
    assert.ok(kinds(await report(path)).includes('naive-timestamp safe'));
    const committed = {
      unitsOf: async (asked: string) =>
        (await project.unitsOf(asked)).map((unit) => {
          const own = unit.migration(path);
          return { ...unit, migration: () => own && { ...own, committed: true } };
        }),
    };
    const analysis = new Analysis({ project: committed, registry, log: () => undefined });
    const shown = await analysis.report(path);
    assert.ok(shown && kinds(shown).includes('naive-timestamp review'));
    assert.ok(!kinds(shown).some((kind) => kind.endsWith('safe')));
  });
  it('knows nothing of files that belong to no schema', async () => {
    const { analysis } = await bench({ '/w/a.ts': 'export {};\n' });
    assert.equal(await analysis.report('/w/a.ts'), undefined);
    assert.equal(await analysis.report('/w/none.prisma'), undefined);
  });
  it('finds nothing new after thousands of tables were pushed down', async () => {
    const model = (n: number): string => `model M${n} {\n  id String @id\n  at DateTime\n}\n`;
    const many = prisma + Array.from({ length: 300 }, (_, n) => model(n)).join('\n');
    const { report, project } = await bench({ [SCHEMA]: many });
    const before = await report(SCHEMA);
    project.setBuffer(SCHEMA, `// é😀\n${many}`);
    const after = await report(SCHEMA);
    assert.notEqual(after, before);
    const same = after.findings.filter((finding, at) => finding === before.findings[at]).length;
    assert.equal(same, before.findings.length);
    assert.equal(after.text.slice(after.findings.at(-1)?.at.start, after.findings.at(-1)?.at.end), 'DateTime');
  });
});
