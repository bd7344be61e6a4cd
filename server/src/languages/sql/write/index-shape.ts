// Gives an index another method, or its columns another order: in a migration nobody has run yet in place, else by next
// migrations, of which the first builds the new index and the second drops the old one.
import type { Edit } from '../../../text/edit';
import type { MigrationStep, IntentOf } from '../../../model/intents';
import type { Index, IndexPart } from '../../../model/nodes';
import { isNamedLater, wayOut } from '../../../model/runners';
import type { WriteContext } from '../../language';
import type { Run, Source } from '../lower/source';
import type { SqlParsed } from '../parse/parsed';
import type { Piece } from '../parse/chunk';
import { freeName } from './keys';
import { fileOf, identifier, inCaseOf, pieceAt, qualified, sourceOf, statementAt } from './text';

export function setMethod({ index, method }: IntentOf<'setMethod'>, context: WriteContext): readonly Edit[] | undefined {
  const found = statementOf(index, context);
  if (!found) return undefined;
  const { parsed, source, using, open, elements } = found;
  const columns = index.parts.map((part) => part.column ?? 'expr');
  if (isCommitted(found, context)) return replaceLater(found, { method, columns, parts: elements.map((element) => partText(source, element, method)) }, context);
  const file = parsed.path;
  const { start, end } = source.span(using);
  const at = source.span({ from: open, to: open + 1 }).start;
  const word = source.is(using.from, 'USING');
  const space = /\s/.test(parsed.text.charAt(at - 1)) ? '' : ' ';
  const written: Edit =
    word && method === 'btree'
      ? { file, start, end: at, newText: '' }
      : word
        ? { file, start, end, newText: `${inCaseOf(source.text, 'USING')} ${method}` }
        : { file, start: at, end: at, newText: `${space}${inCaseOf(source.text, 'USING')} ${method} ` };
  const parts = elements.flatMap((element) => {
    const kept = withoutOrder(source, element);
    if (method === 'btree' || kept.to === element.to) return [];
    return [{ file, start: source.span(kept).end, end: source.span(element).end, newText: '' }];
  });
  return [written, ...parts];
}

export function setParts({ index, columns }: IntentOf<'setParts'>, context: WriteContext): readonly Edit[] | undefined {
  const found = statementOf(index, context);
  if (!found || index.parts.some(({ column }) => column === undefined || !columns.includes(column))) return undefined;
  const { parsed, piece, source, elements } = found;
  const texts = columns.map((column) => {
    const element = elements[index.parts.findIndex((part) => part.column === column)];
    return element ? source.raw(element) : identifier(column, piece.text);
  });
  if (isCommitted(found, context) || isTooEarly(found, columns, context)) {
    const parts = columns.map((column) => {
      const part = index.parts.find((each) => each.column === column);
      return part ? definition(part, piece.text) : identifier(column, piece.text);
    });
    return replaceLater(found, { method: index.method, columns, parts }, context);
  }
  const first = elements[0]?.from ?? 0;
  const { start, end } = source.span({ from: first, to: elements.at(-1)?.to ?? first });
  const lines = parsed.text.slice(start, end);
  // One on each line stays one on each line.
  const separator = /,(\s*\n\s*)/.exec(lines)?.[1];
  return [{ file: parsed.path, start, end, newText: texts.join(separator === undefined ? ', ' : `,${separator}`) }];
}

export interface Found {
  readonly index: Index;
  readonly parsed: SqlParsed;
  readonly piece: Piece;
  readonly source: Source;
  /** `USING method`, or nothing before the list. */
  readonly using: Run;
  /** The list's opening bracket. */
  readonly open: number;
  readonly elements: readonly Run[];
}

/** The CREATE INDEX of an index; constraints have no method and an order that others may rely on. */
export function statementOf(index: Index, context: WriteContext): Found | undefined {
  const parsed = fileOf(context, index.span);
  const piece = parsed && pieceAt(parsed, index.span);
  if (!parsed || piece?.node !== 'IndexStmt') return undefined;
  const source = sourceOf(piece);
  const on = source.find(source.all, 'ON');
  const open = source.find({ from: on, to: source.tokens.length }, '(');
  const word = source.find({ from: on, to: open }, 'USING');
  const elements = source.elements({ from: open + 1, to: source.close(open) - 1 });
  if (elements.length === 0 || elements.length !== index.parts.length) return undefined;
  return { index, parsed, piece, source, using: { from: word, to: open }, open, elements };
}

