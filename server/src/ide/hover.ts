// What the pointer tells: the finding under it, and the bible's knowledge about the relation, index or statement there.
import type { RegisteredRule } from '../linter/rule';
import type { LintFinding } from '../linter/run';
import { UNUSED_SUPPRESSION } from '../linter/suppressions';
import type { Change, Statement } from '../model/changes';
import { nameOf, sameTable } from '../model/names';
import type { Column, Index, Schema, Table } from '../model/nodes';
import type { Unit } from '../project/unit';
import { touches, type Span } from '../text/span';
import type { FileReport } from './analysis';
import { describeColumn } from './hover-columns';
import { describeChange } from './hover-ddl';
import { deleteRuleTable, describeForeignKey, describeIndex, describeOtherEnd } from './hover-keys';
import { describePolicy } from './hover-policies';
import { databaseTable, isolationTable, methodTable } from './hover-tables';
import { pageParts } from './page';

export interface Hover {
  /** Markdown. */
  readonly contents: string;
  /** What the text is about, in UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
}

export interface HoverOptions {
  readonly registry: readonly RegisteredRule[];
  /** The page of each rule, as Markdown. */
  readonly pages: Readonly<Record<string, string>>;
  /** The address of a rule's page, where the shell has one. */
  pageLink(rule: string): string | undefined;
}

interface Part {
  readonly at: { readonly start: number; readonly end: number };
  readonly text: string;
}

/** The hover at an offset of a file, or undefined where there is nothing to say. */
export function hoverAt(report: FileReport, offset: number, options: HoverOptions): Hover | undefined {
  const parts = [...suppressedRule(report, offset, options), ...findingsAt(report, offset, options), ...nodesAt(report, offset)];
  if (parts.length === 0) return undefined;
  const smallest = parts.reduce((best, part) => (part.at.end - part.at.start < best.at.end - best.at.start ? part : best));
  const { start, end } = smallest.at;
  return { contents: parts.map((part) => part.text).join('\n\n---\n\n'), start, end };
}

function* suppressedRule(report: FileReport, offset: number, options: HoverOptions): Generator<Part> {
  for (const { rules } of report.suppressions) {
    for (const rule of rules) {
      if (offset < rule.start || offset > rule.end) continue;
      const title = titleOf(rule.id, options);
      const { summary } = pageParts(options.pages[rule.id] ?? '');
      if (title === undefined) yield { at: rule, text: `There is no rule named \`${rule.id}\`.` };
      else yield { at: rule, text: paragraphs(`**${title}** · \`${rule.id}\``, summary, link(rule.id, options)) };
    }
  }
}

function* findingsAt(report: FileReport, offset: number, options: HoverOptions): Generator<Part> {
  for (const finding of [...report.findings, ...report.hidden]) {
    if (touches(finding.at, offset)) yield { at: finding.at, text: describeFinding(report, finding, options) };
  }
}

function describeFinding(report: FileReport, finding: LintFinding, options: HoverOptions): string {
  const title = titleOf(finding.rule, options);
  const { why } = pageParts(options.pages[finding.rule] ?? '');
  const hidden = report.hidden.includes(finding);
  return paragraphs(
    title && `**${title}** · \`${finding.rule}\``,
    // What is shown as a diagnostic stands in the editor's hover already.
    hidden && finding.message,
    why,
    finding.help && `**Safe form:** ${finding.help}`,
    hidden && 'The main branch already has this migration, so mend it in a new one.',
    finding.rule === UNUSED_SUPPRESSION ? undefined : link(finding.rule, options),
  );
}

function titleOf(rule: string, { registry }: HoverOptions): string | undefined {
  return registry.find((own) => own.rule.id === rule)?.rule.meta.title;
}

function link(rule: string, { pageLink }: HoverOptions): string | undefined {
  const address = pageLink(rule);
  return address && `[The page of \`${rule}\`](${address})`;
}

function* nodesAt(report: FileReport, offset: number): Generator<Part> {
  const said = new Set<string>();
  for (const unit of report.units) {
    for (const part of unitAt(report, unit, offset)) {
      if (said.has(part.text)) continue;
      said.add(part.text);
      yield part;
    }
  }
}

/** A place in the report's file at which the pointer is; with its key, also on the words in front of it. */
type Here = (place: Span | undefined, withKey?: boolean) => place is Span;

