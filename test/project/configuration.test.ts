// schema-bible.json: what it decides and how its mistakes are told.
import assert from 'node:assert/strict';
import type { RegisteredRule } from '../../server/src/linter/rule';
import { open, short, unitOf } from './helper';

const rule = (id: string, options?: Record<string, { default: unknown; description: string }>): RegisteredRule => ({
  category: 'schema',
  rule: { id, meta: { title: '', severity: 'warning', fix: 'none', bible: '+', ...(options && { options }) }, visit: {} },
});
const registry = [rule('naive-timestamp'), rule('limited-varchar', { allow: { default: [1], description: '' }, deep: { default: false, description: '' } })];
const schema = 'datasource db {\n  provider = "postgresql"\n}\n';

/** Each mistake with the text it points at. */
async function mistakes(text: string): Promise<string[]> {
  const { project } = await open({ 'schema-bible.json': text }, { registry });
  return (await project.problems()).map(({ message, start, end, path }) => `${short(path)} ${text.slice(start, end)}: ${message}`);
}

describe('configuration', () => {
  it('of the nearest file wins over the editor, key by key, and the command line over both', async () => {
    const { project } = await open(
      {
        'schema-bible.json': '{"profile": "strict"}',
        'a/schema.prisma': schema,
        'b/schema.prisma': schema,
        'b/schema-bible.json': '{"rules": {"naive-timestamp": "error"}, "postgresVersion": 16, "migrations": {"lint": "all"}}',
      },
      { registry, editorSettings: { rules: { 'naive-timestamp': 'hint', 'limited-varchar': 'off' } }, overrides: { rules: { 'limited-varchar': 'info' } } },
    );
    const [a, b] = [await unitOf(project, 'a/schema.prisma'), await unitOf(project, 'b/schema.prisma')];
    assert.equal(a.settings.rules.get('naive-timestamp')?.severity, 'hint');
    assert.equal(b.settings.rules.get('naive-timestamp')?.severity, 'error');
    assert.equal(b.settings.rules.get('limited-varchar')?.severity, 'info');
    assert.deepEqual([b.settings.postgresVersion, b.facts.postgresVersion, b.settings.lintAllMigrations], [16, 16, true]);
  });

  it('gives the same settings to all, and new ones when it is typed or the editor changes its mind', async () => {
    const { project, spy } = await open({ 'schema-bible.json': '{}', 'a/schema.prisma': schema, 'b/schema.prisma': schema }, { registry });
    const a = await unitOf(project, 'a/schema.prisma');
    assert.equal(a.settings, (await unitOf(project, 'b/schema.prisma')).settings);
    const { lowered } = spy;
    project.setBuffer('/w/schema-bible.json', '{"rules": {"naive-timestamp": "off"}}');
    const typed = await unitOf(project, 'a/schema.prisma');
    assert.equal(typed.settings.rules.get('naive-timestamp')?.severity, 'off');
    assert.deepEqual([typed.schema, spy.lowered], [a.schema, lowered]);
    project.setBuffer('/w/schema-bible.json', '{}');
    project.setEditorSettings({ rules: { 'naive-timestamp': 'error' } });
    assert.equal((await unitOf(project, 'a/schema.prisma')).settings.rules.get('naive-timestamp')?.severity, 'error');
  });

  it('may come from another file', async () => {
    const { project } = await open({ 'schema-bible.json': '{"rule": 1}', 'ci.json': '{"postgresVersion": 14}', 'a.prisma': schema }, { registry, configurationFile: '/w/ci.json' });
    assert.equal((await unitOf(project, 'a.prisma')).settings.postgresVersion, 14);
    assert.deepEqual(await project.problems(), []);
  });

  it('above the root holds too', async () => {
    const { project } = await open({ 'schema-bible.json': '{"postgresVersion": 14}', 'package.json': '{}', 'p/package.json': '{}', 'p/a.prisma': schema }, { registry, roots: ['/w/p'] });
    assert.equal((await unitOf(project, 'p/a.prisma')).settings.postgresVersion, 14);
  });

  it('leaves ignored files alone, though they still belong to their schema', async () => {
    const { project } = await open(
      {
        'a/schema-bible.json': '{"ignore": ["legacy", "*.old.prisma", "!kept.old.prisma", "./x/**"]}',
        'a/schema.prisma': schema,
        'a/legacy/deep/b.prisma': 'model B {}',
        'a/c.old.prisma': 'model C {}',
        'a/kept.old.prisma': 'model K {}',
        'a/x/d.prisma': 'model D {}',
        'b/schema.prisma': schema,
        'b/z.prisma': 'model Z {}',
      },
      { registry, editorSettings: { ignore: ['b/z.prisma'] } },
    );
    assert.deepEqual(project.files().map(short), ['a/kept.old.prisma', 'a/schema.prisma', 'b/schema.prisma']);
    assert.deepEqual(await project.unitsOf('/w/a/x/d.prisma'), []);
    assert.equal((await unitOf(project, 'a/schema.prisma')).files.length, 5);
  });

  it('reports each mistake where it stands, and uses the rest', async () => {
    assert.deepEqual(await mistakes('{"$schema": "x", "profile": "strict", "rules": {"naive-timestamp": "off"}, }'), []);
    assert.deepEqual(await mistakes('{"profil": "strict"}'), ['schema-bible.json "profil": There is no setting `profil`; did you mean `profile`?']);
    assert.deepEqual(await mistakes('{"colour": 1}'), ['schema-bible.json "colour": There is no setting `colour`.']);
    assert.deepEqual(await mistakes('{"rules": {"naive-timestamps": "off"}}'), [
      'schema-bible.json "naive-timestamps": There is no rule `naive-timestamps`; did you mean `naive-timestamp`?',
    ]);
    assert.deepEqual(await mistakes('{"rules": {"naive-timestamp": "warn"}, "profile": 1}'), [
      'schema-bible.json 1: `profile` must be `recommended`, `strict` or `minimal`.',
      'schema-bible.json "warn": `rules.naive-timestamp` must be `error`, `warning`, `info`, `hint` or `off`.',
    ]);
    assert.deepEqual(await mistakes('{"rules": {"limited-varchar": {"severity": "info", "options": {"allow": 1, "deep": "x", "alow": []}}}}'), [
      'schema-bible.json "alow": `limited-varchar` has no option `alow`; did you mean `allow`?',
      'schema-bible.json 1: `allow` must be a list of texts.',
      'schema-bible.json "x": `deep` must be `true` or `false`.',
    ]);
    assert.deepEqual(await mistakes('{"ignore": "x", "postgresVersion": "16", "migrations": []}'), [
      'schema-bible.json "16": `postgresVersion` must be the number of a major version, such as 16.',
      'schema-bible.json "x": `ignore` must be a list of globs.',
      'schema-bible.json []: `migrations` must be an object.',
    ]);
    assert.deepEqual(await mistakes('[]'), ['schema-bible.json []: The configuration must be an object.']);
    assert.deepEqual(await mistakes(''), []);
    assert.match((await mistakes('{"profile": "strict"'))[0] ?? '', /This is not valid JSON: close brace expected\.$/);
  });
});
