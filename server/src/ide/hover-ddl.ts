// A statement of a migration in words: what it locks, whom it keeps waiting, and how its runner executes it.
import type { MigrationInfo } from '../languages/language';
import type { Change, RunnerId, TransactionModel } from '../model/changes';
import { mayBeInUse } from '../model/lifetime';
import { sameTable } from '../model/names';
import { blocks, lockOf, type LockFact, type Other, type Work } from '../model/locks';
import { safeForm } from './safe-forms';

export interface DdlOptions {
  /** Major version of PostgreSQL, where it is known. */
  readonly version?: number | undefined;
  /** Another part of the hover says already how it is done safely. */
  readonly told?: boolean;
}

/** What a change does to a database in use. */
export function describeChange(change: Change, info: MigrationInfo | undefined, { version, told = false }: DdlOptions = {}): string {
  const fact = lockOf(change, version);
  const lines = [heading(change)];
  if (fact) lines.push(...describeLock(change, fact), ...versions(fact, version));
  else if (change.verb !== 'other') lines.push('Locks no table.');
  const { migration, inTransaction } = change.statement;
  const transaction = info?.transaction ?? migration.transaction;
  if (fact?.outside) lines.push(inTransaction ? "**It fails here:** PostgreSQL doesn't run it inside a transaction." : "It can't run inside a transaction.");
  lines.push(`**Runs:** ${execution(info?.runner ?? migration.runner, transaction, inTransaction)}`);
  const safe = fact && !told ? safeForm(change, fact, transaction, version) : undefined;
  if (safe !== undefined) lines.push(`**Safe form:** ${safe}`);
  return lines.join('\n\n');
}

/** Since which version, and whether all versions that are in use agree. */
function versions({ since }: LockFact, version: number | undefined): string[] {
  if (since === undefined || since <= OLDEST) return version === undefined ? [`**Versions:** the same in PostgreSQL ${OLDEST} to ${NEWEST}.`] : [];
  if (version !== undefined && version < since) return [`**Versions:** PostgreSQL ${since} and later; version ${version} refuses it.`];
  return [`**Versions:** PostgreSQL ${since} and later.`];
}

/** The versions that the table of locks is compared with. */
const OLDEST = 12;
const NEWEST = 18;

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
  const others = fact.otherLock ? otherTables(change, fact) : '';
  if (fact.otherLock && others) lines.push(`**Lock on ${others}:** ${fact.otherLock}, which blocks ${blocks[fact.otherLock]}.`);
  if (!fact.lock && !others) lines.push('Locks no existing table.');
  lines.push(`**Work under the lock:** ${fact.workOnOther ? otherWork(fact.work, others) : work(fact.work)}`);
  if (fact.note) lines.push(fact.note);
  return lines;
}

/** The other tables that a change locks, without those that this migration creates itself: nobody waits for them. */
export function otherTables(change: Change, { others, other }: LockFact): string {
  if (!others) return other === undefined ? '' : OTHERS[other];
  const { statements } = change.statement.migration;
  const own = statements.slice(0, change.statement.position).flatMap(({ changes }) => changes.flatMap((each) => (each.verb === 'addTable' && each.table ? [each.table] : [])));
  const used = others.filter((name) => !own.some((created) => sameTable(created, name)));
  return [...new Set(used.map(({ name }) => `\`${name}\``))].join(', ');
}

const OTHERS: Readonly<Record<Other, string>> = {
  referenced: 'the tables that its foreign keys reference',
  parent: 'the parent',
  partition: 'the partition',
  index: 'the index',
  'users of the domain': 'every table with a column of the domain',
};

function otherWork(done: Work, others: string): string {
  return done === 'scan' ? `reads ${others} whole.` : work(done);
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
    case 'unknown':
      return "either none, or it writes the whole table anew; this history doesn't tell which.";
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
