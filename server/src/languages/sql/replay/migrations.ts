// Migrations with their statements and changes, as the model holds them.
import type { Change, Migration, MissingObject, NameClash, OtherTable, Statement, TransactionModel } from '../../../model/changes';
import type { Lifetime } from '../../../model/lifetime';
import type { Enum, Table, TableName } from '../../../model/nodes';
import { spanIn } from '../../../text/span';
import type { MigrationInfo, MigrationPart } from '../../language';
import type { ChangeDraft } from '../lower/effects';
import type { Piece } from '../parse/chunk';
import type { SqlParsed } from '../parse/parsed';
import { buildTable, type IsEnum } from './build';
import type { Draft } from './draft';

/** What the history knows when one effect happens. */
export interface Moment {
  readonly lifetime: Lifetime;
  /** The table, where the statement itself doesn't name it. */
  readonly table?: TableName;
  readonly clashes?: readonly NameClash[];
  /** The table before it. */
  readonly before?: Snapshot;
  readonly others?: readonly OtherTable[];
  readonly enumBefore?: Enum;
  readonly missing?: readonly MissingObject[];
}

/** A table at one moment of the history. */
export interface Snapshot extends Draft {
  readonly isEnum: IsEnum;
}

interface Kept {
  readonly info: MigrationInfo | undefined;
  readonly moments: readonly Moment[];
  readonly migration: Migration;
}

const kept = new WeakMap<SqlParsed, Kept>();

/** The migration of one file; the previous object where nothing about it changed. `moments`: one per effect, in order. */
export function migrationOf(file: SqlParsed, info: MigrationInfo | undefined, pieces: readonly Piece[], moments: readonly Moment[]): Migration {
  const known = kept.get(file);
  if (known && sameInfo(known.info, info) && sameMoments(known.moments, moments)) return known.migration;
  const migration = build(file, info, pieces, moments);
  kept.set(file, { info, moments, migration });
  return migration;
}

function build(file: SqlParsed, info: MigrationInfo | undefined, pieces: readonly Piece[], moments: readonly Moment[]): Migration {
  const transaction = info?.transaction ?? 'none';
  const directive = info?.transactionDirective;
  const statements: Statement[] = [];
  const migration: Migration = {
    kind: 'migration',
    file: file.path,
    runner: info?.runner ?? 'plain',
    transaction,
    ...(directive ? { transactionDirective: spanIn({ file: file.path, offset: 0 }, directive.start, directive.end) } : {}),
    statements,
    committed: info?.committed ?? false,
    ...(info?.edited ? { edited: spanIn({ file: file.path, offset: 0 }, info.edited.start, info.edited.end) } : {}),
    ...(info?.dated ? { dated: info.dated } : {}),
    ...(info?.rollback ? { rollback: info.rollback } : {}),
  };
  let open = opensTransaction(transaction, pieces.length);
  let ordinal = 0;
  let last: number | undefined;
  let next = 0;
  for (const [position, piece] of pieces.entries()) {
    const changes: Change[] = [];
    const part = info?.parts && partAt(info.parts, piece.span.start);
    const own = part === undefined ? transaction : (info?.parts?.[part]?.transaction ?? transaction);
    if (part !== last) {
      open = opensTransaction(own, pieces.length);
      ordinal++;
    }
    last = part;
    const statement: Statement = {
      kind: 'statement',
      migration,
      span: piece.span,
      text: piece.text,
      node: piece.node,
      position,
      changes,
      ...(piece.longNames ? { longNames: piece.longNames } : {}),
      ...(piece.repeated ? { repeated: piece.repeated } : {}),
      ...(piece.problem ? { problem: piece.problem } : {}),
      ...(part === undefined ? {} : { part }),
      inTransaction: open,
      ...(open ? { transaction: ordinal } : {}),
    };
    for (const effect of piece.effects) {
      const moment = moments[next++] ?? { lifetime: 'unknown' };
      changes.push(changeOf(effect.change, moment, statement));
    }
    statements.push(statement);
    const still = afterwards(piece, open, own, pieces.length);
    // COMMIT and ROLLBACK end a transaction, whatever comes then.
    if (still !== open || endsTransaction(piece)) ordinal++;
    open = still;
  }
  return migration;
}

