// What a column was: its type, its default, whether it was required; and columns that a migration dropped.
import { addColumn, alterTable, dropColumn, dropDefault, dropNotNull, identifier, setDefault, setNotNull, setType, sqlDefault, sqlType } from '../../../../model/ddl';
import type { Column, Table } from '../../../../model/nodes';
import { generatedName } from '../../replay/object-names';
import { isAssignable, isCastable, isCut } from './casts';
import { commentsOn } from './comments';
import { holdersOf } from './holders';
import { known, note, spelledIn, type Lines, type Moment } from './undoing';

/** What gives a table the columns that it had before. */
export function restoreColumns(before: Table, after: Table, moment: Moment): Lines {
  const was = new Map(before.columns.map((column) => [column.dbName, column]));
  const is = new Map(after.columns.map((column) => [column.dbName, column]));
  const gone = after.columns.filter(({ dbName }) => !was.has(dbName));
  return [
    ...gone.map((column) => dropColumn(column, moment.spelling)),
    ...[...before.columns].sort((a, b) => Number(a.generated) - Number(b.generated)).flatMap((column) => {
      const now = is.get(column.dbName);
      if (!now) return recreated(column, moment);
      return now === column ? [] : altered(column, now, moment);
    }),
  ];
}

function recreated(column: Column, moment: Moment): Lines {
  const spelling = spelledIn(moment, moment.before);
  const lost = note(`What ${quotedName(column)} held is lost.`);
  const value = sqlDefault(column, spelling);
  const required = !column.nullable && !column.generated && value?.kind === 'none';
  const added = known(addColumn(required ? { ...column, nullable: true } : column, spelling), `ALTER TABLE ${column.table.dbName} DROP COLUMN ${column.dbName}`);
  const comment = commentsOn({ ...column.table, columns: [column] }, moment.comments, 'column');
  if (!required) return column.generated ? [added, ...comment] : [lost, added, ...comment];
  return [lost, added, ...comment, note(`Give every row a value first: ${quotedName(column)} was NOT NULL.`), setNotNull(column, spelling)];
}

function quotedName({ table, dbName }: Column): string {
  return `${table.dbName}.${dbName}`;
}

function altered(was: Column, is: Column, moment: Moment): Lines {
  const old = spelledIn(moment, moment.before);
  const now = spelledIn(moment, moment.after);
  const type = changedType(was, is, moment);
  const [a, b] = [sqlDefault(was, old), sqlDefault(is, now)];
  // PostgreSQL rewrites defaults and conditions in the words of the new type; the old ones are brought back as written.
  const anew = type.length > 0 && baseOf(was, old) !== baseOf(is, now);
  const held = anew ? holdersOf(is) : [];
  const clear = anew && b?.kind === 'expression';
  return [
    ...held.map(({ without }) => without(now)),
    ...(clear ? [dropDefault(is, now)] : []),
    ...type,
    ...(clear || JSON.stringify(a) !== JSON.stringify(b) ? changedDefault(was, is, moment, clear) : []),
    ...(was.generated && !is.generated ? [note(`${quotedName(was)} was computed, which PostgreSQL can't make of a column with values: undo by hand.`)] : []),
    ...(was.nullable === is.nullable ? [] : was.nullable ? [dropNotNull(was, old)] : [note(`Fails as long as ${quotedName(was)} holds NULL.`), setNotNull(was, old)]),
    ...(anew ? holdersOf(was).map(({ restored }) => restored(old)) : []),
  ];
}

/** The type without its length or precision. */
function baseOf(column: Column, spelling: Moment['spelling']): string {
  return (sqlType(column, spelling) ?? '').toLowerCase().replaceAll(/\([^)]*\)/g, '').replaceAll(/\s+/g, ' ');
}

function changedType(was: Column, is: Column, moment: Moment): string[] {
  const old = spelledIn(moment, moment.before);
  const [a, b] = [sqlType(was, old), sqlType(is, spelledIn(moment, moment.after))];
  if (a === b && was.collation === is.collation) return [];
  const way = a === b || isAssignable(is.type, was.type) ? undefined : isCastable(is.type, was.type) ? 'cast' : is.type.array > 0 && was.type.array > 0 ? 'texts' : 'text';
  const statement = known(setType(was, old, way), `ALTER TABLE ${was.table.dbName} ALTER COLUMN ${was.dbName} TYPE ${b ?? ''}`);
  const needsCare = way === 'text' && was.type.family !== 'enum' && is.type.family !== 'enum' && is.type.family !== 'other' && was.type.family !== 'other';
  const cut = way === undefined && isCut(is.type, was.type) ? [note(`What ${quotedName(was)} holds beyond ${a ?? ''} is cut off.`)] : [];
  return needsCare ? [note(`No value of ${b ?? ''} is one of ${a ?? ''}: write behind USING what becomes of the rows.`), statement] : [...cut, statement];
}

function changedDefault(was: Column, is: Column, moment: Moment, cleared: boolean): Lines {
  const old = spelledIn(moment, moment.before);
  const [a, b] = [sqlDefault(was, old), sqlDefault(is, spelledIn(moment, moment.after))];
  const column = `${alterTable(was.table, old)} ALTER COLUMN ${identifier(was.dbName, old)}`;
  if (b?.kind === 'identity') {
    const dropped = `${column} DROP IDENTITY;`;
    return a?.kind === 'none' ? [dropped] : [dropped, ...restoredDefault(was, moment)];
  }
  return a?.kind === 'none' && cleared ? [] : restoredDefault(was, moment);
}

/** A serial column's numbers come from the sequence that was made with it. */
function restoredDefault(column: Column, moment: Moment): Lines {
  const spelling = spelledIn(moment, moment.before);
  const value = sqlDefault(column, spelling);
  if (value?.kind !== 'serial') return [known(setDefault(column, spelling), `ALTER TABLE ${column.table.dbName} ALTER COLUMN ${column.dbName} DROP DEFAULT`)];
  const sequence = serialSequence(column);
  const name = sequence.replaceAll("'", "''");
  return [`${alterTable(column.table, spelling)} ALTER COLUMN ${identifier(column.dbName, spelling)} SET DEFAULT nextval('${name}'::regclass);`];
}

/** What PostgreSQL calls the sequence of a serial column, in quotes, with its schema. */
export function serialSequence({ table, dbName }: Pick<Column, 'table' | 'dbName'>): string {
  const own = `"${generatedName(table.dbName, dbName, 'seq').replaceAll('"', '""')}"`;
  return table.dbSchema === undefined ? own : `"${table.dbSchema.replaceAll('"', '""')}".${own}`;
}
