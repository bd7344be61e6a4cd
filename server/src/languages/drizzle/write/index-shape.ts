// Gives an index another method, or its columns another order.
import type { ts } from 'ts-morph';
import type { Edit } from '../../../text/edit';
import { atLeast } from '../../../model/facts';
import type { IntentOf } from '../../../model/intents';
import type { Index } from '../../../model/nodes';
import type { WriteContext } from '../../language';
import { compiler } from '../../typescript/compiler';
import { isFunction, plain } from '../../typescript/syntax';
import { callAt, draftOf, edit, quoted, startOf, tableAt, textOf, type Draft } from './draft';
import { memberText, ownerOf } from './extra';

interface Found {
  readonly draft: Draft;
  /** The name behind the dot: `on` or `using`. */
  readonly word: ts.Node;
  readonly call: ts.CallExpression;
  /** One expression for each part of the index. */
  readonly parts: readonly ts.Expression[];
}

/** `.using('gin', …)` in place of `.on(…)`, without the order that only a B-tree has; and the other way round. */
export function setMethod({ index, method }: IntentOf<'setMethod'>, context: WriteContext): readonly Edit[] | undefined {
  const found = columnsOf(index, context);
  // Before 0.31 `.using()` took an expression and stood behind `.on()`.
  if (!found || atLeast(context.facts.drizzleVersion, 0, 31) === false) return undefined;
  const { draft, word, call, parts } = found;
  const [first] = call.arguments;
  if (!first) return undefined;
  const start = startOf(draft, word);
  if (method === 'btree') {
    if (index.method === 'btree') return undefined;
    // One column is read both ways, and Drizzle's `.desc()` would put its nulls where no query wants them.
    const plainly = parts.length === 1 ? parts.flatMap((part) => withoutOrder(draft, part)) : [];
    return [edit(draft, start, startOf(draft, parts[0] ?? first), 'on('), ...plainly];
  }
  const value = quoted(draft, method);
  const written =
    parts[0] === first
      ? [edit(draft, start, word.end, 'using'), edit(draft, startOf(draft, first), startOf(draft, first), `${value}, `)]
      : [edit(draft, startOf(draft, first), first.end, value)];
  return [...written, ...parts.flatMap((part) => withoutOrder(draft, part))];
}

/** The columns in the order asked for, each with the order and operator class it has. */
export function setParts({ index, columns }: IntentOf<'setParts'>, context: WriteContext): readonly Edit[] | undefined {
  const found = columnsOf(index, context);
  if (!found || index.parts.some(({ column }) => column === undefined || !columns.includes(column))) return undefined;
  const { draft, parts } = found;
  const added = columns.filter((dbName) => !index.parts.some(({ column }) => column === dbName));
  const members = added.map((dbName) => index.table.columns.find((column) => column.dbName === dbName)?.name ?? '');
  const owner = added.length === 0 ? undefined : ownerAround(draft, index, members);
  if (members.includes('') || (added.length > 0 && !owner)) return undefined;
  const texts = columns.map((dbName) => {
    const part = parts[index.parts.findIndex(({ column }) => column === dbName)];
    if (part) return textOf(draft, part);
    return owner ? memberText(draft, owner.owner, members[added.indexOf(dbName)] ?? '') : '';
  });
  // Each text goes where one stood, so that line breaks and comments between them stay.
  const more = texts.length - parts.length;
  const edits = parts.map((part, at) => {
    const text = at === 0 ? texts.slice(0, more + 1).join(', ') : (texts[at + more] ?? '');
    return edit(draft, startOf(draft, part), part.end, text);
  });
  return [...(owner?.edits ?? []), ...edits];
}

/** The call that names the columns, in an index written in the table itself. */
function columnsOf({ nameSpan, table, parts }: Index, context: WriteContext): Found | undefined {
  const draft = draftOf(nameSpan.file, context);
  const base = draft && callAt(draft, nameSpan);
  // What a shared helper holds belongs to other tables too.
  if (!draft || !base || nameSpan.file !== table.span.file || nameSpan.start < table.span.start || nameSpan.end > table.span.end) return undefined;
  for (let at: ts.Node = base; compiler.isPropertyAccessExpression(at.parent) && compiler.isCallExpression(at.parent.parent); at = at.parent.parent) {
    const word = at.parent.name;
    const call = at.parent.parent;
    if (word.text !== 'on' && word.text !== 'using') continue;
    const own = word.text === 'on' ? [...call.arguments] : call.arguments.slice(1);
    return own.length === parts.length && own.length > 0 ? { draft, word, call, parts: own } : undefined;
  }
  return undefined;
}

function ownerAround(draft: Draft, { table }: Index, members: readonly string[]): ReturnType<typeof ownerOf> {
  const argument = tableAt(draft, table)?.node.arguments[2];
  const fn = argument && plain(argument);
  return fn && isFunction(fn) ? ownerOf(draft, fn, members) : undefined;
}

const ORDER = new Set(['asc', 'desc', 'nullsFirst', 'nullsLast']);

function withoutOrder(draft: Draft, part: ts.Expression): Edit[] {
  const edits: Edit[] = [];
  let node = plain(part);
  while (compiler.isCallExpression(node) && compiler.isPropertyAccessExpression(node.expression)) {
    const owner = node.expression.expression;
    if (ORDER.has(node.expression.name.text)) edits.push(edit(draft, owner.end, node.end, ''));
    node = plain(owner);
  }
  return edits;
}
