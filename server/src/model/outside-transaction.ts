// Which statements PostgreSQL runs only outside of any transaction.
import type { Span } from '../text/span';
import { partOf } from '../text/span';
import type { Change, Statement } from './changes';
import type { Schema, TableName } from './nodes';
import { isPartitioned } from './partitions';
import { isWord, nameIn, sqlTokens, type SqlToken } from './sql-text';

/** The words that PostgreSQL refuses inside a transaction block (error 25001), and their place. */
export interface OutsideOnly {
  /** In capitals, such as `CREATE INDEX CONCURRENTLY`. */
  readonly words: string;
  readonly at: Span;
}

/** What in the statement can't run inside a transaction, on tables that the schema tells of; undefined where nothing is known to. */
export function outsideOnly(statement: Statement, schema?: Schema): OutsideOnly | undefined {
  // Only the head tells, so long texts need no reading.
  if (!HEAD.test(statement.text) || !(ALONE.has(statement.node) || statement.changes.some(isConcurrent))) return undefined;
  const tokens = sqlTokens(statement.text);
  const concurrently = concurrentWords(statement, tokens);
  if (concurrently) return concurrently;
  const lead = leadOf(statement, tokens, schema);
  const last = tokens[(lead?.length ?? 0) - 1];
  if (!lead || !last) return undefined;
  const written = tokens.slice(0, lead.length).flatMap((token) => (token.kind === 'word' && token.depth === 0 ? [token.text.toUpperCase()] : [])).join(' ');
  return { words: lead.words ?? written, at: partOf(statement.span, 0, last.end) };
}

const HEAD = /^(?:CREATE|DROP|ALTER|REINDEX|VACUUM|CLUSTER|DISCARD)\b/i;

/** The nodes that `leadOf` looks at. */
const ALONE: ReadonlySet<string> = new Set(
  'VacuumStmt ClusterStmt ReindexStmt DiscardStmt AlterSystemStmt CreatedbStmt DropdbStmt CreateTableSpaceStmt DropTableSpaceStmt AlterDatabaseStmt CreateSubscriptionStmt DropSubscriptionStmt AlterSubscriptionStmt'.split(' '),
);

function isConcurrent(change: Change): boolean {
  return (
    (change.verb === 'addIndex' && change.index.concurrently) ||
    ((change.verb === 'dropIndex' || change.verb === 'reindex' || change.verb === 'detachPartition') && change.concurrently)
  );
}

function concurrentWords({ changes, span }: Statement, tokens: readonly SqlToken[]): OutsideOnly | undefined {
  const verb = changes.find(isConcurrent)?.verb;
  const token = verb === undefined ? undefined : tokens.find((each) => isWord(each, 'CONCURRENTLY'));
  if (!token) return undefined;
  const words = verb === 'addIndex' ? 'CREATE INDEX' : verb === 'dropIndex' ? 'DROP INDEX' : verb === 'reindex' ? 'REINDEX' : 'DETACH PARTITION';
  return { words: `${words} CONCURRENTLY`, at: partOf(span, token.start, token.end) };
}

interface Lead {
  /** How many tokens at the front name the command. */
  readonly length: number;
  /** What it is called, where its first words don't say it. */
  readonly words?: string;
}

