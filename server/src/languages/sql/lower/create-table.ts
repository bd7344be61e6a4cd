// CREATE TABLE in all its forms.
import type { CreateStmt, CreateTableAsStmt, Node, RangeVar, ViewStmt } from 'libpg-query';
import { mergedConstraints } from '../../../model/merged';
import type { Table, TableName } from '../../../model/nodes';
import { buildTable } from '../replay/build';
import type { CheckSpec, ColumnSpec, Effect, ForeignKeySpec, IndexSpec, LikeSpec, LooseConstraint, TableSpec } from './effects';
import { lowerColumn } from './columns';
import { constraintRun, lowerCheck, lowerForeignKey, lowerKey, lowerLoose } from './constraints';
import { relationAt, relationName } from './names';
import type { Source } from './source';

// Bits of TableLikeClause.options.
const LIKE_CONSTRAINTS = 1 << 2;
const LIKE_DEFAULTS = 1 << 3;
const LIKE_INDEXES = 1 << 6;

interface Elements {
  readonly columns: ColumnSpec[];
  readonly indexes: IndexSpec[];
  readonly foreignKeys: ForeignKeySpec[];
  readonly checks: CheckSpec[];
  readonly loose: LooseConstraint[];
  readonly likes: LikeSpec[];
}

export function lowerCreateTable(source: Source, node: CreateStmt): Effect {
  const relation = relationAt(source, node.relation);
  const elements: Elements = { columns: [], indexes: [], foreignKeys: [], checks: [], loose: [], likes: [] };
  for (const element of node.tableElts ?? []) readElement(source, element, elements);
  const parents = (node.inhRelations ?? []).flatMap((parent) => ('RangeVar' in parent ? [relationName(parent.RangeVar)] : []));
  const [parent] = parents;
  const spec: TableSpec = {
    span: source.span(source.all),
    nameSpan: relation.nameSpan,
    objectKind: 'table',
    name: relation.table.name,
    ...schemaOf(relation.table),
    // What stands in another table or type isn't known here; the replay fills in what it knows.
    partial: node.ofTypename !== undefined,
    temporary: node.relation?.relpersistence === 't',
    ...(parent ? { partitionOf: parent } : {}),
    ...optionsOf(source, relation.next),
    ...elements,
    indexes: mergedConstraints(elements.indexes),
    columns: requireKeyColumns(elements.columns, elements.indexes),
  };
  const incomplete = spec.likes.length > 0 || parent !== undefined;
  return createEffect(source, relation.span, spec, { ifNotExists: node.if_not_exists ?? false, incomplete });
}

/** What stands behind the list of columns. */
function optionsOf(source: Source, from: number): { options?: string } {
  if (!source.is(from, '(')) return {};
  const options = source.raw({ from: source.close(from), to: source.tokens.length });
  return options === '' ? {} : { options };
}

function readElement(source: Source, element: Node, into: Elements): void {
  if ('ColumnDef' in element) {
    const { column, indexes, foreignKeys, checks } = lowerColumn(source, element.ColumnDef);
    into.columns.push(column);
    into.indexes.push(...indexes);
    into.foreignKeys.push(...foreignKeys);
    into.checks.push(...checks);
  } else if ('TableLikeClause' in element) {
    const { relation, options = 0 } = element.TableLikeClause;
    into.likes.push({
      source: relationName(relation),
      position: into.columns.length,
      defaults: (options & LIKE_DEFAULTS) !== 0,
      indexes: (options & LIKE_INDEXES) !== 0,
      checks: (options & LIKE_CONSTRAINTS) !== 0,
    });
  } else if ('Constraint' in element) {
    const constraint = element.Constraint;
    const run = constraintRun(source, constraint);
    if (constraint.contype === 'CONSTR_PRIMARY' || constraint.contype === 'CONSTR_UNIQUE') into.indexes.push(lowerKey(source, constraint, run));
    else if (constraint.contype === 'CONSTR_FOREIGN') into.foreignKeys.push(lowerForeignKey(source, constraint, run));
    else if (constraint.contype === 'CONSTR_CHECK') into.checks.push(lowerCheck(source, constraint, run));
    else into.loose.push(lowerLoose(source, constraint, run));
  }
}

// A primary key makes its columns NOT NULL, and they stay so when it goes.
function requireKeyColumns(columns: readonly ColumnSpec[], indexes: readonly IndexSpec[]): ColumnSpec[] {
  const key = indexes.find((index) => index.constraint === 'primary key');
  const required = new Set(key?.parts.map((part) => part.column));
  return columns.map((column) => (required.has(column.dbName) ? { ...column, nullable: false } : column));
}

/** CREATE TABLE … AS, SELECT … INTO and CREATE MATERIALIZED VIEW: the columns are the query's, so unknown here. */
export function lowerCreateAs(source: Source, node: CreateTableAsStmt): Effect {
  const materialized = node.objtype === 'OBJECT_MATVIEW';
  const spec = opaqueTable(source, node.into?.rel, materialized ? 'materialized view' : 'table');
  return createEffect(source, relationAt(source, node.into?.rel).span, spec, { ifNotExists: node.if_not_exists ?? false, incomplete: true });
}

export function lowerSelectInto(source: Source, relation: RangeVar): Effect {
  const spec = opaqueTable(source, relation, 'table');
  return createEffect(source, relationAt(source, relation).span, spec, { ifNotExists: false, incomplete: true });
}

export function lowerView(source: Source, node: ViewStmt): Effect {
  const spec = opaqueTable(source, node.view, 'view');
  return createEffect(source, relationAt(source, node.view).span, spec, { ifNotExists: false, incomplete: true, replace: node.replace ?? false });
}

function opaqueTable(source: Source, node: RangeVar | undefined, objectKind: Table['objectKind']): TableSpec {
  const relation = relationAt(source, node);
  return {
    span: source.span(source.all),
    nameSpan: relation.nameSpan,
    objectKind,
    name: relation.table.name,
    ...schemaOf(relation.table),
    partial: true,
    temporary: node?.relpersistence === 't',
    columns: [],
    indexes: [],
    foreignKeys: [],
    checks: [],
    loose: [],
    likes: [],
  };
}

interface CreateOptions {
  readonly ifNotExists: boolean;
  /** The statement alone doesn't show the whole table. */
  readonly incomplete: boolean;
  readonly replace?: boolean;
}

function createEffect(source: Source, tableSpan: Table['span'], spec: TableSpec, options: CreateOptions): Effect {
  const span = source.span(source.all);
  const table: TableName = { name: spec.name, ...schemaOf(spec) };
  const act = { do: 'createTable' as const, table: spec, ifNotExists: options.ifNotExists, replace: options.replace ?? false };
  if (spec.objectKind !== 'table') return { change: { verb: 'addView', span, table, tableSpan, name: spec.name }, acts: [act] };
  const created = buildTable(options.incomplete ? { ...spec, partial: true } : spec);
  return { change: { verb: 'addTable', span, table, tableSpan, created }, acts: [act] };
}

function schemaOf({ schema }: { readonly schema?: string }): { schema?: string } {
  return schema ? { schema } : {};
}