/** A change with what the history knows of it. The table before it is built when it is asked for, from then on kept. */
function changeOf(draft: ChangeDraft, moment: Moment, statement: Statement): Change {
  const { table, before, ...rest } = moment;
  const known = { kind: 'change' as const, statement, ...rest };
  let built: Table | undefined;
  return {
    ...(table && { table }),
    ...draft,
    ...known,
    get before() {
      return (built ??= before && buildTable(before, before.isEnum));
    },
  };
}

function endsTransaction({ effects }: Piece): boolean {
  return effects.some(({ change }) => change.verb === 'transaction' && change.command !== 'begin');
}

/** Which of the parts holds a place; undefined where none does. */
export function partAt(parts: readonly MigrationPart[], offset: number): number | undefined {
  const at = parts.findIndex(({ start, end }) => start <= offset && offset < end);
  return at < 0 ? undefined : at;
}

function opensTransaction(model: TransactionModel, count: number): boolean {
  switch (model) {
    case 'file':
    case 'all':
      return true;
    case 'file-if-many':
      return count > 1;
    case 'none':
      return false;
    default:
      return model satisfies never;
  }
}

// A file that is sent as one query stays in a transaction, whatever it commits on the way.
function afterwards(piece: Piece, open: boolean, model: TransactionModel, count: number): boolean {
  for (const { change } of piece.effects) {
    if (change.verb !== 'transaction') continue;
    if (change.command === 'begin') return true;
    return model === 'file-if-many' && count > 1;
  }
  return open;
}

/** Whether two answers of the project about one file say the same. */
export function sameInfo(a: MigrationInfo | undefined, b: MigrationInfo | undefined): boolean {
  if (a === b) return true;
  if (!a || !b) return false;
  return (
    a.runner === b.runner &&
    a.transaction === b.transaction &&
    a.committed === b.committed &&
    a.edited?.start === b.edited?.start &&
    a.edited?.end === b.edited?.end &&
    a.dated?.place === b.dated?.place &&
    a.dated?.when === b.dated?.when &&
    a.rollback?.kind === b.rollback?.kind &&
    a.rollback?.file === b.rollback?.file &&
    a.up.start === b.up.start &&
    a.up.end === b.up.end &&
    sameParts(a.parts, b.parts) &&
    a.transactionDirective?.start === b.transactionDirective?.start &&
    a.transactionDirective?.end === b.transactionDirective?.end
  );
}

function sameParts(a: MigrationInfo['parts'], b: MigrationInfo['parts']): boolean {
  if (a === b) return true;
  return a?.length === b?.length && (a ?? []).every((part, i) => part.start === b?.[i]?.start && part.end === b[i]?.end && part.transaction === b[i]?.transaction);
}

function sameMoments(a: readonly Moment[], b: readonly Moment[]): boolean {
  return a.length === b.length && a.every((moment, i) => sameMoment(moment, b[i]));
}

function sameMoment(a: Moment, b: Moment | undefined): boolean {
  return a.lifetime === b?.lifetime && a.table?.name === b.table?.name && a.table?.schema === b.table?.schema && a.before?.state === b.before?.state && sameOthers(a.others, b.others) && sameClashes(a.clashes, b.clashes) && sameEnum(a.enumBefore, b.enumBefore) && sameMissing(a.missing, b.missing);
}

function sameOthers(a: readonly OtherTable[] | undefined, b: readonly OtherTable[] | undefined): boolean {
  if (a === b) return true;
  return a?.length === b?.length && (a ?? []).every(({ name, lifetime }, i) => lifetime === b?.[i]?.lifetime && name.name === b[i]?.name.name && name.schema === b[i]?.name.schema);
}

function sameEnum(a: Enum | undefined, b: Enum | undefined): boolean {
  if (a === b) return true;
  return a?.dbName === b?.dbName && a?.span === b?.span && a?.values.length === b?.values.length && (a?.values ?? []).every((value, i) => value === b?.values[i]);
}

function sameMissing(a: readonly MissingObject[] | undefined, b: readonly MissingObject[] | undefined): boolean {
  if (a === b) return true;
  return a?.length === b?.length && (a ?? []).every(({ kind, name, instead }, i) => kind === b?.[i]?.kind && name === b[i]?.name && instead === b[i]?.instead);
}

// A span is the same object for as long as its statement stays the same.
function sameClashes(a: readonly NameClash[] | undefined, b: readonly NameClash[] | undefined): boolean {
  if (a === b) return true;
  return a?.length === b?.length && (a ?? []).every(({ name, at, byAt }, i) => name === b?.[i]?.name && at === b[i]?.at && byAt === b[i]?.byAt);
}
