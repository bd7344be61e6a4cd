// Reports what a statement asks for and no migration before it has made.
import type { Finding, Fix, Rule } from '../../linter/rule';
import type { Change, ChangeOf, MissingObject, Statement } from '../../model/changes';
import { around } from '../../model/drops';
import { sameTable } from '../../model/names';
import type { Schema } from '../../model/nodes';
import { nameIn, quoted, sqlTokens, type SqlToken } from '../../model/sql-text';
import { partOf, type Span } from '../../text/span';

export const unknownObject: Rule = {
  id: 'unknown-object',
  meta: {
    title: 'A migration names a table, column, index, constraint, type or policy that is not there by then.',
    severity: 'warning',
    fix: 'review',
    languages: ['sql'],
    dialects: ['postgresql'],
    bible: '+',
  },
  visit: {
    *change(change, { schema }) {
      for (const missing of change.missing ?? []) {
        const finding = found(missing, change, schema);
        yield isToldBefore(missing, change) ? { ...finding, quiet: true } : finding;
      }
    },
  },
};

/** What one statement of a file lacks, the next one lacks as well. */
function isToldBefore({ kind, name, of }: MissingObject, change: Change): boolean {
  return around(change).before.some(({ missing = [] }) => missing.some((each) => each.kind === kind && each.name === name && each.of?.name === of?.name));
}

function found(missing: MissingObject, change: Change, schema: Schema): Finding {
  const { kind, name, of } = missing;
  const token = tokenOf(missing, change);
  const gone = takenAway(missing, change, schema);
  const instead = gone?.newName ?? missing.instead;
  const where = of ? `\`${of.name}\` has no ${kind} \`${name}\`` : `There is no ${kind} \`${name}\``;
  return {
    at: token?.at ?? change.span,
    message: `${spelling(missing, token?.token) ?? `${where} at this point of the migrations`}, so this statement fails.`,
    help: instead === undefined ? `Correct the name, or make the ${kind} in a migration before this one.` : `Write \`${token ? written(instead, token.token) : instead}\`, if that is meant.`,
    ...(gone && { related: [{ at: gone.at, message: gone.newName === undefined ? `\`${name}\` is dropped here.` : `\`${name}\` is renamed here.` }] }),
    ...(token && instead !== undefined && { fixes: [renaming(instead, token)] }),
  };
}

/** Names that differ by nothing but capitals: without quotes PostgreSQL reads all letters as small ones. */
function spelling({ kind, name, of, instead }: MissingObject, token: SqlToken | undefined): string | undefined {
  if (instead === undefined || !token || instead.toLowerCase() !== name.toLowerCase()) return undefined;
  const whose = of ? `\`${of.name}\` has only the ${kind}` : `there is only the ${kind}`;
  if (token.kind === 'quoted') return `Names in quotes keep their capitals, and ${whose} \`${instead}\`, not \`${name}\``;
  return `Without quotes PostgreSQL reads \`${token.text}\` as \`${name}\`, and ${whose} \`"${instead}"\``;
}

interface Place {
  readonly token: SqlToken;
  readonly at: Span;
}

/** Where the statement names it. */
function tokenOf({ kind, name, of }: MissingObject, change: Change): Place | undefined {
  const { statement, span, table, tableSpan } = change;
  const own = kind !== 'table' || table?.name !== name ? span : (tableSpan ?? span);
  // The quotes around a name lie outside of its span.
  const from = Math.max(own.start - statement.span.start - 1, 0);
  const to = own.end - statement.span.start + 1;
  const all = sqlTokens(statement.text).filter((token) => token.start >= from && token.end <= to && nameIn(token) === name);
  const elsewhere = of !== undefined && table !== undefined && !sameTable(of, table);
  if (change.verb === 'write' && kind === 'column') return placeOf(all.find(({ start }) => start >= (tableSpan?.end ?? 0) - statement.span.start), statement);
  const isListed = change.verb === 'addForeignKey' || change.verb === 'addConstraint' || change.verb === 'addIndex' || change.verb === 'addTable';
  const token = elsewhere ? all.at(-1) : ((kind === 'column' && isListed ? all.find(({ depth }) => depth > 0) : undefined) ?? all[0]);
  return placeOf(token, statement);
}

function placeOf(token: SqlToken | undefined, { span }: Statement): Place | undefined {
  return token && { token, at: partOf(span, token.start, token.end) };
}

interface Gone {
  readonly at: Span;
  /** What it is called since. */
  readonly newName?: string;
}

/** The last statement that has dropped or renamed it. */
function takenAway(missing: MissingObject, change: Change, { migrations }: Schema): Gone | undefined {
  const before = migrations.slice(0, Math.max(migrations.indexOf(change.statement.migration), 0));
  const changes = [...before.flatMap(({ statements }) => statements.flatMap((each) => each.changes)), ...around(change).before];
  for (const each of changes.reverse()) {
    if (drops(each, missing)) return { at: each.span };
    if (renames(each, missing)) return { at: each.span, newName: each.newName };
  }
  return undefined;
}

function drops(change: Change, { kind, name, of }: MissingObject): boolean {
  const same = of === undefined || (change.table !== undefined && sameTable(change.table, of));
  switch (change.verb) {
    case 'dropTable':
    case 'dropView':
      return (kind === 'table' || kind === 'view') && change.table?.name === name;
    case 'dropColumn':
      return kind === 'column' && same && change.columnName === name;
    case 'dropIndex':
      return kind === 'index' && change.names.some((each) => each.name === name);
    case 'dropConstraint':
      return kind === 'constraint' && same && change.name === name;
    case 'dropPolicy':
      return kind === 'policy' && same && change.name === name;
    case 'dropType':
      return kind === 'type' && change.name === name;
    default:
      return false;
  }
}

function renames(change: Change, { kind, name, of }: MissingObject): change is ChangeOf<'renameTable'> | ChangeOf<'renameColumn'> {
  if (change.verb === 'renameTable') return (kind === 'table' || kind === 'view') && change.table?.name === name;
  return change.verb === 'renameColumn' && kind === 'column' && change.columnName === name && of !== undefined && change.table !== undefined && sameTable(change.table, of);
}

function renaming(instead: string, { token, at }: Place): Fix {
  const text = written(instead, token);
  return {
    title: `Write \`${text}\``,
    kind: 'review',
    preferred: true,
    intent: () => ({ do: 'replaceText', edits: [{ file: at.file, start: at.start, end: at.end, newText: text }] }),
  };
}

function written(name: string, { kind }: SqlToken): string {
  return quoted(name, kind === 'quoted');
}