export function isCommitted({ parsed }: Found, context: WriteContext): boolean {
  return context.migration?.(parsed.path)?.committed ?? false;
}

/** Whether the statement comes before a column it shall name, or a later one knows the index by a name made of its columns. */
export function isTooEarly({ index, parsed, piece }: Found, columns: readonly string[], context: WriteContext): boolean {
  const statement = statementAt(context, index.span);
  if (statement && index.name !== undefined && !piece.text.includes(index.name) && isNamedLater(index.name, statement, context.schema.migrations)) return true;
  const files = context.schema.migrations.map(({ file }) => file);
  return columns.some((dbName) => {
    if (index.parts.some((part) => part.column === dbName)) return false;
    const column = index.table.columns.find((each) => each.dbName === dbName);
    if (!column) return true;
    const { file, start, end } = column.nameSpan;
    const before = file === parsed.path ? end <= piece.span.start : files.indexOf(file) < files.indexOf(parsed.path);
    return !before || fileOf(context, column.nameSpan)?.text.slice(start, end) !== dbName;
  });
}

interface Shape {
  readonly method: string;
  /** What the new index is named by. */
  readonly columns: readonly string[];
  readonly parts: readonly string[];
  /** A predicate for an index that had none. */
  readonly where?: string;
}

export function replaceLater({ index, parsed, piece, source, open }: Found, { method, columns, parts, where }: Shape, context: WriteContext): readonly Edit[] | undefined {
  const { table, name: old, unique } = index;
  const statement = statementAt(context, index.span);
  const way = statement ? wayOut(statement.migration) : 'whole';
  if (old === undefined || way === 'never') return undefined;
  const say = (words: string): string => inCaseOf(piece.text, words);
  const schema = table.dbSchema === undefined ? {} : { schema: table.dbSchema };
  const name = freeName(table, columns, context);
  const using = method === 'btree' ? '' : ` ${say('USING')} ${method}`;
  const kept = source.raw({ from: source.close(open), to: source.tokens.length });
  const tail = [kept, where].filter((text) => text).join(' ');
  const create = `${say(`CREATE ${unique ? 'UNIQUE ' : ''}INDEX CONCURRENTLY`)} ${identifier(name, piece.text)} ${say('ON')} ${qualified({ name: table.dbName, ...schema }, piece.text)}${using} (${parts.join(', ')})${tail ? ` ${tail}` : ''};`;
  const drop = `${say('DROP INDEX CONCURRENTLY')} ${qualified({ name: old, ...schema }, piece.text)};`;
  const step = (verb: string, of: string, sql: string): MigrationStep => ({
    name: `${verb}_${of}`.replaceAll(/[^A-Za-z0-9]+/g, '_').toLowerCase(),
    statements: way === 'commit' ? [say('COMMIT;'), sql] : [sql],
    outsideTransaction: true,
  });
  // A runner that sends a file as one query takes a single CONCURRENTLY in it.
  return context.nextMigrations(parsed.path, [step('create', name, create), step('drop', old, drop)]);
}

/** An element as another method takes it. */
function partText(source: Source, element: Run, method: string): string {
  return source.raw(method === 'btree' ? element : withoutOrder(source, element));
}

/** An element without ASC, DESC and NULLS FIRST or LAST at its end. */
function withoutOrder(source: Source, { from, to }: Run): Run {
  let end = to;
  if (source.is(end - 2, 'NULLS')) end -= 2;
  if (source.is(end - 1, 'ASC') || source.is(end - 1, 'DESC')) end--;
  return { from, to: end };
}

/** A part by its present names. */
function definition({ column, expression, collation, ops, sort, nulls }: IndexPart, sample: string): string {
  return [
    column === undefined ? expression : identifier(column, sample),
    collation === undefined ? undefined : `${inCaseOf(sample, 'COLLATE')} "${collation}"`,
    ops,
    sort === 'desc' ? inCaseOf(sample, 'DESC') : undefined,
    nulls === undefined ? undefined : inCaseOf(sample, `NULLS ${nulls}`),
  ]
    .filter((word) => word !== undefined)
    .join(' ');
}
