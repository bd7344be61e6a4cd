// Makes an index hold only some rows; a unique constraint becomes a unique index for that.
import type { ts } from 'ts-morph';
import type { IntentOf, RowsGoal } from '../../../model/intents';
import type { Dialect } from '../../../model/nodes';
import type { Edit } from '../../../text/edit';
import type { WriteContext } from '../../language';
import { compiler } from '../../typescript/compiler';
import { isFunction, plain } from '../../typescript/syntax';
import { coreModule } from '../vocabulary';
import { callAt, draftOf, edit, quoted, startOf, tableAt, type Draft } from './draft';
import { insertExtra, memberText, ownerOf, removeIndex, type Owner } from './extra';
import { importEdits, spelling, type Wanted } from './imports';

const SQL: Wanted = { module: 'drizzle-orm', name: 'sql' };

export function setRows(intent: IntentOf<'setRows'>, context: WriteContext): readonly Edit[] | undefined {
  const { index } = intent;
  const { table, span, nullsNotDistinct } = index;
  const draft = draftOf(span.file, context);
  // What a shared helper holds belongs to other tables too.
  const own = span.file === table.span.file && table.span.start <= span.start && span.end <= table.span.end;
  if (!draft || !own || index.where || nullsNotDistinct || index.constraint === 'primary key' || !hasPartialIndexes(table.dialect)) return undefined;
  return index.inline ? outOfColumn(draft, intent, context) : inPlace(draft, intent);
}

function hasPartialIndexes(dialect: Dialect): boolean {
  return dialect === 'postgresql' || dialect === 'sqlite' || dialect === 'cockroachdb' || dialect === 'sqlserver';
}

/** `.where(…)` behind the element's chain. */
function inPlace(draft: Draft, { index, rows }: IntentOf<'setRows'>): readonly Edit[] | undefined {
  const base = callAt(draft, index.nameSpan);
  const argument = tableAt(draft, index.table)?.node.arguments[2];
  const fn = argument && plain(argument);
  const owner = fn && isFunction(fn) ? ownerOf(draft, fn, [rows.column.name]) : undefined;
  const tag = spelling(draft, SQL);
  if (!base || !owner || tag === undefined) return undefined;
  const { end } = chainFrom(base);
  const where = edit(draft, end, end, `.where(${predicate(draft, tag, owner.owner, rows)})`);
  if (index.constraint !== 'unique') return [...importEdits(draft, [SQL]), ...owner.edits, where];
  const callee = plain(base.expression);
  const core = coreModule(index.table.dialect);
  const name = compiler.isPropertyAccessExpression(callee) ? callee.name : callee;
  const wanted: Wanted[] = core === undefined ? [] : [{ module: core, name: 'uniqueIndex' }];
  const [want] = wanted;
  const spelled = name === callee ? want && spelling(draft, want) : 'uniqueIndex';
  if (spelled === undefined || index.name === undefined) return undefined;
  const removed = { start: startOf(draft, name), end: name.end };
  const named = base.arguments.length > 0 ? [] : [edit(draft, base.end - 1, base.end - 1, quoted(draft, index.name))];
  const imports = importEdits(draft, name === callee ? [...wanted, SQL] : [SQL], [removed]);
  return [...imports, ...owner.edits, edit(draft, removed.start, removed.end, spelled), ...named, where];
}

/** The last call of a chain that begins with `base`. */
function chainFrom(base: ts.CallExpression): ts.CallExpression {
  let at = base;
  while (compiler.isPropertyAccessExpression(at.parent) && at.parent.expression === at && compiler.isCallExpression(at.parent.parent)) at = at.parent.parent;
  return at;
}

/** `.unique()` leaves its column for an index of the table. */
function outOfColumn(draft: Draft, { index, rows }: IntentOf<'setRows'>, context: WriteContext): readonly Edit[] | undefined {
  const { table, name } = index;
  const column = table.columns.find(({ dbName }) => dbName === index.parts[0]?.column);
  const removed = removeIndex({ do: 'removeIndex', index }, context);
  const tag = spelling(draft, SQL);
  if (!column || !removed || name === undefined || tag === undefined) return undefined;
  return insertExtra(draft, table, context, {
    symbol: 'uniqueIndex',
    key: `${column.name}Unique`,
    members: [column.name, rows.column.name],
    text: (unique, owner) =>
      `${unique}(${quoted(draft, name)}).on(${memberText(draft, owner, column.name)}).where(${predicate(draft, tag, owner, rows)})`,
    edits: removed,
    wanted: [SQL],
  });
}

function predicate(draft: Draft, tag: string, owner: Owner, { column, is }: RowsGoal): string {
  // SQL Server keeps a boolean as a bit and has no words for its values.
  const value = column.table.dialect === 'sqlserver' ? Number(is) : String(is);
  return `${tag}\`\${${memberText(draft, owner, column.name)}} ${is === null ? 'is null' : `= ${value}`}\``;
}
