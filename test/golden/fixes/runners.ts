// How a history of two migrations lies in the folders of each runner, and at which places the runner cuts a file.
import { drizzleCuts, gooseCuts, liquibaseCuts } from './cuts';

export interface RunnerCase {
  readonly title: string;
  /** The migration under proof. */
  readonly path: string;
  /** The files of a workspace whose history is followed by a migration of these statements. */
  files(history: readonly string[], migration: readonly string[], newline: string): Record<string, string>;
  /** The pieces that the runner itself cuts a stretch of a file into; absent where it reads SQL as PostgreSQL does. */
  readonly cut?: (text: string) => readonly string[];
  /** Files may say BEGIN and COMMIT themselves. */
  readonly begins?: true;
  /** Another runner stands for its kind. */
  readonly variant?: true;
}

type Write = (statements: readonly string[]) => string;

const lines: Write = (statements) => statements.map((each) => `${each};\n`).join('\n');
const breakpoints: Write = (statements) => `${statements.map((each) => `${each};`).join('--> statement-breakpoint\n')}\n`;
const within = (head: string, foot: string): Write => (statements) => `${head}${lines(statements)}${foot}`;

interface Layout {
  readonly title: string;
  readonly init: string;
  readonly path: string;
  readonly write?: Write;
  readonly beside?: Readonly<Record<string, string>>;
  readonly cut?: RunnerCase['cut'];
  readonly begins?: true;
}

function runner({ title, init, path, write = lines, beside = {}, cut, begins }: Layout): RunnerCase {
  return {
    title,
    path,
    files: (history, migration, newline) => ({ ...beside, [init]: write(history), [path]: write(migration).replaceAll('\n', newline) }),
    ...(cut && { cut }),
    ...(begins && { begins }),
  };
}

const prisma = (version: string): Readonly<Record<string, string>> => ({
  'package.json': `{"devDependencies": {"prisma": "${version}"}}`,
  'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
});

const entry = (idx: number, tag: string): string => `{"idx": ${idx}, "version": "7", "when": ${1700000000000 + idx}, "tag": "${tag}", "breakpoints": true}`;

const layouts: readonly Layout[] = [
  ...[['Prisma 7.3', '7.3.0'], ['Prisma 7.4', '7.4.0']].map(([title = '', version = '']) => ({
    title,
    init: 'prisma/migrations/20240101000000_init/migration.sql',
    path: 'prisma/migrations/20240201000000_change/migration.sql',
    beside: prisma(version),
    begins: true as const,
  })),
  {
    title: 'Drizzle',
    init: 'drizzle/0000_init.sql',
    path: 'drizzle/0001_change.sql',
    write: breakpoints,
    beside: { 'drizzle/meta/_journal.json': `{"version": "7", "dialect": "postgresql", "entries": [${entry(0, '0000_init')}, ${entry(1, '0001_change')}]}` },
    cut: drizzleCuts,
  },
  {
    title: 'dbmate',
    init: 'db/migrations/20240101000000_init.sql',
    path: 'db/migrations/20240201000000_change.sql',
    write: within('-- migrate:up\n', '\n-- migrate:down\n'),
  },
  { title: 'goose', init: 'migrations/00001_init.sql', path: 'migrations/00002_change.sql', write: within('-- +goose Up\n', '\n-- +goose Down\n'), cut: gooseCuts },
  { title: 'golang-migrate', init: 'migrations/000001_init.up.sql', path: 'migrations/000002_change.up.sql', begins: true },
  { title: 'Flyway', init: 'db/migration/V1__init.sql', path: 'db/migration/V2__change.sql' },
  { title: 'sqlx', init: 'migrations/20240101000000_init.sql', path: 'migrations/20240201000000_change.sql', beside: { 'Cargo.toml': '[dependencies]\nsqlx = "0.8"\n' } },
  {
    title: 'node-pg-migrate',
    init: 'migrations/1700000000000_init.sql',
    path: 'migrations/1700000000001_change.sql',
    write: within('-- Up Migration\n', '\n-- Down Migration\n'),
    beside: { 'package.json': '{"devDependencies": {"node-pg-migrate": "8.0.0"}}' },
  },
  {
    title: 'Hasura',
    init: 'migrations/default/1700000000000_init/up.sql',
    path: 'migrations/default/1700000000001_change/up.sql',
    beside: { 'migrations/default/1700000000001_change/down.sql': 'SELECT 1;\n' },
  },
  { title: 'Atlas', init: 'migrations/20240101000000_init.sql', path: 'migrations/20240201000000_change.sql', beside: { 'migrations/atlas.sum': 'h1:x=\n' } },
  {
    title: 'diesel',
    init: 'migrations/2024-01-01-000000_init/up.sql',
    path: 'migrations/2024-02-01-000000_change/up.sql',
    beside: { 'migrations/2024-02-01-000000_change/down.sql': 'SELECT 1;\n', 'diesel.toml': '' },
  },
  { title: 'Supabase', init: 'supabase/migrations/20240101000000_init.sql', path: 'supabase/migrations/20240201000000_change.sql' },
  {
    title: 'Liquibase',
    init: 'db/changelog/001-init.sql',
    path: 'db/changelog/002-change.sql',
    write: within('--liquibase formatted sql\n\n--changeset ann:1\n', ''),
    cut: liquibaseCuts,
  },
  { title: 'psql', init: 'migrations/0001_init.sql', path: 'migrations/0002_change.sql', begins: true },
];

