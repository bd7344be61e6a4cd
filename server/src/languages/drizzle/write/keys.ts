// Writes primary keys: over columns that a table has, in place of a unique constraint, or as a column of its own.
import type { ts } from 'ts-morph';
import type { IntentOf } from '../../../model/intents';
import type { Dialect, Index, Table } from '../../../model/nodes';
import type { Edit } from '../../../text/edit';
import type { WriteContext } from '../../language';
import { compiler } from '../../typescript/compiler';
import { plain } from '../../typescript/syntax';
import { coreModule } from '../vocabulary';
import { columnsObject, styleOf } from './columns';
import { callAt, draftOf, edit, quoted, sameLine, startOf, tableAt, textOf, type Draft } from './draft';
import { insertExtra, memberText } from './extra';
import { importEdits, spelling, type Wanted } from './imports';

export function addPrimaryKey({ table, columns }: IntentOf<'addPrimaryKey'>, context: WriteContext): readonly Edit[] | undefined {
  const draft = draftOf(table.span.file, context);
  if (!draft) return undefined;
  if (!columns) return newColumn(draft, table, context);
  const members = columns.flatMap((dbName) => table.columns.find((column) => column.dbName === dbName)?.name ?? []);
  if (members.length !== columns.length) return undefined;
  const unique = table.indexes.find(
    ({ constraint, parts }) => constraint === 'unique' && parts.length === columns.length && parts.every((part, at) => part.column === columns[at]),
  );
  if (unique) return isInside(table, unique) ? inPlaceOf(draft, unique) : undefined;
  const [only] = columns;
  if (columns.length === 1 && only !== undefined) return onColumn(draft, table, only);
  return insertExtra(draft, table, context, {
    symbol: 'primaryKey',
    key: 'pk',
    members,
    text: (primaryKey, owner) => `${primaryKey}({ columns: [${members.map((member) => memberText(draft, owner, member)).join(', ')}] })`,
  });
}

/** What a shared helper holds belongs to other tables, too. */
function isInside(table: Table, { span }: Pick<Index, 'span'>): boolean {
  return span.file === table.span.file && table.span.start <= span.start && span.end <= table.span.end;
}

/** `.unique()` and `unique().on(…)` give way to the key that makes them needless. */
function inPlaceOf(draft: Draft, unique: Index): readonly Edit[] | undefined {
  if (unique.inline) {
    const call = callAt(draft, unique.span);
    if (!call || !compiler.isPropertyAccessExpression(call.expression)) return undefined;
    return [edit(draft, startOf(draft, call.expression.name), call.end, 'primaryKey()')];
  }
  const base = callAt(draft, unique.nameSpan);
  const on = base && linkOn(base);
  const module = coreModule(unique.table.dialect);
  if (!base || !on || module === undefined) return undefined;
  const callee = plain(base.expression);
  const wanted: Wanted = { module, name: 'primaryKey' };
  const spelled = compiler.isPropertyAccessExpression(callee) ? `${textOf(draft, callee.expression)}.primaryKey` : spelling(draft, wanted);
  if (spelled === undefined) return undefined;
  const text = `${spelled}({ columns: [${on.arguments.map((argument) => textOf(draft, argument)).join(', ')}] })`;
  const range = { start: startOf(draft, base), end: on.end };
  const imports = compiler.isPropertyAccessExpression(callee) ? [] : importEdits(draft, [wanted], [range]);
  return [...imports, edit(draft, range.start, range.end, text)];
}

/** The `.on(…)` right behind `unique(…)`, where nothing else is chained to it. */
function linkOn(base: ts.CallExpression): ts.CallExpression | undefined {
  const { parent } = base;
  const call = compiler.isPropertyAccessExpression(parent) && parent.name.text === 'on' ? parent.parent : undefined;
  const whole = call && compiler.isCallExpression(call) && !compiler.isPropertyAccessExpression(call.parent);
  return whole ? call : undefined;
}

function onColumn(draft: Draft, table: Table, dbName: string): readonly Edit[] | undefined {
  const type = table.columns.find((column) => column.dbName === dbName)?.type;
  const call = type && isInside(table, type) ? callAt(draft, type.span) : undefined;
  return call && [edit(draft, call.end, call.end, '.primaryKey()')];
}

interface NewColumn {
  readonly builder: string;
  /** Options of the builder. */
  readonly options?: string;
  readonly chain: string;
  readonly wanted?: Wanted;
}

/** `id`, in front of the other columns. */
function newColumn(draft: Draft, table: Table, context: WriteContext): readonly Edit[] | undefined {
  const found = tableAt(draft, table);
  const argument = found?.node.arguments[1];
  const object = argument && columnsObject(argument);
  const [first] = object?.properties ?? [];
  const module = found && coreModule(found.call.dialect);
  const made = found && newKey(draft, found.call.dialect, context);
  if (!object || !first || module === undefined || !made || table.columns.some(({ name, dbName }) => name === 'id' || dbName === 'id')) return undefined;
  const style = styleOf(draft, table, object);
  const builder: Wanted = { module, name: made.builder };
  const callee = style.prefix === undefined ? spelling(draft, builder) : `${style.prefix}.${made.builder}`;
  if (callee === undefined) return undefined;
  const args = [...(style.named ? [quoted(draft, 'id')] : []), ...(made.options === undefined ? [] : [made.options])].join(', ');
  const start = startOf(draft, first);
  const ownLine = !sameLine(draft, startOf(draft, object), start);
  const gap = ownLine ? draft.eol + (/[ \t]*$/.exec(draft.text.slice(0, start))?.[0] ?? '') : ' ';
  const wanted = [...(style.prefix === undefined ? [builder] : []), ...(made.wanted ? [made.wanted] : [])];
  return [...importEdits(draft, wanted), edit(draft, start, start, `id: ${callee}(${args}).primaryKey()${made.chain},${gap}`)];
}

function newKey(draft: Draft, dialect: Dialect, { facts }: WriteContext): NewColumn | undefined {
  const number = { options: `{ mode: ${quoted(draft, 'number')} }` };
  switch (dialect) {
    case 'postgresql':
      return timeOrdered(draft, facts.postgresVersion, facts.dependencies) ?? { builder: 'bigint', ...number, chain: '.generatedAlwaysAsIdentity()' };
    // Keys spread over the ranges are what CockroachDB asks for.
    case 'cockroachdb':
      return { builder: 'uuid', chain: '.defaultRandom()' };
    case 'mysql':
    case 'singlestore':
      return { builder: 'bigint', ...number, chain: '.autoincrement()' };
    case 'sqlite':
      return { builder: 'integer', chain: '' };
    case 'sqlserver':
    case 'gel':
    case 'mongodb':
    case 'clickhouse':
    case 'unknown':
      return undefined;
  }
}

function timeOrdered(draft: Draft, postgres: number | undefined, dependencies: ReadonlySet<string>): NewColumn | undefined {
  const native = (postgres ?? 0) >= 18;
  if (!native && !dependencies.has('uuidv7')) return undefined;
  const wanted: Wanted = native ? { module: 'drizzle-orm', name: 'sql' } : { module: 'uuidv7', name: 'uuidv7' };
  const spelled = spelling(draft, wanted);
  if (spelled === undefined) return undefined;
  return { builder: 'uuid', chain: native ? `.default(${spelled}\`uuidv7()\`)` : `.$defaultFn(() => ${spelled}())`, wanted };
}
