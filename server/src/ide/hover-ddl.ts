// A statement of a migration in words: what it locks, whom it keeps waiting, and how its runner executes it.
import type { MigrationInfo } from '../languages/language';
import type { Change, RunnerId, TransactionModel } from '../model/changes';
import { mayBeInUse } from '../model/lifetime';
import { sameTable } from '../model/names';
import type { TableName } from '../model/nodes';
import { blocks, lockOf, type LockFact, type Work } from '../model/locks';

/** What a change does to a database in use. */
export function describeChange(change: Change, info: MigrationInfo | undefined): string {
  const fact = lockOf(change);
  const lines = [heading(change)];
  if (fact) lines.push(...describeLock(change, fact));
  else if (change.verb !== 'other') lines.push('Locks no table.');
  const { migration, inTransaction } = change.statement;
  lines.push(`**Runs:** ${execution(info?.runner ?? migration.runner, info?.transaction ?? migration.transaction, inTransaction)}`);
  return lines.join('\n\n');
}

function heading(change: Change): string {
  const words = change.verb === 'other' ? firstWords(change) : change.verb.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  const table = change.table && ` on \`${change.table.schema ? `${change.table.schema}.` : ''}${change.table.name}\``;
  return `**${words.charAt(0).toUpperCase()}${words.slice(1)}**${table ?? ''}`;
}

/** What an action that the model doesn't describe calls itself: the words before the first name. */
function firstWords({ statement, span }: Change): string {
  const from = span.start - statement.span.start;
  const words = /^[A-Z]+(\s+[A-Z]+)?\b/i.exec(statement.text.slice(from, from + span.end - span.start))?.[0] ?? 'statement';
  return words.replace(/\s+/g, ' ').toLowerCase();
}

function describeLock(change: Change, fact: LockFact): string[] {
  const lines: string[] = [];
  if (fact.lock) {
    lines.push(
      mayBeInUse(change.lifetime)
        ? `**Lock:** ${fact.lock}, which blocks ${blocks[fact.lock]}.`
        : `**Lock:** ${fact.lock}, but nobody waits: the table is ${change.lifetime === 'temporary' ? 'temporary' : 'created by this migration'}.`,
    );
  }
  const others = fact.otherLock ? otherTables(change) : '';
  if (fact.otherLock && others) lines.push(`**Lock on ${others}:** ${fact.otherLock}, which blocks ${blocks[fact.otherLock]}.`);
  if (!fact.lock && !others) lines.push('Locks no existing table.');
  lines.push(`**Work under the lock:** ${work(fact.work)}`);
  if (fact.note) lines.push(fact.note);
  return lines;
}

/** The other tables that a change locks, without those that this migration creates itself: nobody waits for them. */
function otherTables(change: Change): string {
  const named = otherNames(change);
  if (!named) return 'the referenced table';
  const { statements } = change.statement.migration;
  const own = statements.slice(0, change.statement.position).flatMap(({ changes }) => changes.flatMap((each) => (each.verb === 'addTable' && each.table ? [each.table] : [])));
  const others = named.filter((name) => !own.some((created) => sameTable(created, name)));
  return [...new Set(others.map(({ name }) => `\`${name}\``))].join(', ');
}

function otherNames(change: Change): readonly TableName[] | undefined {
  if (change.verb === 'addForeignKey') return [change.foreignKey.target];
  if (change.verb === 'addColumn') return change.targets;
  if (change.verb !== 'addTable') return undefined;
  return change.created.partitionOf ? [change.created.partitionOf] : change.created.foreignKeys.map((key) => key.target);
}

function work(work: Work): string {
  switch (work) {
    case 'none':
      return 'none; it takes a moment however large the table is.';
    case 'scan':
      return 'reads the whole table.';
    case 'build':
      return 'reads the whole table and builds an index or a copy.';
    case 'rewrite':
      return 'writes the whole table and all its indexes anew.';
    case 'wait':
      return 'builds beside the running work, and waits for older transactions.';
    case 'rows':
      return 'as many rows as it touches.';
  }
}

const RUNNERS: Readonly<Record<RunnerId, string>> = {
  prisma: 'Prisma Migrate',
  drizzle: 'Drizzle',
  supabase: 'Supabase',
  dbmate: 'dbmate',
  goose: 'goose',
  'golang-migrate': 'golang-migrate',
  flyway: 'Flyway',
  sqlx: 'sqlx',
  'node-pg-migrate': 'node-pg-migrate',
  diesel: 'Diesel',
  hasura: 'Hasura',
  atlas: 'Atlas',
  liquibase: 'Liquibase',
  plain: 'the tool that applies this file',
};

function execution(runner: RunnerId, transaction: TransactionModel, inTransaction: boolean): string {
  const name = RUNNERS[runner];
  switch (transaction) {
    case 'all':
      return `${name} runs all pending migrations in one transaction, so the lock is held until the last of them is done.`;
    case 'file':
    case 'file-if-many':
      if (!inTransaction) return `${name} sends this file as a single statement, without a transaction around it.`;
      return `${name} runs this file in one transaction, so the lock is held until its end.`;
    case 'none':
      if (inTransaction) return `inside the transaction that this file opens itself, so the lock is held until its COMMIT.`;
      return `${name} runs each statement by itself; what ran before a failure stays.`;
  }
}