function* unitAt(report: FileReport, { schema, migration, applied, facts }: Unit, offset: number): Generator<Part> {
  const here: Here = (place, withKey = false): place is Span =>
    place?.file === report.path && (touches(place, offset) || (withKey && offset >= startOfKey(report.text, place.start) && offset < place.start));
  if (here(schema.provider?.span, true)) {
    yield { at: schema.provider.span, text: databaseTable(schema.provider.value, schema.dialect) };
  }
  // Tables that share a helper have columns at the same place.
  const columns: { readonly at: Span; readonly column: Column }[] = [];
  for (const table of schema.tables) {
    yield* keysAt(table, schema, here);
    for (const index of table.primaryKey ? [table.primaryKey, ...table.indexes] : table.indexes) yield* indexAt(index, report, offset, here);
    for (const policy of table.policies ?? []) if (here(policy.span)) yield { at: policy.span, text: describePolicy(policy, table.rowSecurity) };
    for (const column of table.columns) {
      const at = [column.nameSpan, column.type.span, column.default?.span].find((place) => here(place));
      if (at) columns.push({ at, column });
    }
  }
  const [first] = columns;
  if (first) yield { at: first.at, text: describeColumn(first.column, schema, columns.length - 1, applied && sameIn(applied, first.column.table)) };
  const info = migration(report.path);
  const told = [...report.findings, ...report.hidden].some(({ at, help }) => help !== undefined && touches(at, offset));
  for (const change of changesAt(report, offset)) yield { at: change.span, text: describeChange(change, info, { version: facts.postgresVersion, told }) };
  const level = levelAt(report, offset);
  if (level) yield level;
}

function sameIn({ tables }: Schema, { dbName: name, dbSchema: schema }: Table): Table | undefined {
  return tables.find((table) => sameTable({ name, schema }, nameOf(table)));
}

function* keysAt(table: Table, schema: Schema, here: Here): Generator<Part> {
  for (const key of table.foreignKeys) {
    const rule = here(key.onDelete?.span, true) ? key.onDelete.span : undefined;
    if (rule) yield { at: rule, text: deleteRuleTable(key) };
    if (here(key.span) || here(key.nameSpan) || here(key.targetSpan) || rule) yield { at: key.span, text: describeForeignKey(key, schema) };
  }
  for (const end of table.otherEnds ?? []) {
    const text = here(end.span) ? describeOtherEnd(end, table, schema) : undefined;
    if (text !== undefined) yield { at: end.span, text };
  }
}

/** An index in a column's own line is only spoken of at its own words. */
function* indexAt(index: Index, report: FileReport, offset: number, here: Here): Generator<Part> {
  if (!here(index.inline ? index.nameSpan : index.span)) return;
  const method = wordsAt(report.text, index.span, METHOD, offset);
  if (method) yield { at: method, text: methodTable(index.method) };
  yield { at: index.span, text: describeIndex(index) };
}

const METHOD = /\btype\s*:\s*\w+|\.\s*using\(\s*["'`]\w+["'`]|\bUSING\s+"?\w+"?/gi;
const LEVEL = /\bISOLATION\s+LEVEL\s+(SERIALIZABLE|REPEATABLE\s+READ|READ\s+(?:UN)?COMMITTED)/gi;

/** The isolation level that a statement of the migration asks for at the offset. */
function levelAt(report: FileReport, offset: number): Part | undefined {
  const statement = statementAt(report, offset);
  const at = statement && wordsAt(report.text, statement.span, LEVEL, offset);
  if (!at) return undefined;
  const words = report.text.slice(at.start, at.end).split(/\s+/).slice(2).join(' ');
  return { at, text: isolationTable(words) };
}

/** The match of a pattern, within a part of the text, that the offset touches. */
function wordsAt(text: string, within: Span, pattern: RegExp, offset: number): { start: number; end: number } | undefined {
  for (const match of text.slice(within.start, within.end).matchAll(pattern)) {
    const start = within.start + match.index;
    const end = start + match[0].length;
    if (start <= offset && offset <= end) return { start, end };
  }
  return undefined;
}

/** Where the words before a value begin: `onDelete:`, `.onDelete(`, `ON DELETE`, `provider =`. */
function startOfKey(text: string, start: number): number {
  const before = text.slice(Math.max(0, start - 60), start);
  const key = /(onDelete\s*:\s*|\.\s*onDelete\(\s*|\bON\s+DELETE\s+|\bprovider\s*=\s*)$/i.exec(before)?.[0] ?? '';
  return start - key.length;
}

/** The actions at the offset; a statement's others are left out where the pointer is on one of them. */
function changesAt(report: FileReport, offset: number): Change[] {
  const statement = statementAt(report, offset);
  const exact = statement?.changes.filter((change) => touches(change.span, offset)) ?? [];
  return exact.length > 0 ? exact : [...(statement?.changes ?? [])];
}

function statementAt(report: FileReport, offset: number): Statement | undefined {
  for (const { schema } of report.units) {
    const migration = schema.migrations.find((own) => own.file === report.path);
    const statement = migration?.statements.find((own) => touches(own.span, offset));
    if (statement) return statement;
  }
  return undefined;
}

function paragraphs(...parts: readonly (string | false | undefined)[]): string {
  return parts.filter((part) => part).join('\n\n');
}
