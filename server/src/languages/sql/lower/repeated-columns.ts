// Columns that a list names twice, which PostgreSQL's parser lets pass and PostgreSQL refuses, whatever the tables are.
import type { Node, ResTarget, SelectStmt } from 'libpg-query';
import type { RepeatedColumn } from '../../../model/changes';
import type { Source } from './source';

/** A column as a list names it; a part of it, such as a field or an element, may be named again. */
interface Named {
  readonly name: string;
  readonly location?: number | undefined;
  /** Its token, where the parser gives no place. */
  readonly token?: number;
  readonly part?: boolean;
}

type List = Pick<RepeatedColumn, 'list'> & { readonly columns: readonly Named[] };

export function repeatedColumns(node: Node, source: Source): readonly RepeatedColumn[] {
  return listsOf(node, source).flatMap(({ list, columns }) => repeatedIn(list, columns, source));
}

function repeatedIn(list: RepeatedColumn['list'], columns: readonly Named[], source: Source): RepeatedColumn[] {
  const before = new Map<string, Named[]>();
  return columns.flatMap((column) => {
    const same = before.get(column.name) ?? [];
    before.set(column.name, [...same, column]);
    const first = same.find((each) => !(each.part && column.part));
    return first ? [{ list, name: column.name, at: placeOf(column, source), first: placeOf(first, source) }] : [];
  });
}

/** The name where it is written, else the first word of what has that name. */
function placeOf({ name, location, token }: Named, source: Source): RepeatedColumn['at'] {
  if (token !== undefined) return source.nameSpan(token);
  const from = source.at(location);
  const written = source.tokens.findIndex(({ kind, start, end }, at) => {
    if (at < from || (kind !== 'word' && kind !== 'quoted')) return false;
    const text = source.text.slice(start, end);
    return (kind === 'quoted' ? text.slice(1, -1).replaceAll('""', '"') : text.toLowerCase()) === name;
  });
  return source.nameSpan(written < 0 ? from : written);
}

function listsOf(node: Node, source: Source): List[] {
  if ('UpdateStmt' in node) return [{ list: 'assigned', columns: targets(node.UpdateStmt.targetList) }];
  if ('InsertStmt' in node) {
    const { cols, onConflictClause } = node.InsertStmt;
    return [{ list: 'inserted', columns: targets(cols) }, { list: 'assigned', columns: targets(onConflictClause?.targetList) }];
  }
  if ('MergeStmt' in node) {
    return (node.MergeStmt.mergeWhenClauses ?? []).flatMap((each): List[] => {
      if (!('MergeWhenClause' in each)) return [];
      const { commandType, targetList } = each.MergeWhenClause;
      return [{ list: commandType === 'CMD_INSERT' ? 'inserted' : 'assigned', columns: targets(targetList) }];
    });
  }
  if ('CreateStmt' in node) return [{ list: 'created', columns: definitions(node.CreateStmt.tableElts) }];
  if ('CreateForeignTableStmt' in node) return [{ list: 'created', columns: definitions(node.CreateForeignTableStmt.base?.tableElts) }];
  const result = resultOf(node, source);
  return result ? [{ list: 'created', columns: result }] : [];
}

/** The columns of a table or view that a query makes; `aliases` name the first ones of them. */
function resultOf(node: Node, source: Source): readonly Named[] | undefined {
  if ('ViewStmt' in node) return renamed(source, node.ViewStmt.query, node.ViewStmt.aliases);
  if ('CreateTableAsStmt' in node) return renamed(source, node.CreateTableAsStmt.query, node.CreateTableAsStmt.into?.colNames);
  return 'SelectStmt' in node && node.SelectStmt.intoClause ? renamed(source, node) : undefined;
}

function renamed(source: Source, query: Node | undefined, aliases: readonly Node[] = []): readonly Named[] {
  const columns = query && 'SelectStmt' in query ? columnsOf(query.SelectStmt) : [];
  // They stand in the first parentheses, with a comma between two.
  const open = source.find(source.all, '(');
  const names = aliases.flatMap((each, at) => ('String' in each ? [{ name: each.String.sval ?? '', token: open + 1 + 2 * at }] : []));
  return [...names, ...columns.slice(names.length)];
}

/** What the columns of a query are called; where a star may stand for any number of them, only those before it. */
function columnsOf({ op, larg, targetList = [] }: SelectStmt): readonly Named[] {
  if (op !== undefined && op !== 'SETOP_NONE') return larg ? columnsOf(larg) : [];
  const columns: Named[] = [];
  for (const each of targetList) {
    if (!('ResTarget' in each)) continue;
    const { name, val, location } = each.ResTarget;
    const called = name ?? (val && nameOf(val));
    if (called === undefined) break;
    columns.push({ name: called, location });
  }
  return columns;
}

/** The name that PostgreSQL gives a column without one, for the common expressions. */
function nameOf(value: Node): string | undefined {
  if ('A_Const' in value || 'A_Expr' in value) return '?column?';
  if ('ColumnRef' in value) return lastName(value.ColumnRef.fields);
  if ('FuncCall' in value) return lastName(value.FuncCall.funcname);
  if (!('TypeCast' in value)) return undefined;
  const { arg, typeName } = value.TypeCast;
  return arg && ('ColumnRef' in arg || 'FuncCall' in arg) ? nameOf(arg) : arg && 'A_Const' in arg ? lastName(typeName?.names) : undefined;
}

function lastName(parts: readonly Node[] = []): string | undefined {
  const last = parts.at(-1);
  return last && 'String' in last ? last.String.sval : undefined;
}

function targets(list: readonly Node[] = []): readonly Named[] {
  return list.flatMap((each) => ('ResTarget' in each ? target(each.ResTarget) : []));
}

function target({ name, indirection, location }: ResTarget): readonly Named[] {
  return name === undefined ? [] : [{ name, location, part: (indirection ?? []).length > 0 }];
}

function definitions(elements: readonly Node[] = []): readonly Named[] {
  return elements.flatMap((each) => {
    if (!('ColumnDef' in each)) return [];
    const { colname, location } = each.ColumnDef;
    return colname === undefined ? [] : [{ name: colname, location }];
  });
}
