// What the pointer tells: the finding under it, and the bible's knowledge about the relation, index or statement there.
import type { RegisteredRule } from '../linter/rule';
import type { LintFinding } from '../linter/run';
import { UNUSED_SUPPRESSION } from '../linter/suppressions';
import type { Change } from '../model/changes';
import { touches, type Span } from '../text/span';
import type { FileReport } from './analysis';
import { describeChange } from './hover-ddl';
import { deleteRuleTable, describeForeignKey, describeIndex, describeOtherEnd } from './hover-keys';
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
  const here = (place: Span | undefined, withKey = false): place is Span =>
    place?.file === report.path && (touches(place, offset) || (withKey && offset >= startOfKey(report.text, place.start) && offset < place.start));
  const said = new Set<string>();
  for (const { schema, migration } of report.units) {
    const parts: Part[] = [];
    for (const table of schema.tables) {
      for (const key of table.foreignKeys) {
        const rule = here(key.onDelete?.span, true) ? key.onDelete.span : undefined;
        if (rule) parts.push({ at: rule, text: deleteRuleTable(key) });
        if (here(key.span) || here(key.nameSpan) || here(key.targetSpan) || rule) {
          parts.push({ at: key.span, text: describeForeignKey(key, schema) });
        }
      }
      for (const end of table.otherEnds ?? []) {
        const text = here(end.span) ? describeOtherEnd(end, table, schema) : undefined;
        if (text !== undefined) parts.push({ at: end.span, text });
      }
      for (const index of table.primaryKey ? [table.primaryKey, ...table.indexes] : table.indexes) {
        // An index in a column's own line is only spoken of at its own words.
        if (here(index.inline ? index.nameSpan : index.span)) parts.push({ at: index.span, text: describeIndex(index) });
      }
    }
    const info = migration(report.path);
    for (const change of changesAt(report, offset)) parts.push({ at: change.span, text: describeChange(change, info) });
    for (const part of parts) {
      if (said.has(part.text)) continue;
      said.add(part.text);
      yield part;
    }
  }
}

/** Where the words before a delete rule begin: `onDelete:`, `.onDelete(`, `ON DELETE`. */
function startOfKey(text: string, start: number): number {
  const before = text.slice(Math.max(0, start - 60), start);
  const key = /(onDelete\s*:\s*|\.\s*onDelete\(\s*|\bON\s+DELETE\s+)$/i.exec(before)?.[0] ?? '';
  return start - key.length;
}

/** The actions at the offset; a statement's others are left out where the pointer is on one of them. */
function changesAt(report: FileReport, offset: number): Change[] {
  for (const { schema } of report.units) {
    const migration = schema.migrations.find((own) => own.file === report.path);
    const statement = migration?.statements.find((own) => touches(own.span, offset));
    if (!statement) continue;
    const exact = statement.changes.filter((change) => touches(change.span, offset));
    return exact.length > 0 ? exact : [...statement.changes];
  }
  return [];
}

function paragraphs(...parts: readonly (string | false | undefined)[]): string {
  return parts.filter((part) => part).join('\n\n');
}
