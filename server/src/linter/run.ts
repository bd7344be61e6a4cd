// Runs rules over one schema: a single traversal that hands each node to the rules that visit its kind.
import { sameTable } from '../model/names';
import type { NodeKind, NodeMap, Schema, Table, TableName } from '../model/nodes';
import type { Facts } from '../model/facts';
import type { AnyRule, Category, Context, Finding, RegisteredRule, Severity } from './rule';
import type { Settings } from './settings';

/** A finding with what the run knows about it. */
export interface LintFinding extends Finding {
  readonly rule: string;
  readonly category: Category | 'suppression';
  readonly severity: Severity;
}

export interface LintOptions {
  readonly registry: readonly RegisteredRule[];
  readonly settings: Settings;
  readonly facts: Facts;
  /** Told of a rule that threw; the rule is skipped for that node. */
  onError(rule: string, error: unknown): void;
}

type Visitor = (node: never, context: never) => Iterable<Finding>;

interface Active {
  readonly rule: AnyRule;
  readonly category: Category;
  readonly severity: Severity;
  readonly visitor: Visitor;
  readonly context: Context<unknown>;
}

/** All findings of the schema's files, in no particular order. */
export function lint(schema: Schema, options: LintOptions): LintFinding[] {
  const findings: LintFinding[] = [];
  const visitors = activeVisitors(schema, options);
  const visit = <K extends NodeKind>(kind: K, node: NodeMap[K], table: Table | undefined): void => {
    for (const active of visitors[kind] ?? []) {
      if (active.rule.meta.absence && table?.partial) continue;
      if (active.rule.meta.dialects && !active.rule.meta.dialects.includes(table?.dialect ?? schema.dialect)) continue;
      try {
        for (const finding of active.visitor(node as never, active.context as never)) {
          findings.push({ ...finding, rule: active.rule.id, category: active.category, severity: active.severity });
        }
      } catch (error) {
        options.onError(active.rule.id, error);
      }
    }
  };

  visit('schema', schema, undefined);
  for (const table of schema.tables) {
    // Views hold no rows of their own, and nobody owns a temporary or an ignored table through this schema.
    if (table.objectKind !== 'table' || table.ignored || table.temporary) continue;
    visit('table', table, table);
    for (const column of table.columns) visit('column', column, table);
    if (table.primaryKey) visit('index', table.primaryKey, table);
    for (const index of table.indexes) visit('index', index, table);
    for (const foreignKey of table.foreignKeys) visit('foreignKey', foreignKey, table);
  }
  for (const node of schema.enums) visit('enum', node, undefined);
  for (const migration of schema.migrations) {
    visit('migration', migration, undefined);
    for (const statement of migration.statements) {
      visit('statement', statement, undefined);
      for (const change of statement.changes) visit('change', change, undefined);
    }
  }
  return findings;
}

function activeVisitors(schema: Schema, options: LintOptions): { [K in NodeKind]?: Active[] } {
  const table = tableLookup(schema);
  const visitors: { [K in NodeKind]?: Active[] } = {};
  for (const { rule, category } of options.registry) {
    const resolved = options.settings.rules.get(rule.id);
    if (!resolved || resolved.severity === 'off') continue;
    const context: Context<unknown> = { options: resolved.options, schema, facts: options.facts, table };
    for (const [kind, visitor] of Object.entries(rule.visit) as [NodeKind, Visitor][]) {
      (visitors[kind] ??= []).push({ rule, category, severity: resolved.severity, visitor, context });
    }
  }
  return visitors;
}

function tableLookup(schema: Schema): (name: TableName) => Table | undefined {
  const byName = new Map<string, Table[]>();
  for (const table of schema.tables) {
    const named = byName.get(table.dbName);
    if (named) named.push(table);
    else byName.set(table.dbName, [table]);
  }
  return (name) => byName.get(name.name)?.find((table) => sameTable(name, { name: table.dbName, schema: table.dbSchema }));
}
