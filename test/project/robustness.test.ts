// Half-written files of every kind that the project reads: whatever stands in them, nothing throws.
import assert from 'node:assert/strict';
import { applyEdits } from '../../server/src/text/edit';
import { open, step, unitOf } from './helper';

const journal = '{"version":"7","dialect":"postgresql","entries":[{"idx":0,"version":"7","when":1,"tag":"0000_a","breakpoints":true}]}';
const files: Record<string, string> = {
  'package.json': '{"name": "a", "prisma": {"schema": "./prisma"}, "dependencies": {"drizzle-orm": "1.0"}, "exports": {".": {"import": "./x.js"}}}',
  'tsconfig.json': '{"extends": "./tsconfig.json", "compilerOptions": {"paths": {"@/*": ["./src/*"]}}}',
  'schema-bible.json': '{"profile": "strict", "rules": {"x": {"severity": "off"}}, "ignore": ["a/**", "[", "!x"]}',
  'prisma.config.ts': `import path from 'node:path';\nexport default { schema: path.join(__dirname, 'prisma'), migrations: { path: \`m\` } };`,
  'prisma/schema.prisma': 'datasource db {\n  provider = "postgresql"\n}\nmodel A {\n  id Int @id\n}\n',
  'src/schema.ts': `import { pgTable } from 'drizzle-orm/pg-core';\nimport { a } from '@/b';\nexport const t = pgTable('t', {});`,
  'd/0000_a.sql': 'CREATE TABLE a ();--> statement-breakpoint\n',
  'd/meta/_journal.json': journal,
  'd/meta/0000_snapshot.json': '{"id": "a", "prevId": "b"}',
  'g/1_a.sql': '-- +goose Up\nCREATE TABLE a ();\n-- +goose Down\nDROP TABLE a;\n',
};
const ignored = 'x/\n!y\n\\\n[a\n**\n';

describe('half-written files', () => {
  for (const [name, text] of Object.entries({ ...files, '.gitignore': ignored })) {
    it(`such as ${name} throw nothing, on disk or typed`, async () => {
      for (let end = 0; end <= text.length; end += 7) {
        const cut = text.slice(0, end);
        const { project, log } = await open({ ...files, [name]: cut });
        await project.units();
        await project.problems();
        assert.deepEqual(log, []);
      }
      const { project, log } = await open(files);
      for (let end = 0; end <= text.length; end += 3) {
        project.setBuffer(`/w/${name}`, text.slice(0, end));
        for (const unit of await project.units()) {
          for (const file of unit.files) unit.writeContext.nextMigrations(file, [step('x')]);
        }
      }
      assert.deepEqual(log, []);
    });
  }

  it('get no entries that would break them further', async () => {
    for (const broken of [journal.slice(0, -1), '{}', '[]', '{"entries": {}}', '', '{"entries": [1, null, {}]}']) {
      const { project } = await open({ ...files, 'd/meta/_journal.json': broken });
      const unit = await unitOf(project, 'd/0000_a.sql');
      const edit = unit.writeContext.nextMigrations('/w/d/0000_a.sql', [step('x')])?.find(({ file }) => file.endsWith('_journal.json'));
      assert.equal(edit !== undefined, broken.includes('[1'));
      if (edit) assert.doesNotThrow(() => JSON.parse(applyEdits(broken, [edit])) as unknown, broken);
    }
  });

  it('of a journal whose entries hold no tags still take the next one', async () => {
    const { project } = await open({ ...files, 'd/meta/_journal.json': '{"dialect": "postgresql", "entries": []}' });
    const edits = (await unitOf(project, 'd/0000_a.sql')).writeContext.nextMigrations('/w/d/0000_a.sql', [step('x')]);
    assert.deepEqual(edits?.map(({ file }) => file), ['/w/d/0001_x.sql', '/w/d/meta/0001_snapshot.json', '/w/d/meta/_journal.json']);
  });
});
