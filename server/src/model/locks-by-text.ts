// Locks of statements that the model doesn't describe, told by their words. The first row that fits decides.
import type { Change } from './changes';
import type { LockFact } from './locks';

interface Row {
  /** The statement, or one action of an ALTER TABLE, its white space made single. */
  readonly words: RegExp;
  readonly fact: LockFact;
}

const exclusive: LockFact = { lock: 'ACCESS EXCLUSIVE', work: 'none' };
const light: LockFact = { lock: 'SHARE UPDATE EXCLUSIVE', work: 'none' };
const rewrite: LockFact = { lock: 'ACCESS EXCLUSIVE', work: 'rewrite' };

const ACTIONS: readonly Row[] = [
  {
    words: /^ATTACH PARTITION\b/i,
    fact: { lock: 'SHARE UPDATE EXCLUSIVE', work: 'none', note: 'The partition itself is locked with ACCESS EXCLUSIVE and read whole, unless a CHECK proves its bounds.' },
  },
  {
    words: /^DETACH PARTITION .*\bCONCURRENTLY$/i,
    fact: { lock: 'SHARE UPDATE EXCLUSIVE', work: 'wait', note: "It waits for older transactions to end, and can't run inside a transaction. PostgreSQL 14 and later." },
  },
  { words: /^DETACH PARTITION\b/i, fact: { ...exclusive, note: 'The partition itself is locked as well.' } },
  { words: /^(ENABLE|DISABLE)( ALWAYS| REPLICA)? TRIGGER\b/i, fact: { lock: 'SHARE ROW EXCLUSIVE', work: 'none' } },
  { words: /^SET (LOGGED|UNLOGGED|TABLESPACE|ACCESS METHOD)\b/i, fact: rewrite },
  { words: /^(SET|RESET) ?\(|^CLUSTER ON\b|^SET WITHOUT CLUSTER\b/i, fact: light },
  { words: /^ALTER (COLUMN )?("[^"]+"|\S+) (SET STATISTICS\b|(SET|RESET) ?\()/i, fact: light },
  { words: /^ALTER (COLUMN )?("[^"]+"|\S+) SET EXPRESSION\b/i, fact: rewrite },
  { words: /./, fact: exclusive },
];

const STATEMENTS: readonly Row[] = [
  { words: /^CREATE (OR REPLACE )?(CONSTRAINT )?TRIGGER\b/i, fact: { lock: 'SHARE ROW EXCLUSIVE', work: 'none' } },
  { words: /^(DROP|ALTER) TRIGGER\b|^(CREATE (OR REPLACE )?|DROP |ALTER )RULE\b|^ALTER POLICY\b/i, fact: exclusive },
  { words: /^VACUUM (\([^)]*\bFULL\b(?! (false|off|0))|FULL\b)|^CLUSTER\b/i, fact: rewrite },
  { words: /^(VACUUM|ANALYZE|ANALYSE)\b/i, fact: { lock: 'SHARE UPDATE EXCLUSIVE', work: 'scan' } },
  { words: /^CREATE STATISTICS\b|^COMMENT ON (TABLE|COLUMN|CONSTRAINT|TRIGGER|POLICY|RULE)\b|^ALTER INDEX\b.*\bRENAME\b/i, fact: light },
  { words: /^ALTER TABLE\b/i, fact: exclusive },
  {
    words: /^ALTER DOMAIN\b.*\bADD\b(?!.*\bNOT VALID\b)/i,
    fact: { lock: 'SHARE', work: 'scan', note: 'That holds for every table with a column of the domain.' },
  },
];

/** The lock of a change of verb `other`; undefined where nothing is known. */
export function lockByText({ statement, span }: Change): LockFact | undefined {
  const from = span.start - statement.span.start;
  const text = statement.text.slice(from, from + span.end - span.start);
  const words = text.slice(0, 500).replace(/\s+/g, ' ').trim();
  const action = from > 0 && statement.node === 'AlterTableStmt';
  return (action ? ACTIONS : STATEMENTS).find((row) => row.words.test(words))?.fact;
}
