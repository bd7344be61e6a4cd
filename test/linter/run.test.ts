// One traversal, and verdicts that are kept only for as long as everything that they rest on stays the same.
import assert from 'node:assert/strict';
import { LintCache } from '../../server/src/linter/cache';
import type { AnyRule, Context, Finding, RegisteredRule } from '../../server/src/linter/rule';
import { lint, type LintFinding } from '../../server/src/linter/run';
import { resolveSettings } from '../../server/src/linter/settings';
import { noFacts } from '../../server/src/model/facts';
import type { Schema, Table } from '../../server/src/model/nodes';
import { span } from '../../server/src/text/span';

const visits: string[] = [];

function table(name: string, more: Partial<Table> = {}): Table {
  const at = span('/a', 0, 1);
  return {
    kind: 'table', language: 'sql', dialect: 'postgresql', objectKind: 'table', span: at, nameSpan: at, name, dbName: name, columns: [], indexes: [],
    foreignKeys: [], checks: [], partial: false, ignored: false, temporary: false, ...more,
  }; // prettier-ignore
}

function schema(...tables: readonly Table[]): Schema {
  return { kind: 'schema', language: 'sql', dialect: 'postgresql', files: ['/a'], tables, enums: [], migrations: [], emulatedRelations: false };
}

function rule(id: string, look: (table: Table, context: Context) => void, meta: Partial<AnyRule['meta']> = {}): RegisteredRule {
  return {
    category: 'schema',
    rule: {
      id,
      meta: { title: id, severity: 'warning', fix: 'none', bible: '+', ...meta },
      visit: {
        *table(node: Table, context: Context): Generator<Finding> {
          visits.push(`${id} ${node.name}`);
          look(node, context);
          yield { at: node.nameSpan, message: 'Bad.' };
        },
      },
    },
  };
}

const own = rule('own', () => undefined);
const looking = rule('looking', (node, context) => void context.table({ name: `${node.name}_target` }));
const listing = rule('listing', (_, context) => void context.schema.tables.length);

/** Runs with one cache over several states; the visits of each run. */
function runs(registry: readonly RegisteredRule[], ...states: readonly Schema[]): string[][] {
  const cache = new LintCache();
  const settings = resolveSettings(registry);
  return states.map((state) => {
    visits.length = 0;
    const findings = lint(state, { registry, settings, facts: noFacts, cache, onError: assert.fail });
    const fresh = lint(state, { registry, settings, facts: noFacts, onError: assert.fail });
    assert.deepEqual(summary(findings), summary(fresh));
    return visits.slice(0, visits.length - registry.length * state.tables.length);
  });
}

function summary(findings: readonly LintFinding[]): string[] {
  return findings.map(({ rule, table: subject }) => `${rule} ${subject?.name ?? ''}`).sort();
}

describe('lint', () => {
  const a = table('a');
  const b = table('b');

  it('runs the rules of tables that changed only', () => {
    assert.deepEqual(runs([own], schema(a, b), schema(a, table('b')), schema(a)), [['own a', 'own b'], ['own b'], []]);
  });
  it('runs again what looked at a table that changed, came or went', () => {
    const target = table('a_target');
    const [first, unchanged, gone, back] = runs([looking], schema(a, target), schema(a, target), schema(a), schema(a, table('a_target')));
    assert.deepEqual([first, unchanged, gone, back], [['looking a', 'looking a_target'], [], ['looking a'], ['looking a', 'looking a_target']]);
  });
  it('runs again each time what reads the lists of the schema, and only that', () => {
    assert.deepEqual(runs([own, listing], schema(a), schema(a)), [['own a', 'listing a'], ['listing a']]);
  });
  it('forgets everything when settings or facts change', () => {
    const cache = new LintCache();
    const registry = [own];
    const run = (severity: 'error' | 'info', version: number): LintFinding[] => {
      const settings = resolveSettings(registry, { rules: { own: severity } });
      return lint(schema(a), { registry, settings, facts: { ...noFacts, postgresVersion: version }, cache, onError: assert.fail });
    };
    assert.equal(run('error', 17)[0]?.severity, 'error');
    assert.equal(run('info', 17)[0]?.severity, 'info');
    visits.length = 0;
    run('info', 17);
    assert.deepEqual(visits, []);
    run('info', 18);
    assert.deepEqual(visits, ['own a']);
  });
  it('leaves views, ignored and temporary tables alone, and reports nothing missing from what is partly unread', () => {
    const absence = rule('absence', () => undefined, { absence: true });
    const skipped = [table('v', { objectKind: 'view' }), table('i', { ignored: true }), table('t', { temporary: true })];
    const registry = [absence];
    const findings = lint(schema(...skipped, table('p', { partial: true }), a), { registry, settings: resolveSettings(registry), facts: noFacts, onError: assert.fail });
    assert.deepEqual(summary(findings), ['absence a']);
  });
  it('skips a rule that throws, and only it', () => {
    const throwing = rule('throwing', () => {
      throw new Error('no');
    });
    const failed: string[] = [];
    const registry = [throwing, own];
    const findings = lint(schema(a), { registry, settings: resolveSettings(registry), facts: noFacts, onError: (id) => failed.push(id) });
    assert.deepEqual([failed, summary(findings)], [['throwing'], ['own a']]);
  });
});