/** The command that PostgreSQL runs only by itself; undefined for any other. */
function leadOf(statement: Statement, tokens: readonly SqlToken[], schema: Schema | undefined): Lead | undefined {
  switch (statement.node) {
    case 'VacuumStmt':
      // ANALYZE parses to the same node, and it may run anywhere.
      return isWord(tokens[0], 'VACUUM') ? { length: 1 } : undefined;
    case 'ClusterStmt':
      // Without a table, or with one of many parts, it takes a transaction for each.
      if (tokens.length === 1) return { length: 1 };
      return isOfParts(statement, schema) ? { length: 1, words: 'CLUSTER of a partitioned table' } : undefined;
    case 'ReindexStmt': {
      const at = tokens.findIndex((token) => token.depth === 0 && isWord(token, 'SCHEMA', 'DATABASE', 'SYSTEM', 'TABLE', 'INDEX'));
      if (isWord(tokens[at], 'SCHEMA', 'DATABASE', 'SYSTEM')) return { length: at + 1 };
      return isOfParts(statement, schema) ? { length: at + 1, words: 'REINDEX of a partitioned table' } : undefined;
    }
    case 'DiscardStmt':
      return isWord(tokens[1], 'ALL') ? { length: 2 } : undefined;
    case 'AlterDatabaseStmt': {
      const at = tokens.findIndex((token) => isWord(token, 'TABLESPACE'));
      return at < 0 ? undefined : { length: at + 1, words: 'ALTER DATABASE … SET TABLESPACE' };
    }
    case 'CreateSubscriptionStmt':
      return makesSlot(statement.text) ? { length: 2 } : undefined;
    case 'DropSubscriptionStmt':
      return hasSlot(statement, tokens, schema) ? { length: 2 } : undefined;
    case 'AlterSubscriptionStmt':
      return alteredSubscription(statement.text);
    case 'AlterSystemStmt':
    case 'CreatedbStmt':
    case 'DropdbStmt':
    case 'CreateTableSpaceStmt':
    case 'DropTableSpaceStmt':
      return { length: 2 };
    default:
      return undefined;
  }
}

/** Whether it acts on a table that is split into partitions, or on an index of one. */
function isOfParts({ changes, text }: Statement, schema: Schema | undefined): boolean {
  if (!schema) return false;
  const named = /^CLUSTER\b/i.test(text) ? tableBehind(text) : undefined;
  return [...changes.flatMap(({ table }) => table ?? []), ...(named ? [named] : [])].some((table) => isPartitioned(schema, table));
}

/** The table that CLUSTER names. */
function tableBehind(text: string): TableName | undefined {
  const tokens = sqlTokens(text).filter(({ depth }) => depth === 0);
  const at = tokens.findIndex((token, i) => i > 0 && !isWord(token, 'VERBOSE') && nameIn(token) !== undefined);
  const [first, dot, second] = tokens.slice(at);
  const name = first && nameIn(first);
  const own = second && dot?.text === '.' ? nameIn(second) : undefined;
  if (at < 0 || name === undefined) return undefined;
  return own === undefined ? { name } : { name: own, schema: name };
}

const OFF = String.raw`\s*=\s*'?(?:false|off|no|0)\b`;

/** CREATE SUBSCRIPTION makes a replication slot at the other end unless told otherwise. */
function makesSlot(text: string): boolean {
  return !new RegExp(String.raw`\b(?:create_slot|connect)${OFF}`, 'i').test(text);
}

const NO_SLOT = /\bslot_name\s*=\s*NONE\b/i;

/** Dropping a subscription drops its slot with it, unless an earlier statement has parted the two. */
function hasSlot(statement: Statement, tokens: readonly SqlToken[], schema: Schema | undefined): boolean {
  const name = tokens.find((token, at) => at > 1 && !isWord(token, 'IF', 'EXISTS'));
  const wanted = name && nameIn(name);
  if (wanted === undefined) return false;
  const earlier = (schema?.migrations ?? [statement.migration]).flatMap(({ statements }) => statements);
  const own = earlier.slice(0, Math.max(earlier.indexOf(statement), 0)).filter(({ node, text }) => /^(?:Create|Alter)SubscriptionStmt$/.test(node) && sqlTokens(text).some((token) => nameIn(token) === wanted));
  const last = own.findLast(({ text, node }) => node === 'CreateSubscriptionStmt' || /\bslot_name\b/i.test(text));
  // One that may be missing is left alone where nothing tells of it.
  return last ? !NO_SLOT.test(last.text) : !isWord(tokens[2], 'IF');
}

function alteredSubscription(text: string): Lead | undefined {
  if (/\bREFRESH\s+PUBLICATION\b/i.test(text)) return { length: 2, words: 'ALTER SUBSCRIPTION … REFRESH PUBLICATION' };
  if (/\b(?:SET|ADD|DROP)\s+PUBLICATION\b/i.test(text)) {
    return new RegExp(String.raw`\brefresh${OFF}`, 'i').test(text) ? undefined : { length: 2, words: 'ALTER SUBSCRIPTION with refresh' };
  }
  return /\bSET\s*\([^)]*\b(?:failover|two_phase)\b/i.test(text) ? { length: 2, words: 'ALTER SUBSCRIPTION … SET (failover or two_phase)' } : undefined;
}
