// Reports statements that PostgreSQL refuses to run inside the transaction that they are in.
import type { Fix, Finding, Rule } from '../../linter/rule';
import type { Change, Migration, Statement } from '../../model/changes';
import { outsideOnly, type OutsideOnly } from '../../model/outside-transaction';
import type { Schema } from '../../model/nodes';
import { isPartitioned } from '../../model/partitions';
import { flywaySees, wayOut } from '../../model/runners';
import { inCaseOf } from '../../model/sql-text';

export const concurrentlyInTransaction: Rule = {
  id: 'concurrently-in-transaction',
  meta: {
    title: 'A statement that PostgreSQL runs only outside of a transaction stands inside one, so the migration fails.',
    severity: 'error',
    fix: 'review',
    dialects: ['postgresql'],
    bible: '§7',
  },
  visit: {
    *statement(statement, { schema }) {
      if (!statement.inTransaction || isRefusedAnywhere(statement, schema)) return;
      const refused = outsideOnly(statement, schema);
      if (refused) yield findingOf(statement, refused);
    },
  },
};

function findingOf(statement: Statement, { words, at }: OutsideOnly): Finding {
  const begin = ownBegin(statement);
  const fix = fixFor(statement, begin !== undefined);
  return {
    at,
    message: `The migration fails here, because PostgreSQL refuses ${words} inside a transaction, and ${opener(statement, begin)}.`,
    help: helpFor(statement, words, begin !== undefined),
    ...(begin && { related: [{ at: begin.span, message: 'This opens the transaction.' }] }),
    ...(fix && { fixes: [fix] }),
  };
}

/** A CONCURRENTLY build on a partitioned table fails outside as well, which is a finding of its own. */
function isRefusedAnywhere({ changes }: Statement, schema: Schema): boolean {
  return changes.some((change) => change.verb === 'addIndex' && change.table !== undefined && isPartitioned(schema, change.table));
}

/** The BEGIN that the statement stands behind, with no COMMIT between. */
function ownBegin({ migration, position }: Statement): Statement | undefined {
  const before = migration.statements.slice(0, position).reverse();
  const last = before.find((each) => each.changes.some(({ verb }) => verb === 'transaction'));
  return last?.changes.some((change) => change.verb === 'transaction' && change.command === 'begin') ? last : undefined;
}

function opener({ migration, part }: Statement, begin: Statement | undefined): string {
  if (begin) return 'the BEGIN above it opens one';
  if (migration.transaction === 'all') return 'the runner applies all pending files in one';
  if (migration.transaction === 'file-if-many') return 'a file of several statements is sent as one query, which is one';
  return part !== undefined && migration.runner === 'liquibase' ? 'the runner opens one for each changeset' : 'the runner opens one for the file';
}

function fixFor(statement: Statement, begun: boolean): Fix | undefined {
  const { migration } = statement;
  const change = statement.changes[0];
  if (!change) return undefined;
  if (begun && migration.transaction === 'none') return commitFix(statement, change);
  const way = wayOut(migration);
  const alone = migration.statements.length === 1;
  // What a runner that looks for itself hasn't set apart, it never will.
  if (way === 'never' || way === 'concurrently' || (alone && migration.runner === 'flyway' && flywaySees(statement.text))) return undefined;
  const title =
    way === 'commit'
      ? 'Commit what is pending first'
      : alone
        ? 'Tell the runner to open no transaction for this file'
        : 'Move it to a migration of its own, outside of a transaction';
  return { title, kind: 'review', preferred: true, intent: () => ({ do: 'buildConcurrently', change }) };
}

/** Where the author's BEGIN is the only one: end it before, and open it again behind. */
function commitFix(statement: Statement, change: Change): Fix {
  const word = (own: string): string => inCaseOf(statement.text, own);
  const statements = [word('COMMIT;'), `${statement.text};`, word('BEGIN;')];
  return {
    title: 'Commit before it, and begin again behind it',
    kind: 'review',
    preferred: true,
    intent: () => ({ do: 'splitMigration', statement, change, steps: [{ name: '', statements }], where: 'here' }),
  };
}

function helpFor({ migration }: Statement, words: string, begun: boolean): string {
  if (begun && migration.transaction === 'none') return 'Commit before it.';
  switch (wayOut(migration)) {
    case 'commit':
      return 'Write `COMMIT;--> statement-breakpoint` before it, or run it by hand before the deploy.';
    case 'never':
      return 'Run it by hand before the deploy.';
    case 'concurrently':
      return /INDEX/.test(words) ? 'Update the Supabase CLI, which sends index work apart from 2.112 on, or run it by hand.' : 'Run it by hand.';
    case 'whole':
      return wholeHelp(migration);
  }
}

function wholeHelp({ runner, statements }: Migration): string {
  const directive = DIRECTIVES[runner];
  if (statements.length > 1) return `Move it to a migration of its own${directive === undefined ? '' : `, with ${directive}`}.`;
  return directive === undefined ? 'Tell the runner to open no transaction for this file.' : `Add ${directive}.`;
}

/** How a runner is told to open no transaction. */
const DIRECTIVES: Partial<Record<Migration['runner'], string>> = {
  dbmate: '`transaction:false` behind `-- migrate:up`',
  goose: '`-- +goose NO TRANSACTION`',
  sqlx: '`-- no-transaction` as its first line',
  atlas: '`-- atlas:txmode none`',
  diesel: '`run_in_transaction = false` in its `metadata.toml`',
  liquibase: '`runInTransaction:false` in its changeset line',
};
