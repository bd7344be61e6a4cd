// Replays the files of one database, in the runner's order, into its schema.
import type { Migration, NameClash, OtherTable } from '../../../model/changes';
import type { Lifetime } from '../../../model/lifetime';
import type { Enum, Schema, Table, TableName } from '../../../model/nodes';
import type { MigrationInfo, Surroundings } from '../../language';
import type { Effect } from '../lower/effects';
import type { SqlParsed } from '../parse/parsed';
import { applyAct } from './apply';
import { buildTable } from './build';
import { Catalog } from './catalog';
import { clashesOf } from './clashes';
import type { Draft } from './draft';
import { missingFor } from './missing';
import { migrationOf, sameInfo, type Moment, type Snapshot } from './migrations';
import { piecesOf } from './pieces';
import { after, type State } from './state';

/** The state before one of the files, from which a replay goes on when nothing before it has changed. */
interface Checkpoint {
  readonly position: number;
  readonly catalog: Catalog;
}

interface Replay {
  readonly files: readonly SqlParsed[];
  readonly infos: readonly (MigrationInfo | undefined)[];
  readonly migrations: readonly Migration[];
  readonly checkpoint: Checkpoint | undefined;
  readonly complete: boolean;
}

// The last replay of each history, by its first file.
const replays = new WeakMap<SqlParsed, Replay>();

/** The schema after all files, with one migration per file. */
export function lowerFiles(files: readonly SqlParsed[], surroundings: Surroundings): Schema {
  const infos = files.map((file) => surroundings.migration?.(file.path));
  const [first] = files;
  const previous = first && replays.get(first);
  const complete = surroundings.completeHistory ?? false;
  const same = previous?.complete === complete ? commonFiles(previous, files, infos) : 0;
  const resumed = previous?.checkpoint && previous.checkpoint.position <= same ? previous.checkpoint : undefined;
  const catalog = resumed ? resumed.catalog.clone() : new Catalog();
  const migrations: Migration[] = resumed && previous ? previous.migrations.slice(0, resumed.position) : [];

  // Whoever edits a file edits it again; at first that is most likely the last one.
  const likely = previous && same < files.length ? same : files.length - 1;
  let checkpoint = resumed?.position === likely ? resumed : undefined;
  for (const [position, file] of files.entries()) {
    if (position < migrations.length) continue;
    if (position === likely && position > 0) checkpoint ??= { position, catalog: catalog.clone() };
    migrations.push(replayFile(catalog, file, infos[position], complete));
  }
  if (first) replays.set(first, { files, infos, migrations, checkpoint, complete });
  return {
    kind: 'schema',
    language: 'sql',
    dialect: 'postgresql',
    files: files.map((file) => file.path),
    tables: [...catalog.order].map((draft) => finished(catalog, draft)),
    enums: [...catalog.enums.all()].map((entry) => entry.node),
    migrations,
    committed: new Set(migrations.filter(({ committed }) => committed).map(({ file }) => file)),
    ...(complete && { completeHistory: true }),
    emulatedRelations: false,
  };
}

/** How many files at the beginning are those of the previous replay, run in the same way. */
function commonFiles(previous: Replay, files: readonly SqlParsed[], infos: Replay['infos']): number {
  let count = 0;
  while (count < files.length && previous.files[count] === files[count] && sameInfo(previous.infos[count], infos[count])) count++;
  return count;
}

/** `complete` histories begin with an empty database, so that what they don't make is missing. */
function replayFile(catalog: Catalog, file: SqlParsed, info: MigrationInfo | undefined, complete: boolean): Migration {
  const pieces = piecesOf(file, info);
  const moments: Moment[] = [];
  for (const piece of pieces) {
    for (const effect of piece.effects) {
      const missing = complete ? missingFor(catalog, piece, effect) : [];
      const moment = replay(catalog, effect, file.path, piece.node === 'DoStmt');
      moments.push(missing.length > 0 ? { ...moment, missing } : moment);
    }
    if (complete) catalog.untracked.note(piece);
  }
  // Temporary tables end with the session.
  for (const draft of [...catalog.temporary]) catalog.dropTable(draft, draft);
  return migrationOf(file, info, pieces, moments);
}

// The lifetime is the one before the statement, except for what the statement itself creates.
function replay(catalog: Catalog, effect: Effect, file: string, conditional: boolean): Moment {
  const { change } = effect;
  const subjected = subject(catalog, effect);
  const before = subjected && snapshot(catalog, subjected);
  const others = othersOf(change, before).map((name): OtherTable => ({ name, lifetime: lifetimeOf(catalog.tables.find(name), file) }));
  const enumBefore = enumOf(catalog, effect, before);
  const clashes: NameClash[] = [];
  for (const act of effect.acts) {
    // A block of code may have looked before.
    if (!conditional) clashes.push(...clashesOf(catalog, act));
    applyAct(catalog, act, file, change);
  }
  const created = change.verb === 'addTable' || change.verb === 'addView';
  const draft = created ? catalog.tables.find(change.table ?? { name: '' }) : subjected;
  return {
    lifetime: lifetimeOf(draft, file),
    ...(change.table === undefined && draft && { table: tableName(draft) }),
    ...(before && { before }),
    ...(others.length > 0 && { others }),
    ...(clashes.length > 0 && { clashes }),
    ...(enumBefore && { enumBefore }),
  };
}

/** The enum that a change is about, or that its column holds values of. */
function enumOf(catalog: Catalog, { change, acts: [act] }: Effect, before: Snapshot | undefined): Enum | undefined {
  if (act?.do === 'addEnumValue' || act?.do === 'dropType') return catalog.enums.find(act.type)?.node;
  if (change.verb !== 'setType') return undefined;
  const { typeName } = before?.columns.find(({ dbName }) => dbName === change.columnName) ?? {};
  return typeName && catalog.enums.find(typeName)?.node;
}

/** A table as it is now, to be built later, if anybody asks. */
function snapshot({ enumNames }: Catalog, draft: Draft): Snapshot {
  return { ...draft, isEnum: ({ name }) => enumNames.has(name) };
}

/** The tables beside its own that a change names, or that the keys name which it takes away. */
function othersOf(change: Effect['change'], before: Snapshot | undefined): readonly TableName[] {
  switch (change.verb) {
    case 'addTable': {
      const { created } = change;
      return [...created.foreignKeys.map(({ target }) => target), ...(created.partitionOf ? [created.partitionOf] : [])];
    }
    case 'addColumn':
      return change.targets ?? [];
    case 'addForeignKey':
      return [change.foreignKey.target];
    case 'dropTable':
      return before?.foreignKeys.map(({ target }) => target) ?? [];
    case 'dropConstraint':
    case 'validateConstraint':
      return before?.foreignKeys.flatMap(({ name, target }) => (name === change.name ? [target] : [])) ?? [];
    case 'attachPartition':
    case 'detachPartition':
      return [change.partition];
    default:
      return [];
  }
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

// Tables by the state that they are built from: what the same acts made is the same table.
const finishedTables = new WeakMap<State, Table>();

function finished(catalog: Catalog, draft: Draft): Table {
  // The enums of its columns decide as well what it looks like.
  let { state } = draft;
  for (const { typeName } of draft.columns) {
    const entry = typeName && catalog.enums.find(typeName);
    if (entry) state = after(state, entry.node);
  }
  const known = finishedTables.get(state);
  if (known) return known;
  const table = buildTable(draft, (name) => catalog.enums.find(name) !== undefined);
  finishedTables.set(state, table);
  return table;
}