const snapshot = '{"dialect": "postgresql", "id": "a", "prevIds": []}';

/** The same runners where their files lie in another way, or where the migration is told to run outside of a transaction. */
const others: readonly Layout[] = [
  {
    title: 'Drizzle 1.0',
    init: 'drizzle/20240101000000_init/migration.sql',
    path: 'drizzle/20240201000000_change/migration.sql',
    write: breakpoints,
    beside: { 'drizzle/20240101000000_init/snapshot.json': snapshot, 'drizzle/20240201000000_change/snapshot.json': snapshot },
    cut: drizzleCuts,
  },
  {
    title: 'Liquibase with a list',
    init: 'db/changelog/001-init.sql',
    path: 'db/changelog/002-change.sql',
    write: within('--liquibase formatted sql\n\n--changeset ann:1\n', ''),
    beside: { 'db/changelog/changelog.xml': '<include file="001-init.sql"/><include file="002-change.sql"/>' },
    cut: liquibaseCuts,
  },
  { title: 'sqlx in pairs', init: 'migrations/20240101000000_init.up.sql', path: 'migrations/20240201000000_change.up.sql', beside: { 'Cargo.toml': 'sqlx = "0.8"\n', 'migrations/20240201000000_change.down.sql': 'SELECT 1;\n' } },
  {
    title: 'dbmate outside',
    init: 'db/migrations/20240101000000_init.sql',
    path: 'db/migrations/20240201000000_change.sql',
    write: within('-- migrate:up transaction:false\n', '\n-- migrate:down\n'),
  },
  {
    title: 'goose outside',
    init: 'migrations/00001_init.sql',
    path: 'migrations/00002_change.sql',
    write: within('-- +goose NO TRANSACTION\n-- +goose Up\n', '\n-- +goose Down\n'),
    cut: gooseCuts,
  },
  { title: 'Flyway outside', init: 'db/migration/V1__init.sql', path: 'db/migration/V2__change.sql', beside: { 'db/migration/V2__change.sql.conf': 'executeInTransaction=false\n' } },
  {
    title: 'sqlx outside',
    init: 'migrations/20240101000000_init.sql',
    path: 'migrations/20240201000000_change.sql',
    write: within('-- no-transaction\n', ''),
    beside: { 'Cargo.toml': 'sqlx = "0.8"\n' },
  },
  { title: 'Atlas outside', init: 'migrations/20240101000000_init.sql', path: 'migrations/20240201000000_change.sql', write: within('-- atlas:txmode none\n\n', ''), beside: { 'migrations/atlas.sum': 'h1:x=\n' } },
  {
    title: 'diesel outside',
    init: 'migrations/2024-01-01-000000_init/up.sql',
    path: 'migrations/2024-02-01-000000_change/up.sql',
    beside: { 'migrations/2024-02-01-000000_change/metadata.toml': 'run_in_transaction = false\n', 'diesel.toml': '' },
  },
  {
    title: 'Liquibase outside',
    init: 'db/changelog/001-init.sql',
    path: 'db/changelog/002-change.sql',
    write: within('--liquibase formatted sql\n\n--changeset ann:1 runInTransaction:false\n', ''),
    cut: liquibaseCuts,
  },
];

export const runners: readonly RunnerCase[] = [...layouts.map(runner), ...others.map((each) => ({ ...runner(each), variant: true as const }))];
