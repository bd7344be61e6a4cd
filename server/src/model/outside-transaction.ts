// Which statements PostgreSQL runs only outside of any transaction.
import type { Span } from '../text/span';
import { partOf } from '../text/span';
import type { Change, Statement } from './changes';
import { isWord, sqlTokens, type SqlToken } from './sql-text';

/** The words that PostgreSQL refuses inside a transaction block (error 25001), and their place. */
export interface OutsideOnly {
  /** In capitals, such as `CREATE INDEX CONCURRENTLY`. */
  readonly words: string;
  readonly at: Span;
}

/** What in the statement can't run inside a transaction; undefined where nothing is known to. */
export function outsideOnly(statement: Statement): OutsideOnly | undefined {
  // Only the head tells, so long texts need no reading.
  if (!HEAD.test(statement.text) || !(ALONE.has(statement.node) || statement.changes.some(isConcurrent))) return undefined;
  const tokens = sqlTokens(statement.text);
  const concurrently = concurrentWords(statement, tokens);
  if (concurrently) return concurrently;
  const length = leadLength(statement, tokens);
  const last = tokens[length - 1];
  if (!last) return undefined;
  return {
    words: tokens.slice(0, length).flatMap((token) => (token.kind === 'word' && token.depth === 0 ? [token.text.toUpperCase()] : [])).join(' '),
    at: partOf(statement.span, 0, last.end),
  };
}

const HEAD = /^(?:CREATE|DROP|ALTER|REINDEX|VACUUM|CLUSTER|DISCARD)\b/i;

/** The nodes that `leadLength` looks at. */
const ALONE: ReadonlySet<string> = new Set(
  'VacuumStmt ClusterStmt ReindexStmt DiscardStmt AlterSystemStmt CreatedbStmt DropdbStmt CreateTableSpaceStmt DropTableSpaceStmt'.split(' '),
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

/** How many tokens at the front name a command that PostgreSQL runs only by itself; 0 for any other. */
function leadLength({ node }: Statement, tokens: readonly SqlToken[]): number {
  switch (node) {
    case 'VacuumStmt':
      // ANALYZE parses to the same node, and it may run anywhere.
      return isWord(tokens[0], 'VACUUM') ? 1 : 0;
    case 'ClusterStmt':
      // Without a table it goes through all of them, in a transaction each.
      return tokens.length === 1 ? 1 : 0;
    case 'ReindexStmt': {
      const at = tokens.findIndex((token) => token.depth === 0 && isWord(token, 'SCHEMA', 'DATABASE', 'SYSTEM', 'TABLE', 'INDEX'));
      return isWord(tokens[at], 'SCHEMA', 'DATABASE', 'SYSTEM') ? at + 1 : 0;
    }
    case 'DiscardStmt':
      return isWord(tokens[1], 'ALL') ? 2 : 0;
    case 'AlterSystemStmt':
    case 'CreatedbStmt':
    case 'DropdbStmt':
    case 'CreateTableSpaceStmt':
    case 'DropTableSpaceStmt':
      return 2;
    default:
      return 0;
  }
}
