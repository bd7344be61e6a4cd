// Which case of the table of locks a statement is that the model doesn't describe, told by its words.
import type { Change } from './changes';
import type { LockCase } from './lock-table';

interface Row {
  /** The statement, or one action of an ALTER TABLE, its white space made single. The first that fits decides. */
  readonly words: RegExp;
  readonly is: LockCase;
}

const NAME = String.raw`("[^"]+"|\S+)`;
const ofColumn = (rest: string): RegExp => new RegExp(String.raw`^ALTER (COLUMN )?${NAME} ${rest}`, 'i');

const ACTIONS: readonly Row[] = [
  { words: /^ATTACH PARTITION\b/i, is: 'attach partition' },
  { words: /^DETACH PARTITION .*\bCONCURRENTLY$/i, is: 'detach partition concurrently' },
  { words: /^DETACH PARTITION\b/i, is: 'detach partition' },
  { words: /^INHERIT\b/i, is: 'inherit' },
  { words: /^NO INHERIT\b/i, is: 'stop inheriting' },
  { words: /^(ENABLE|DISABLE)( ALWAYS| REPLICA)? TRIGGER\b/i, is: 'switch trigger' },
  { words: /^(ENABLE|DISABLE)( ALWAYS| REPLICA)? RULE\b/i, is: 'rule' },
  { words: /^NO FORCE ROW LEVEL SECURITY\b/i, is: 'row security' },
  { words: /^SET (LOGGED|UNLOGGED)\b/i, is: 'set logged' },
  { words: /^SET (TABLESPACE|ACCESS METHOD)\b/i, is: 'move table' },
  { words: /^(SET|RESET) ?\((?!.*\buser_catalog_table\b)|^CLUSTER ON\b|^SET WITHOUT CLUSTER\b/i, is: 'table settings' },
  { words: ofColumn(String.raw`(SET STATISTICS\b|(SET|RESET) ?\()`), is: 'column statistics' },
  { words: ofColumn(String.raw`SET EXPRESSION\b`), is: 'set expression' },
  { words: ofColumn(String.raw`DROP EXPRESSION\b`), is: 'drop expression' },
  { words: ofColumn(''), is: 'alter column' },
  { words: /./, is: 'change of the table' },
];

const STATEMENTS: readonly Row[] = [
  { words: /^CREATE (OR REPLACE )?(CONSTRAINT )?TRIGGER\b/i, is: 'create trigger' },
  { words: /^(DROP|ALTER) TRIGGER\b/i, is: 'drop trigger' },
  { words: /^(CREATE (OR REPLACE )?|DROP |ALTER )RULE\b/i, is: 'rule' },
  { words: /^ALTER POLICY\b/i, is: 'policy' },
  { words: /^VACUUM (\([^)]*\bFULL\b(?! (false|off|0))|FULL\b)/i, is: 'vacuum full' },
  { words: /^VACUUM\b/i, is: 'vacuum' },
  { words: /^CLUSTER\b/i, is: 'cluster' },
  { words: /^(ANALYZE|ANALYSE)\b/i, is: 'analyze' },
  { words: /^COMMENT ON (TABLE|COLUMN|CONSTRAINT|TRIGGER|POLICY|RULE)\b/i, is: 'comment' },
  { words: /^(CREATE|DROP) STATISTICS\b/i, is: 'create statistics' },
  { words: /^ALTER INDEX\b.*\bRENAME\b/i, is: 'rename index' },
  { words: /^(CREATE PUBLICATION\b.*\bFOR TABLE|ALTER PUBLICATION\b.*\b(ADD|SET|DROP) TABLE)\b/i, is: 'publish' },
  { words: /^LOCK (?!.*\bMODE\b)/i, is: 'lock table' },
  { words: /^ALTER TABLE\b.*\bRENAME CONSTRAINT\b/i, is: 'rename constraint' },
  { words: /^ALTER TABLE\b/i, is: 'change of the table' },
  { words: /^ALTER DOMAIN\b.*\b(ADD\b(?!.*\bNOT VALID\b)|VALIDATE\b|SET NOT NULL\b)/i, is: 'add domain constraint' },
  { words: /^ALTER (DOMAIN|TYPE)\b/i, is: 'type without tables' },
  { words: /^(CREATE|DROP) (DATABASE|TABLESPACE)\b|^ALTER SYSTEM\b/i, is: 'server' },
];

/** The case of a change of verb `other`; undefined where nothing is known. */
export function caseByText({ statement, span }: Change): LockCase | undefined {
  const from = span.start - statement.span.start;
  const text = statement.text.slice(from, from + span.end - span.start);
  const words = text.slice(0, 500).replace(/\s+/g, ' ').trim();
  const action = from > 0 && statement.node === 'AlterTableStmt';
  return (action ? ACTIONS : STATEMENTS).find((row) => row.words.test(words))?.is;
}
