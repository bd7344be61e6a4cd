// Which finding is told in which file, and which is not told at all.
import assert from 'node:assert/strict';
import { Analysis, type AnalysisOptions, type FileReport } from '../../server/src/ide/analysis';
import { editsOf } from '../../server/src/ide/fixes';
import type { MigrationInfo } from '../../server/src/languages/language';
import type { Fix } from '../../server/src/linter/rule';
import type { Configuration } from '../../server/src/linter/settings';
import { registry } from '../../server/src/lsp/defaults';
import type { Unit } from '../../server/src/project/unit';
import { bench, places } from './support';

const SCHEMA = '/w/prisma/schema.prisma';
const MIGRATION = '/w/prisma/migrations/20240101000000_init/migration.sql';
const prisma = 'datasource db {\n  provider = "postgresql"\n}\n\nmodel User {\n  id   String @id @db.Uuid\n  name String @db.VarChar(20)\n}\n';
const files = {
  [SCHEMA]: prisma,
  '/w/prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
  [MIGRATION]: 'CREATE TABLE "User" ("id" UUID NOT NULL, "name" VARCHAR(20) NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));\nCREATE TABLE "Other" ("id" UUID PRIMARY KEY, "name" VARCHAR(20));\n',
};

/** Where the same files are told of by rules that compare them, or ask for more of them. */
const settings: Configuration = { rules: { 'schema-drift': 'off', 'missing-rollback': 'off' } };

describe('analysis', () => {
  it('sorts by place and keeps the report while nothing changes', async () => {
    const { report, project } = await bench(files, { settings });
    const first = await report(SCHEMA);
    assert.deepEqual(places(first), ['limited-varchar 7:15']);
    assert.equal(await report(SCHEMA), first);
    project.setBuffer(SCHEMA, `\n\n${prisma}`);
    assert.deepEqual(places(await report(SCHEMA)), ['limited-varchar 9:15']);
  });
  it('says once, in the schema, what the author can mend there', async () => {
    const { report } = await bench(files, { settings });
    assert.deepEqual(places(await report(MIGRATION)), ['limited-varchar 2:53']);
  });
  it('hears suppressions, and reports those that silence nothing', async () => {
    const { report, project } = await bench(files, { settings });
    project.setBuffer(SCHEMA, prisma.replace('  name', '  // schema-bible-disable-next-line limited-varchar, naive-timestamp\n  name'));
    assert.deepEqual(places(await report(SCHEMA)), ['unused-suppression 7:54']);
  });
  it('tells nothing of rollbacks', async () => {
    const path = '/w/db/migrations/20240101000000_init.sql';
    const { report } = await bench({ [path]: '-- migrate:up\nSELECT 1;\n\n-- migrate:down\nCREATE TABLE a (id bigint PRIMARY KEY, at timestamp);\n' });
    assert.deepEqual(places(await report(path)), []);
  });
  describe('of migrations that the main branch has', () => {
    const path = '/w/db/migrations/20240101000000_init.sql';
    const text = '-- migrate:up\nCREATE TABLE a (id bigint PRIMARY KEY, at timestamp, b_id bigint REFERENCES a (id));\n-- migrate:down\n';
    const committed = async (settings: Configuration, options: Partial<AnalysisOptions> = {}): Promise<{ report: FileReport; unit: Unit }> => {
      const { project } = await bench({ [path]: text }, { settings });
      const unitsOf = async (asked: string): Promise<Unit[]> =>
        (await project.unitsOf(asked)).map((unit) => {
          const own = unit.migration(path);
          const migration = (): MigrationInfo | undefined => own && { ...own, committed: true };
          return { ...unit, migration, writeContext: { ...unit.writeContext, migration } };
        });
      const report = await new Analysis({ project: { unitsOf }, registry, log: () => undefined, ...options }).report(path);
      const unit = report?.units[0];
      assert.ok(report && unit);
      return { report, unit };
    };
    const kinds = ({ findings }: FileReport): string[] => findings.flatMap(({ rule, fixes = [] }) => fixes.map(({ kind }) => `${rule} ${kind}`));
    const fixOf = ({ findings }: FileReport, rule: string): Fix => {
      const fix = findings.find((finding) => finding.rule === rule)?.fixes?.[0];
      assert.ok(fix);
      return fix;
    };

    it('says nothing, unless asked', async () => {
      assert.deepEqual((await committed({})).report.findings, []);
      assert.ok((await committed({}, { showHistory: true })).report.findings.length > 0);
    });
    it('keeps fix-all away from them', async () => {
      const { report } = await bench({ [path]: text });
      assert.ok(kinds(await report(path)).includes('naive-timestamp safe'));
      const shown = kinds((await committed({ migrations: { lint: 'all' } })).report);
      assert.ok(shown.includes('naive-timestamp review'));
      assert.ok(!shown.some((kind) => kind.endsWith('safe')));
    });
    it('changes them only where the configuration has them all linted; a next migration may always come', async () => {
      const all = await committed({ migrations: { lint: 'all' } });
      assert.equal(editsOf(fixOf(all.report, 'naive-timestamp'), all.unit)?.[0]?.file, path);
      const asked = await committed({}, { showHistory: true });
      assert.equal(editsOf(fixOf(asked.report, 'naive-timestamp'), asked.unit), undefined);
      const index = editsOf(fixOf(asked.report, 'unindexed-foreign-key'), asked.unit);
      assert.deepEqual(index?.map(({ create }) => create), [true]);
    });
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
