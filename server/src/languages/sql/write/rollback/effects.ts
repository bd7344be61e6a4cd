// The inverse of one effect of a statement: names go back by name, all else by comparing what is there before and behind it.
import { identifier, qualified } from '../../../../model/ddl';
import type { TableName } from '../../../../model/nodes';
import type { Act } from '../../lower/effects';
import { generatedName } from '../../replay/object-names';
import { restoreEnum } from './enums';
import { restoreTables } from './tables';
import { byHand, tableKey, type Lines, type Moment } from './undoing';

/** `text` is the action as its author wrote it. */
export function restoreActs(acts: readonly Act[], text: string, moment: Moment): Lines {
  const lines: Lines[number][] = [];
  let compared = false;
  for (const act of [...acts].reverse()) {
    const own = renamed(act, moment) ?? typed(act, moment) ?? loose(act, moment) ?? unseen(act, text, moment);
    if (own) lines.push(...own);
    else if (!compared) {
      compared = true;
      lines.push(...restoreTables(moment));
    }
  }
  return lines;
}

function renamed(act: Act, moment: Moment): Lines | undefined {
  const { spelling } = moment;
  if (moment.complete && isMissing(act, moment)) return [];
  const to = (name: string): string => `RENAME TO ${identifier(name, spelling)};`;
  const named = (name: TableName): string => qualified(name, spelling);
  switch (act.do) {
    case 'renameTable':
      return [`ALTER TABLE ${named({ ...act.table, name: act.newName })} ${to(act.table.name)}`];
    case 'moveTable':
      return [`ALTER TABLE ${named({ name: act.table.name, schema: act.schema })} SET SCHEMA ${identifier(act.table.schema ?? 'public', spelling)};`];
    case 'renameSchema':
      return [`ALTER SCHEMA ${named({ name: act.newName })} ${to(act.name)}`];
    case 'renameIndex':
      return [`ALTER INDEX ${named({ ...act.index, name: act.newName })} ${to(act.index.name)}`];
    case 'renameColumn':
      return [`ALTER TABLE ${named(act.table)} RENAME COLUMN ${identifier(act.newName, spelling)} TO ${identifier(act.column, spelling)};`];
    case 'renameConstraint':
      return [`ALTER TABLE ${named(act.table)} RENAME CONSTRAINT ${identifier(act.newName, spelling)} TO ${identifier(act.name, spelling)};`];
    case 'renamePolicy':
      return [`ALTER POLICY ${identifier(act.newName, spelling)} ON ${named(act.table)} ${to(act.name)}`];
    default:
      return undefined;
  }
}

/** A block of code asked first, and there was nothing to rename. */
function isMissing(act: Act, { before }: Moment): boolean {
  if (act.do === 'renameIndex') return !before.indexes.find(act.index);
  if (act.do === 'renameTable' || act.do === 'moveTable') return !before.tables.find(act.table);
  const draft = act.do === 'renameColumn' ? before.tables.find(act.table) : undefined;
  return draft !== undefined && !draft.partial && act.do === 'renameColumn' && draft.columns.every(({ dbName }) => dbName !== act.column);
}

function typed(act: Act, moment: Moment): Lines | undefined {
  switch (act.do) {
    case 'addEnum':
    case 'addEnumValue':
    case 'renameEnumValue':
    case 'renameType':
    case 'dropType':
      return restoreEnum(act, moment);
    // The word of a block of code that can't be followed, and comments, which their own text takes back.
    case 'blur':
    case 'comment':
      return [];
    default:
      return undefined;
  }
}

/** NOT NULL as a constraint with a name, and partitions. */
function loose(act: Act, moment: Moment): Lines | undefined {
  const { spelling, before } = moment;
  if (act.do === 'attach') {
    const was = before.tables.find(act.table)?.partitionOf;
    return act.parent && !was ? [`ALTER TABLE ${qualified(act.parent, spelling)} DETACH PARTITION ${qualified(act.table, spelling)};`] : [byHand(`the partition ${act.table.name} of ${was?.name ?? ''}`)];
  }
  if (act.do === 'addLoose' && act.constraint.suffix === 'not_null') {
    const { name, columns } = act.constraint;
    // It goes with DROP NOT NULL.
    if (moment.after.tables.find(act.table)?.columns.some(({ dbName, nullable }) => columns.includes(dbName) && !nullable)) return [];
    return [`ALTER TABLE ${qualified(act.table, spelling)} DROP CONSTRAINT ${identifier(name ?? generatedName(act.table.name, columns.join('_'), 'not_null'), spelling)};`];
  }
  if (act.do !== 'dropConstraint') return undefined;
  const gone = before.tables.find(act.table)?.loose.find(({ name, suffix }) => name === act.name && suffix === 'not_null');
  return gone && [`ALTER TABLE ${qualified(act.table, spelling)} ADD CONSTRAINT ${identifier(act.name, spelling)} ${gone.raw};`];
}

/** What is done to something of which the history doesn't tell how it was before. */
function unseen(act: Act, text: string, moment: Moment): Lines | undefined {
  const { before, spelling, complete } = moment;
  const unknown = (): Lines => (complete && /\bIF\s+EXISTS\b/i.test(text) ? [] : [byHand(text)]);
  if (act.do === 'dropIndex') return before.indexes.find(act.index) ? undefined : unknown();
  if (!('table' in act) || act.do === 'createTable' || moment.fresh.has(tableKey(act.table))) return undefined;
  const draft = before.tables.find(act.table);
  if (!draft && complete && /\bTABLE\s+IF\s+EXISTS\b/i.test(text)) return [];
  const has = (names: readonly (string | undefined)[], name: string): boolean => names.includes(name);
  switch (act.do) {
    case 'dropTable':
      return draft?.createdIn === undefined ? unknown() : undefined;
    case 'dropColumn':
      return draft?.columns.some(({ dbName }) => dbName === act.column) ? undefined : unknown();
    case 'alterColumn': {
      if (draft?.columns.some(({ dbName }) => dbName === act.column)) return undefined;
      const { nullable, type, generated } = act.patch;
      if (nullable === undefined || type || generated !== undefined || act.patch.default) return [byHand(text)];
      return [`ALTER TABLE ${qualified(act.table, spelling)} ALTER COLUMN ${identifier(act.column, spelling)} ${nullable ? 'SET' : 'DROP'} NOT NULL;`];
    }
    case 'dropConstraint':
    case 'validateConstraint': {
      if (!draft) return unknown();
      const { foreignKeys, indexes, checks, loose: others } = draft;
      return has([...foreignKeys, ...indexes, ...checks, ...others].map(({ name }) => name), act.name) ? undefined : unknown();
    }
    case 'dropPolicy':
    case 'alterPolicy':
      return has((draft?.policies ?? []).map(({ name }) => name), act.name) ? undefined : unknown();
    case 'secure':
      // Turned off where nothing says that it was on.
      return act.at || draft?.secured ? undefined : unknown();
    default:
      return undefined;
  }
}
