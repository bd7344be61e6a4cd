// A statement that doesn't parse hides nothing of what is said about the others, wherever it stands.
import assert from 'node:assert/strict';
import { Analysis } from '../../server/src/ide/analysis';
import { sql } from '../../server/src/languages/sql';
import { MemoryWorkspace } from '../../server/src/project/workspace';
import { Project } from '../../server/src/project/project';
import { registry } from '../../server/src/rules/registry.generated';

const BEFORE = 'CREATE TABLE posts (id bigint PRIMARY KEY, author_id bigint, slug text, created_at timestamptz, updated_at timestamptz);\n';
const STATEMENTS = [
  'CREATE INDEX posts_slug_idx ON posts (slug);',
  'ALTER TABLE posts ADD COLUMN kind text NOT NULL;',
  'CREATE TABLE notes (id bigint PRIMARY KEY, at timestamp);',
  'DROP INDEX posts_slug_idx;',
];
const BROKEN = [
  'UPDATE posts SET slug = 1 LIMIT 5;',
  'CREATE TABLE `a` (`id` INT AUTO_INCREMENT);',
  'CREATE TABLE a (id int,);',
  'SELEC 1;',
  "SELECT 'open;\n",
  'CREATE TABLE a (id int PRIMARY KEY\n',
  'ALTER TABLE posts MODIFY slug varchar(5);',
  'CREATE TABLE [a] ([id] int IDENTITY(1,1))\nGO\n',
];

/** Rules and messages in a migration of these statements, in the order of the file. */
async function findings(statements: readonly string[]): Promise<string[]> {
  const path = '/w/postgres/migrations/0002_b.sql';
  const log = (message: string): void => assert.fail(message);
  const workspace = new MemoryWorkspace({ '/w/postgres/migrations/0001_a.sql': BEFORE, [path]: statements.join('\n') });
  const project = new Project({ workspace, frontEnds: [sql], registry, log });
  await project.setRoots(['/w']);
  const report = await new Analysis({ project, registry, log }).report(path);
  assert.ok(report, 'the migration is looked at');
  return report.findings.map(({ rule, message }) => `${rule}: ${message}`);
}

describe('sql-syntax beside other rules', () => {
  for (const broken of BROKEN) {
    it(`leaves to them what they find around ${JSON.stringify(broken)}`, async () => {
      const alone = await findings(STATEMENTS);
      assert.ok(alone.length >= STATEMENTS.length, alone.join('\n'));
      for (let at = 0; at <= STATEMENTS.length; at++) {
        const among = await findings([...STATEMENTS.slice(0, at), broken, ...STATEMENTS.slice(at)]);
        assert.deepEqual(among.filter((each) => !each.startsWith('sql-syntax: ')), alone, `before statement ${at}`);
        assert.ok(among.length > alone.length, 'the broken one is reported');
      }
    });
  }
});
