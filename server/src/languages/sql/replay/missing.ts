// What a statement asks for and a complete history doesn't have at that moment. Wherever something that can't be read may
// have made it, nothing is said.
import type { MissingObject } from '../../../model/changes';
import { nearestWord } from '../../../model/nearest-word';
import type { TableName } from '../../../model/nodes';
import type { Act, ColumnSpec, Effect } from '../lower/effects';
import type { Piece } from '../parse/chunk';
import { schemaOf, type Catalog } from './catalog';
import type { Draft } from './draft';

/** What the effect of a statement lacks, looked at before it happens. */
export function missingFor(catalog: Catalog, piece: Piece, effect: Effect): readonly MissingObject[] {
  if (catalog.untracked.blind || piece.node === 'DoStmt' || /\bIF\s+EXISTS\b/i.test(piece.text)) return NONE;
  const { change, acts } = effect;
  const written = change.verb === 'write' && change.table ? columnsLacked(catalog, change.table, change.columns ?? [], piece) : NONE;
  const found = [...tablesLacked(catalog, effect), ...acts.flatMap((act) => lackedBy(catalog, act, piece)), ...written, ...indexesLacked(catalog, effect)];
  return found.filter(({ name, of }) => name !== '' && !catalog.untracked.mayHold(name, of));
}

const NONE: readonly MissingObject[] = [];

function* tablesLacked(catalog: Catalog, { change, acts }: Effect): Generator<MissingObject> {
  // IF NOT EXISTS, or an error of another kind.
  if (change.verb === 'addTable' && catalog.tables.has(change.created.dbName)) return;
  for (const asked of tablesAsked(change, acts)) {
    if (isThere(catalog, asked)) continue;
    const kind = change.verb === 'dropView' || change.verb === 'refreshView' ? 'view' : 'table';
    const names = [...catalog.order].filter(({ objectKind }) => kind === 'table' || objectKind !== 'table').map(({ name }) => name);
    yield missing(kind, asked.name, names);
  }
}

/** The tables that a statement takes for granted. */
function tablesAsked(change: Effect['change'], acts: readonly Act[]): readonly TableName[] {
  switch (change.verb) {
    case 'addTable': {
      const { created } = change;
      const self: TableName = { name: created.dbName, ...(created.dbSchema !== undefined && { schema: created.dbSchema }) };
      const likes = acts.flatMap((act) => (act.do === 'createTable' ? act.table.likes.map(({ source }) => source) : []));
      const targets = created.foreignKeys.map(({ target }) => target).filter(({ name }) => name !== self.name);
      return [...targets, ...likes, ...(created.partitionOf ? [created.partitionOf] : [])];
    }
    case 'addView':
      return [];
    case 'addColumn':
      return [...named(change), ...(change.targets ?? [])];
    case 'addForeignKey':
      return [...named(change), change.foreignKey.target];
    case 'attachPartition':
    case 'detachPartition':
      return [...named(change), change.partition];
    default:
      return named(change);
  }
}

function named({ table }: Effect['change']): readonly TableName[] {
  return table ? [table] : [];
}

/** Schemas, and names, of what others than the migrations make. */
const FOREIGN_SCHEMA = /^(?:pg_.*|information_schema|auth|storage|extensions|realtime|vault|cron|pgmq|graphql(?:_public)?|net|topology|tiger|partman|timescaledb.*|_timescaledb.*)$/;
const FOREIGN_NAME = /^pg_|_seq$|migration|schema_(?:history|version|revisions)|goose_db_version|databasechangelog|^(?:spatial_ref_sys|geometry_columns|geography_columns|raster_(?:columns|overviews))$/i;

/** Whether there is, in whatever schema, a table, view or index of that name, or others than the migrations may have made one. */
function isThere(catalog: Catalog, { name, schema }: TableName): boolean {
  if (catalog.tables.has(name) || catalog.indexes.has(name) || FOREIGN_NAME.test(name)) return true;
  if (schema === undefined || schema === 'public') return false;
  return FOREIGN_SCHEMA.test(schema) || ![...catalog.order].some((draft) => draft.schema === schema);
}

function lackedBy(catalog: Catalog, act: Act, piece: Piece): readonly MissingObject[] {
  switch (act.do) {
    case 'createTable': {
      const { table } = act;
      if (catalog.tables.has(table.name)) return NONE;
      const own = table.partial || table.likes.length > 0 || table.partitionOf ? undefined : table.columns.map(({ dbName }) => dbName);
      const keys = own ? [...table.indexes.flatMap(columnsOf), ...table.foreignKeys.flatMap(({ columns }) => columns)] : [];
      return [
        ...lacked('column', keys, own ?? [], table),
        ...table.foreignKeys.flatMap(({ target, targetColumns }) =>
          target.name === table.name ? lacked('column', targetColumns, own ?? targetColumns, table) : columnsLacked(catalog, target, targetColumns, piece),
        ),
        ...typesLacked(catalog, table.columns),
      ];
    }
    case 'addColumn':
      return [...act.added.foreignKeys.flatMap(({ target, targetColumns }) => columnsLacked(catalog, target, targetColumns, piece)), ...typesLacked(catalog, [act.added.column])];
    case 'dropColumn':
    case 'renameColumn':
      return columnsLacked(catalog, act.table, [act.column], piece);
    case 'alterColumn':
      return [...columnsLacked(catalog, act.table, [act.column], piece), ...(act.patch.type ? typesLacked(catalog, [act.patch.type]) : [])];
    case 'addIndex':
      if (act.usingIndex !== undefined) return objectsLacked(catalog, 'index', act.table, act.usingIndex, ({ indexes }) => indexes);
      return columnsLacked(catalog, act.table, columnsOf(act.index), piece);
    case 'addForeignKey': {
      const { columns, target, targetColumns } = act.foreignKey;
      return [...columnsLacked(catalog, act.table, columns, piece), ...columnsLacked(catalog, target, targetColumns, piece)];
    }
    case 'dropConstraint':
    case 'validateConstraint':
    case 'renameConstraint':
      // PostgreSQL 18 names what NOT NULL says, too.
      return /_not_null\d*$/.test(act.name) ? NONE : objectsLacked(catalog, 'constraint', act.table, act.name, constraintsOf);
    case 'dropPolicy':
    case 'alterPolicy':
    case 'renamePolicy':
      return objectsLacked(catalog, 'policy', act.table, act.name, ({ policies }) => policies ?? []);
    case 'addEnumValue':
    case 'renameEnumValue':
    case 'renameType':
    case 'dropType':
      return catalog.enums.has(act.type.name) || catalog.tables.has(act.type.name) ? NONE : [missing('type', act.type.name, enumNames(catalog))];
    default:
      return NONE;
  }
}

