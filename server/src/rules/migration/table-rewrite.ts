// Reports statements that write an existing table anew while nobody can use it.
import type { Rule } from '../../linter/rule';
import type { Change } from '../../model/changes';
import { mayBeInUse } from '../../model/lifetime';
import { lockCase } from '../../model/locks';
import { isPartitioned } from '../../model/partitions';
import { sourceOf } from '../../model/sql-text';

export const tableRewrite: Rule = {
  id: 'table-rewrite',
  meta: {
    title: 'A migration writes a whole existing table anew under a lock that keeps everybody out.',
    severity: 'warning',
    fix: 'none',
    dialects: ['postgresql'],
    bible: '+',
  },
  visit: {
    *change(change, { schema }) {
      if (!mayBeInUse(change.lifetime)) return;
      const which = rewriteIn(change);
      if (!which) return;
      // The partitions hold the rows; these actions leave them where they are.
      const settings = which === 'logged' || which === 'unlogged' || which === 'tablespace' || which === 'method';
      if (settings && change.table && isPartitioned(schema, change.table)) return;
      // Of several tables in one statement each is told at its name.
      const several = change.statement.node === 'VacuumStmt' && change.statement.changes.length > 1;
      const at = several ? (change.tableSpan ?? change.span) : change.span;
      const table = change.table ? `\`${change.table.name}\`` : NO_TABLE[which];
      const work = which === 'tablespace' ? `copies ${table} into another place` : `writes ${table} anew with all indexes`;
      yield {
        at,
        message: `This ${work} under an ACCESS EXCLUSIVE lock: every read and write waits until that is done.`,
        help: HELP[which],
      };
    },
  },
};

type Rewrite = 'vacuum' | 'cluster' | 'logged' | 'unlogged' | 'tablespace' | 'method';

const NO_TABLE: Readonly<Record<Rewrite, string>> = {
  vacuum: 'every table of the database, one after another,',
  cluster: 'every table that was clustered before, one after another,',
  logged: 'the table',
  unlogged: 'the table',
  tablespace: 'every table of the tablespace, one after another,',
  method: 'the table',
};

const HELP: Readonly<Record<Rewrite, string>> = {
  vacuum: 'Use plain VACUUM, which blocks nobody; to give disk space back, run pg_repack by hand.',
  cluster: 'Order the rows with pg_repack by hand, which lets reads and writes go on.',
  logged: 'Do it by hand at a time when nobody needs the table.',
  unlogged: 'Do it by hand at a time when nobody needs the table; a crash then empties it.',
  tablespace: 'Run pg_repack by hand, which moves a table while reads and writes go on.',
  method: 'Do it by hand at a time when nobody needs the table.',
};

/** What makes the change a rewrite; undefined where it is none. */
function rewriteIn(change: Change): Rewrite | undefined {
  if (change.verb !== 'other') return undefined;
  const { statement, span } = change;
  if (statement.node === 'AlterTableMoveAllStmt') return /^ALTER\s+TABLE\b/i.test(statement.text) ? 'tablespace' : undefined;
  switch (lockCase(change)) {
    case 'vacuum full':
      return 'vacuum';
    case 'cluster':
      return 'cluster';
    case 'set logged':
      return /\bUNLOGGED\b/i.test(sourceOf(statement, span) ?? '') ? 'unlogged' : 'logged';
    case 'move table':
      return /\bACCESS\s+METHOD\b/i.test(sourceOf(statement, span) ?? '') ? 'method' : 'tablespace';
    default:
      return undefined;
  }
}
