// The bundles as they are shipped: they run nothing that a workspace holds.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const cli = resolve(__dirname, '../../dist/cli.js');

describe('the bundled command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'schema-bible-bundle-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('reads a workspace full of configuration files without running one of them', () => {
    assert.ok(existsSync(cli), 'dist/cli.js is missing: run `npm run build` first.');
    const ran = join(folder, 'ran');
    const code = `require('node:fs').appendFileSync(${JSON.stringify(ran)}, __filename + '\\n'); module.exports = {};`;
    const names = [
      '.prisma-astrc.js', '.prisma-astrc.cjs', 'prisma-ast.config.js', 'prisma-ast.config.cjs', 'prisma.config.js', 'prisma.config.ts',
      'drizzle.config.js', 'drizzle.config.ts', 'index.js', 'schema-bible.config.js', 'schema-bible.js',
    ]; // prettier-ignore
    for (const name of names) writeFileSync(join(folder, name), code);
    writeFileSync(join(folder, 'package.json'), '{ "name": "trap", "main": "index.js", "prisma": { "schema": "schema.prisma" } }');
    writeFileSync(join(folder, 'schema.prisma'), 'datasource db {\n  provider = "postgresql"\n}\n\nmodel A {\n  id Int @id\n}\n');
    writeFileSync(join(folder, 'schema.ts'), 'import { pgTable, serial } from "drizzle-orm/pg-core";\nexport const a = pgTable("a", { id: serial().primaryKey() });\n');
    writeFileSync(join(folder, '1_a.sql'), 'CREATE TABLE a (id int PRIMARY KEY);\n');
    const output = execFileSync(process.execPath, [cli, 'check', '--format', 'json'], { cwd: folder, encoding: 'utf8' });
    const report = JSON.parse(output) as { files: { path: string }[] };
    assert.deepEqual(report.files.map(({ path }) => path).sort(), ['1_a.sql', 'schema.prisma', 'schema.ts']);
    assert.ok(!existsSync(ran), 'code of the workspace was run');
  });
});