function columnsOf({ parts, include }: { readonly parts: readonly { readonly column?: string }[]; readonly include: readonly string[] }): string[] {
  return [...parts.flatMap(({ column }) => column ?? []), ...include];
}

function constraintsOf({ foreignKeys, checks, loose, indexes }: Draft): readonly { readonly name?: string }[] {
  return [...foreignKeys, ...checks, ...loose, ...indexes];
}

/** The table, where everything about it is known. */
function knownTable(catalog: Catalog, name: TableName): Draft | undefined {
  const draft = catalog.tables.find(name);
  const known = draft && draft.createdIn !== undefined && !draft.partial && draft.objectKind === 'table' && !draft.partitionOf && !catalog.heirs.has(draft);
  return known ? draft : undefined;
}

function columnsLacked(catalog: Catalog, table: TableName, asked: readonly string[], { effects }: Piece): readonly MissingObject[] {
  const draft = knownTable(catalog, table);
  if (!draft) return NONE;
  // PostgreSQL puts the actions of one ALTER TABLE into an order of its own.
  const added = effects.flatMap(({ acts }) => acts.flatMap((act) => (act.do === 'addColumn' && act.table.name === table.name ? [act.added.column.dbName] : [])));
  return lacked('column', asked, [...draft.columns.map(({ dbName }) => dbName), ...added], draft);
}

const SYSTEM_COLUMNS = new Set(['ctid', 'xmin', 'xmax', 'cmin', 'cmax', 'tableoid', 'oid']);

function lacked(kind: 'column', asked: readonly string[], present: readonly string[], of: TableName): readonly MissingObject[] {
  const gone = [...new Set(asked)].filter((name) => !present.includes(name) && !SYSTEM_COLUMNS.has(name));
  return gone.map((name) => missing(kind, name, present, of));
}

function objectsLacked(
  catalog: Catalog,
  kind: MissingObject['kind'],
  table: TableName,
  name: string,
  list: (draft: Draft) => readonly { readonly name?: string }[],
): readonly MissingObject[] {
  const draft = knownTable(catalog, table);
  const present = draft && list(draft).flatMap((each) => each.name ?? []);
  return !draft || !present || present.includes(name) ? NONE : [missing(kind, name, present, draft)];
}

function* indexesLacked(catalog: Catalog, { change, acts }: Effect): Generator<MissingObject> {
  const renamed = acts.flatMap((act) => (act.do === 'renameIndex' ? [act.index] : []));
  const asked = change.verb === 'dropIndex' || (change.verb === 'reindex' && !change.table) ? change.names : renamed;
  for (const each of asked) {
    if (isThere(catalog, each) || isPartsIndex(catalog, each.name)) continue;
    yield missing('index', each.name, [...catalog.indexes.all()].map(({ name }) => name));
  }
}

/** Indexes of partitions get their names from PostgreSQL, and exclusion constraints are no indexes here. */
function isPartsIndex({ heirs, order }: Catalog, index: string): boolean {
  return [...heirs].some(({ name }) => index.startsWith(name)) || [...order].some(({ loose }) => loose.some(({ name }) => name === index));
}

const EXTENSION_TYPES = new Set('citext vector halfvec sparsevec hstore ltree lquery geometry geography cube seg isbn semver'.split(' '));

/** Types that are no enum's but for a slip of the pen; others may be the database's own. */
function typesLacked(catalog: Catalog, columns: readonly Pick<ColumnSpec, 'typeName'>[]): readonly MissingObject[] {
  return columns.flatMap(({ typeName }) => {
    if (!typeName || EXTENSION_TYPES.has(typeName.name) || catalog.enums.has(typeName.name) || catalog.tables.has(typeName.name)) return [];
    const found = missing('type', typeName.name, enumNames(catalog));
    return found.instead !== undefined && found.instead.toLowerCase() === typeName.name.toLowerCase() ? [found] : [];
  });
}

function enumNames(catalog: Catalog): string[] {
  return [...catalog.enums.all()].map(({ name }) => name);
}

function missing(kind: MissingObject['kind'], name: string, present: readonly string[], of?: TableName): MissingObject {
  const instead = present.find((each) => each.toLowerCase() === name.toLowerCase()) ?? nearestWord(name, present) ?? present.find((each) => letters(each) === letters(name));
  return { kind, name, ...(of && { of: { name: of.name, ...schemaOf(of) } }), ...(instead !== undefined && { instead }) };
}

function letters(name: string): string {
  return [...name.toLowerCase()].sort().join('');
}
