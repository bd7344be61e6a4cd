// The long work of a migration that is harmless by itself, or that another rule tells, as far as locks held meanwhile make it worse.
import { isNewAndEmpty, isUnenforced } from '../../model/added-constraints';
import type { Change } from '../../model/changes';
import { isEmptied, isRewrittenAnyway } from '../../model/emptied';
import { mayBeInUse } from '../../model/lifetime';
import { tableRead } from '../../model/long-reads';
import { lockOf, type LockMode, type Work } from '../../model/locks';
import type { Table, TableName } from '../../model/nodes';
import { isWord, sqlTokens } from '../../model/sql-text';
import { partOf, type Span } from '../../text/span';

export interface LongWork {
  readonly at: Span;
  /** What goes on, as the subject and verb of a clause. */
  readonly says: string;
  readonly table: TableName;
  /** Its own lock blocks others already, which another rule tells. */
  readonly blocks?: LockMode;
}

/** The work of the change, where it takes long and its table may be in use. */
export function longWork(change: Change, find: (name: TableName) => Table | undefined): LongWork | undefined {
  const { statement } = change;
  const read = change === statement.changes[0] ? tableRead(statement, find) : undefined;
  if (read) return { at: partOf(statement.span, 0, wordsOf(statement.text)), says: `this reads through \`${read.name}\``, table: read };
  const { table, lifetime } = change;
  const fact = table && mayBeInUse(lifetime) ? lockOf(change) : undefined;
  if (!table || !fact?.lock || fact.workOnOther) return undefined;
  const says = sayingOf(change, fact.work, table);
  if (says === undefined || isSpared(change)) return undefined;
  // These two let reads of what they work on go on, and no rule has anything against them by themselves.
  const quiet = fact.lock === 'SHARE UPDATE EXCLUSIVE' || (change.verb === 'refreshView' && change.concurrently);
  return { at: change.span, says, table, ...(!quiet && { blocks: fact.lock }) };
}

function sayingOf(change: Change, work: Work, table: TableName): string | undefined {
  if (change.verb === 'other' && work === 'scan') return undefined;
  const name = `\`${table.name}\``;
  if (change.verb === 'refreshView') return `${name} is refreshed`;
  switch (work) {
    case 'scan':
      return `this reads every row of ${name}`;
    case 'build':
      return `this builds an index of ${name}`;
    case 'rewrite':
      return `this writes ${name} again`;
    case 'none':
    case 'wait':
    case 'rows':
    case 'unknown':
      return undefined;
    default:
      return work satisfies never;
  }
}

/** Nothing is there to work on, or the work is done anyway. */
function isSpared(change: Change): boolean {
  const { text } = change.statement;
  if (change.verb === 'addIndex' && /\bON\s+ONLY\b/i.test(text)) return true;
  if (change.verb === 'refreshView' && /\bWITH\s+NO\s+DATA\b/i.test(text)) return true;
  if (change.verb === 'addForeignKey' && change.table && change.foreignKey.columns.some((column) => change.table && isNewAndEmpty(change, change.table, column))) return true;
  return isEmptied(change) || isUnenforced(change) || (lockOf(change)?.work !== 'rewrite' && isRewrittenAnyway(change));
}

/** Where the command ends that stands at the front, as CREATE TABLE … AS or SELECT. */
function wordsOf(text: string): number {
  const tokens = sqlTokens(text);
  const select = tokens.find((token) => token.depth === 0 && isWord(token, 'SELECT'));
  return (select ?? tokens[0])?.end ?? text.length;
}
