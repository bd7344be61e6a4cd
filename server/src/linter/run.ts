// Runs rules over one schema: a single traversal that hands each node to the rules that visit its kind.
import { nameOf } from '../model/names';
import type { Dialect, NodeKind, NodeMap, Schema, Table, TableName } from '../model/nodes';
import type { Migration } from '../model/changes';
import type { Facts } from '../model/facts';
import type { Uses } from '../model/queries';
import { LintCache, type Active, type Group, type Verdict } from './cache';
import type { Category, Finding, RegisteredRule, Severity } from './rule';
import type { Settings } from './settings';

/** A finding with what the run knows about it. */
export interface LintFinding extends Finding {
  readonly rule: string;
  readonly category: Category | 'suppression';
  readonly severity: Severity;
  /** The table that it is about, by its database name, where it is about one. */
  readonly table?: TableName;
}

export interface LintOptions {
  readonly registry: readonly RegisteredRule[];
  readonly settings: Settings;
  readonly facts: Facts;
  /** What the migrations that are written from this schema have made, where rules may want to know. */
  readonly applied?: Schema | undefined;
  /** The same, where they begin with an empty database and a rule compares the two. */
  readonly history?: Schema | undefined;
  /** Of application code: the schema that it works with. */
  readonly database?: Schema | undefined;
  /** What application code does with the tables, where a rule wants to know. */
  readonly uses?: Uses | undefined;
  /** Verdicts of earlier runs over the same unit, kept up to date by each run. */
  readonly cache?: LintCache;
  /** Told of a rule that threw; the rule is skipped for that node. */
  onError(rule: string, error: unknown): void;
}

/** All findings of the schema's files, in no particular order. */
export function lint(schema: Schema, options: LintOptions): LintFinding[] {
  const cache = options.cache ?? new LintCache();
  const run = new Run(cache.begin(schema, options), schema, options, cache);
  if (schema.language === 'code') {
    for (const query of schema.queries ?? []) run.group(query, (node) => [['query', node]]);
    for (const sql of schema.rawSql ?? []) run.group(sql, (node) => [['rawSql', node]]);
    return run.findings;
  }
  run.nodes([['schema', schema]]);
  for (const table of schema.tables) {
    // Views hold no rows of their own, and nobody owns a temporary or an ignored table through this schema.
    if (table.objectKind !== 'table' || table.ignored || table.temporary) continue;
    run.group(table, tableNodes, table);
  }
  for (const node of schema.enums) run.nodes([['enum', node]]);
  for (const migration of schema.migrations) run.group(migration, migrationNodes);
  return run.findings;
}

/** A node beside the name of its kind. */
type Node = { readonly [K in NodeKind]: readonly [K, NodeMap[K]] }[NodeKind];

/** The kinds of nodes that a table and a migration are judged with. */
const PARTS: { readonly [K in NodeKind]?: readonly NodeKind[] } = {
  table: ['table', 'column', 'index', 'foreignKey', 'policy'],
  migration: ['migration', 'statement', 'change'],
};

/** Visitors take a node of one kind each; they are looked up by that kind, so the types match by construction. */
type Visitor = (node: never, context: never) => Iterable<Finding>;

class Run {
  readonly findings: LintFinding[] = [];
  readonly #visiting = new Map<NodeKind, readonly Active[]>();

  constructor(
    private readonly actives: readonly Active[],
    private readonly schema: Schema,
    private readonly options: LintOptions,
    private readonly cache: LintCache,
  ) {}

  /** Judges nodes whose verdict isn't kept. */
  nodes(nodes: readonly Node[]): void {
    for (const active of this.#rulesFor(nodes)) this.#visit(active, nodes, this.findings, undefined);
  }

  /** Judges a table or a migration, or repeats the verdict about it. */
  group<G extends Group>(group: G, list: (group: G) => Node[], table?: Table): void {
    const kept = this.cache.get(group);
    if (!kept) {
      this.#judge(group, list(group), table);
      return;
    }
    for (const finding of kept.findings) this.findings.push(finding);
    if (kept.again.length === 0) return;
    const nodes = list(group);
    for (const active of kept.again) this.#visit(active, nodes, this.findings, table);
  }

  #judge(group: Group, nodes: readonly Node[], table: Table | undefined): void {
    const kept: LintFinding[] = [];
    const again: Active[] = [];
    const lookups: Verdict['lookups'][number][] = [];
    for (const active of this.#rulesFor(nodes)) {
      const own: LintFinding[] = [];
      const seen = this.cache.observe(() => this.#visit(active, nodes, own, table));
      if (seen) {
        kept.push(...own);
        lookups.push(...seen);
      } else again.push(active);
      this.findings.push(...own);
    }
    this.cache.set(group, { findings: kept, lookups, again });
  }

  /** The rules that visit any of the nodes; the kind of the first tells of all. */
  #rulesFor([first]: readonly Node[]): readonly Active[] {
    if (!first) return [];
    const [kind] = first;
    let rules = this.#visiting.get(kind);
    if (!rules) this.#visiting.set(kind, (rules = this.actives.filter(({ registered }) => (PARTS[kind] ?? [kind]).some((each) => registered.rule.visit[each]))));
    return rules;
  }

  #visit(active: Active, nodes: readonly Node[], into: LintFinding[], table: Table | undefined): void {
    const { rule, category } = active.registered;
    if (rule.meta.absence && table?.partial) return;
    const { dialect, language } = this.schema;
    // Code whose database nobody describes may talk to any.
    const any = language === 'code' && dialect === 'unknown';
    if (!any && !serves(rule.meta.dialects, table?.dialect ?? dialect)) return;
    const visitors: { readonly [K in NodeKind]?: Visitor } = rule.visit;
    for (const [kind, node] of nodes) {
      const visitor = visitors[kind];
      if (!visitor) continue;
      try {
        for (const finding of visitor(node as never, active.context as never)) {
          const owner = finding.about ?? table;
          const subject = owner ? nameOf(owner) : tableOf(node);
          into.push({ ...finding, rule: rule.id, category, severity: finding.quiet ? 'hint' : finding.pressing ? 'error' : active.severity, ...(subject && { table: subject }) });
        }
      } catch (error) {
        this.options.onError(rule.id, error);
      }
    }
  }
}

function serves(dialects: readonly Dialect[] | undefined, dialect: Dialect): boolean {
  return !dialects || dialects.includes(dialect);
}

function tableOf(node: NodeMap[NodeKind]): TableName | undefined {
  return node.kind === 'change' ? node.table : undefined;
}

function tableNodes(table: Table): Node[] {
  const nodes: Node[] = [['table', table]];
  for (const column of table.columns) nodes.push(['column', column]);
  if (table.primaryKey) nodes.push(['index', table.primaryKey]);
  for (const index of table.indexes) nodes.push(['index', index]);
  for (const foreignKey of table.foreignKeys) nodes.push(['foreignKey', foreignKey]);
  for (const policy of table.policies ?? []) nodes.push(['policy', policy]);
  return nodes;
}

function migrationNodes(migration: Migration): Node[] {
  const nodes: Node[] = [['migration', migration]];
  for (const statement of migration.statements) {
    nodes.push(['statement', statement]);
    for (const change of statement.changes) nodes.push(['change', change]);
  }
  return nodes;
}
