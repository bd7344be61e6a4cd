// Replays the files of one database, in the runner's order, into its schema.
import type { Migration } from '../../../model/changes';
import type { Lifetime } from '../../../model/lifetime';
import type { Schema, Table, TableName } from '../../../model/nodes';
import type { MigrationInfo, Surroundings } from '../../language';
import type { Effect } from '../lower/effects';
import type { Piece } from '../parse/chunk';
import type { SqlParsed } from '../parse/parsed';
import { applyAct } from './apply';
import { buildTable } from './build';
import { Catalog } from './catalog';
import type { Draft } from './draft';
import { migrationOf, type Moment } from './migrations';

/** The schema after all files, with one migration per file. */
export function lowerFiles(files: readonly SqlParsed[], surroundings: Surroundings): Schema {
  const catalog = new Catalog();
  const migrations: Migration[] = [];
  for (const file of files) {
    const info = surroundings.migration?.(file.path);
    const pieces = piecesOf(file, info);
    const moments: Moment[] = [];
    for (const piece of pieces) {
      for (const effect of piece.effects) moments.push(replay(catalog, effect, file.path));
    }
    migrations.push(migrationOf(file, info, pieces, moments));
    // Temporary tables end with the session.
    for (const draft of [...catalog.order]) if (draft.temporary) catalog.dropTable(draft, draft);
  }
  return {
    kind: 'schema',
    language: 'sql',
    dialect: 'postgresql',
    files: files.map((file) => file.path),
    tables: [...catalog.order].map((draft) => finished(catalog, draft)),
    enums: [...catalog.enums.all()].map((entry) => entry.node),
    migrations,
    emulatedRelations: false,
  };
}

function piecesOf(file: SqlParsed, info: MigrationInfo | undefined): Piece[] {
  const pieces: Piece[] = [];
  for (const chunk of file.chunks) {
    const at = chunk.anchor.offset;
    if (info && (at < info.up.start || at >= info.up.end)) continue;
    pieces.push(...chunk.pieces);
  }
  return pieces;
}

// The lifetime is the one before the statement, except for what the statement itself creates.
function replay(catalog: Catalog, effect: Effect, file: string): Moment {
  const { change } = effect;
  const before = subject(catalog, effect);
  for (const act of effect.acts) applyAct(catalog, act, { file, span: change.span, ...(change.tableSpan ? { tableSpan: change.tableSpan } : {}) });
  const created = change.verb === 'addTable' || change.verb === 'addView';
  const draft = created ? catalog.tables.find(change.table ?? { name: '' }) : before;
  const inferred = change.table === undefined && draft ? tableName(draft) : undefined;
  return { lifetime: lifetimeOf(draft, file), ...(inferred ? { table: inferred } : {}) };
}

// The table that a change is about, also where it only names an index of it.
function subject(catalog: Catalog, { change }: Effect): Draft | undefined {
  if (change.table) return catalog.tables.find(change.table);
  if (change.verb !== 'dropIndex' && change.verb !== 'reindex') return undefined;
  const drafts = change.names.map((name) => catalog.indexes.find(name)?.draft);
  // The one in use decides: an unknown one may be.
  return drafts.includes(undefined) ? undefined : drafts[0];
}

function lifetimeOf(draft: Draft | undefined, file: string): Lifetime {
  if (!draft || draft.createdIn === undefined) return 'unknown';
  if (draft.temporary) return 'temporary';
  return draft.createdIn === file ? 'added' : 'existing';
}

function tableName({ name, schema }: Draft): TableName {
  return { name, ...(schema === undefined ? {} : { schema }) };
}

interface Finished {
  readonly trace: readonly object[];
  readonly table: Table;
}

// Tables of the previous replay by the act that began them: what the same acts made is the same table.
const finishedTables = new WeakMap<object, Finished>();

function finished(catalog: Catalog, draft: Draft): Table {
  const trace = [...draft.trace];
  for (const { typeName } of draft.columns) {
    const entry = typeName && catalog.enums.find(typeName);
    if (entry) trace.push(entry.node);
  }
  const [first] = trace;
  const known = first && finishedTables.get(first);
  if (known && known.trace.length === trace.length && known.trace.every((cause, i) => cause === trace[i])) return known.table;
  const table = buildTable(draft, (name) => catalog.enums.find(name) !== undefined);
  if (first) finishedTables.set(first, { trace, table });
  return table;
}
