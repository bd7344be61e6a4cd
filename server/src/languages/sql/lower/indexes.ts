// CREATE INDEX.
import type { IndexElem, IndexStmt, Node } from 'libpg-query';
import type { IndexPart } from '../../../model/nodes';
import type { Effect, IndexSpec } from './effects';
import { relationAt, stringsOf } from './names';
import type { Run, Source } from './source';
import { statementTable } from './stand-in';

export function lowerIndex(source: Source, node: IndexStmt): Effect {
  const relation = relationAt(source, node.relation);
  const open = source.find({ from: relation.next, to: source.tokens.length }, '(');
  const elements = source.elements({ from: open + 1, to: source.close(open) - 1 });
  const keyword = source.find(source.all, 'INDEX');
  const where = source.find({ from: Math.min(source.close(open), source.tokens.length), to: source.tokens.length }, 'WHERE');
  const named = (node.indexParams ?? []).map((param) => ('IndexElem' in param ? (param.IndexElem.name ?? calledName(param.IndexElem.expr)) : 'expr'));
  const index: IndexSpec = {
    kind: 'index',
    span: source.span(source.all),
    nameSpan: node.idxname ? nameRun(source, keyword) : source.span({ from: 0, to: keyword + 1 }),
    ...(node.idxname ? { name: node.idxname } : {}),
    unique: node.unique ?? false,
    method: node.accessMethod ?? 'btree',
    parts: (node.indexParams ?? []).map((param, i) => lowerPart(source, 'IndexElem' in param ? param.IndexElem : {}, elements[i])),
    include: (node.indexIncludingParams ?? []).flatMap((param) => ('IndexElem' in param ? (param.IndexElem.name ?? []) : [])),
    ...(node.whereClause ? { where: predicate(source, where) } : {}),
    nullsNotDistinct: node.nulls_not_distinct ?? false,
    concurrently: node.concurrent ?? false,
    inline: false,
    ...optionsOf(source, { from: source.close(open), to: where }),
  };
  const spec: IndexSpec = node.idxname ? index : { ...index, nameParts: named };
  const ifNotExists = node.if_not_exists ?? false;
  const table = statementTable(source, relation);
  return {
    change: {
      verb: 'addIndex',
      span: index.span,
      table: relation.table,
      tableSpan: relation.span,
      index: { ...index, table },
      ifNotExists,
    },
    acts: [{ do: 'addIndex', table: relation.table, index: spec, ifNotExists }],
  };
}

// The name stands before ON, as written, with its quotes.
function nameRun(source: Source, keyword: number): ReturnType<Source['span']> {
  const on = source.find({ from: keyword, to: source.tokens.length }, 'ON');
  return source.span({ from: Math.max(on - 1, 0), to: on });
}

/** Storage parameters and the tablespace. */
function optionsOf(source: Source, run: Run): { options?: string } {
  const from = source.find(run, 'WITH', 'TABLESPACE');
  return from < run.to ? { options: source.raw({ from, to: run.to }) } : {};
}

function predicate(source: Source, where: number): { raw: string; span: ReturnType<Source['span']> } {
  const run: Run = { from: where + 1, to: source.tokens.length };
  return { raw: source.raw(run), span: source.span(run) };
}

// PostgreSQL calls an expression by its function or column, and `expr` where it has neither.
function calledName(expression: Node | undefined): string {
  if (!expression) return 'expr';
  if ('FuncCall' in expression) return stringsOf(expression.FuncCall.funcname).at(-1) ?? 'expr';
  if ('ColumnRef' in expression) return stringsOf(expression.ColumnRef.fields).at(-1) ?? 'expr';
  if ('CollateClause' in expression) return calledName(expression.CollateClause.arg);
  if ('CoalesceExpr' in expression) return 'coalesce';
  if (!('TypeCast' in expression)) return 'expr';
  const name = calledName(expression.TypeCast.arg);
  return name === 'expr' ? (stringsOf(expression.TypeCast.typeName?.names).at(-1) ?? 'expr') : name;
}

/** One element of an index's list; `element` is where it is written. */
export function lowerPart(source: Source, part: IndexElem, element: Run | undefined): IndexPart {
  const run = element ?? { from: 0, to: 0 };
  const ops = stringsOf(part.opclass).at(-1);
  const collation = stringsOf(part.collation).at(-1);
  const nulls = part.nulls_ordering === 'SORTBY_NULLS_FIRST' ? 'first' : part.nulls_ordering === 'SORTBY_NULLS_LAST' ? 'last' : undefined;
  return {
    ...(part.name ? { column: part.name } : { expression: expressionOf(source, run) }),
    sort: part.ordering === 'SORTBY_DESC' ? 'desc' : 'asc',
    ...(nulls ? { nulls } : {}),
    ...(ops ? { ops } : {}),
    ...(collation ? { collation } : {}),
    span: source.span(run),
  };
}

// `(expression)` or `function(…)`, without the order and operator class behind it.
function expressionOf(source: Source, run: Run): string {
  const open = source.find(run, '(');
  return source.raw(open < run.to ? { from: run.from, to: Math.min(source.close(open), run.to) } : run);
}
