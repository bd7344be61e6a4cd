// Enums that a migration makes anew, as a value can't be taken out of one: each column moves to a new type, straight or
// by way of text, in whatever order the types are created, renamed and dropped.
import type { Change, ChangeOf, Statement } from './changes';
import { around } from './drops';
import { sameTable } from './names';
import type { Enum } from './nodes';
import { isWord, nameIn, sqlTokens } from './sql-text';

/** One column that moves to the new enum. */
export interface Recreation {
  /** The change that gives the column its new type. */
  readonly change: ChangeOf<'setType'>;
  /** By what name the enum goes before or afterwards, whichever isn't made up for the time between. */
  readonly name: string;
  /** The enum as it was; absent where the migrations don't tell. */
  readonly old?: Enum;
  readonly made: ChangeOf<'addEnum'>;
  /** The column becomes text in between, and all rows are written twice. */
  readonly twice: boolean;
}

/** What a change of type re-creates, if it is the last step of that for its column. */
export function recreationOf(change: ChangeOf<'setType'>): Recreation | undefined {
  const made = madeFor(change);
  if (!made) return undefined;
  const first = change.enumBefore ? undefined : firstHalf(change);
  const old = change.enumBefore ?? first?.enumBefore;
  if (old) return { change, name: lastingName(old.dbName, made.name), old, made, twice: first !== undefined };
  const name = change.lifetime === 'unknown' ? swappedName(made) : undefined;
  return name === undefined ? undefined : { change, name, made, twice: false };
}

/** What the new enum is called in the end, where the migration renames it, or one of its name before, out of the way. */
function swappedName(made: ChangeOf<'addEnum'>): string | undefined {
  for (const statement of made.statement.migration.statements) {
    const renamed = renamedType(statement);
    if (!renamed) continue;
    if (statement.position > made.statement.position && renamed.from === made.name) return renamed.to;
    if (statement.position < made.statement.position && renamed.from === made.name) return made.name;
  }
  return undefined;
}

/** `ALTER TYPE mood RENAME TO mood_old` */
function renamedType({ node, text }: Statement): { readonly from: string; readonly to: string } | undefined {
  if (node !== 'RenameStmt') return undefined;
  const tokens = sqlTokens(text);
  const at = tokens.findIndex((token, i) => isWord(token, 'RENAME') && isWord(tokens[i + 1], 'TO'));
  const [from, to] = [tokens[at - 1], tokens[at + 2]].map((token) => token && nameIn(token));
  return isWord(tokens[1], 'TYPE') && from !== undefined && to !== undefined ? { from, to } : undefined;
}

/** Whether the change belongs to a re-creation, as its only step for the column or one of two. */
export function isPartOfRecreation(change: ChangeOf<'setType'>): boolean {
  if (recreationOf(change)) return true;
  return change.enumBefore !== undefined && around(change).after.some((each) => each.verb === 'setType' && recreationOf(each) !== undefined && firstHalf(each) === change);
}

/** The statement of the same migration that has created the new type. */
function madeFor(change: ChangeOf<'setType'>): ChangeOf<'addEnum'> | undefined {
  const name = sqlTokens(change.column?.type.raw ?? '').findLast((token) => nameIn(token) !== undefined);
  const wanted = name && nameIn(name);
  return around(change).before.findLast((each): each is ChangeOf<'addEnum'> => each.verb === 'addEnum' && each.name === wanted);
}

/** The change that made the column text before. */
function firstHalf(change: ChangeOf<'setType'>): ChangeOf<'setType'> | undefined {
  const isSame = (each: Change): each is ChangeOf<'setType'> =>
    each.verb === 'setType' && each.columnName === change.columnName && each.table !== undefined && change.table !== undefined && sameTable(each.table, change.table);
  const last = around(change).before.findLast(isSame);
  return last?.enumBefore && last;
}

/** Of `Role` and `Role_new`, or `role_old` and `role`, the one that stays: names for the time between add a word. */
function lastingName(old: string, made: string): string {
  return made.length < old.length ? made : old;
}
