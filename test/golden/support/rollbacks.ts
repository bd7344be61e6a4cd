// Runs migrations and the down halves that we write for them in PostgreSQL, and compares the schema with the one before.
import { PGlite } from '@electric-sql/pglite';
import { btree_gin } from '@electric-sql/pglite/contrib/btree_gin';
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist';
import { citext } from '@electric-sql/pglite/contrib/citext';
import { cube } from '@electric-sql/pglite/contrib/cube';
import { earthdistance } from '@electric-sql/pglite/contrib/earthdistance';
import { fuzzystrmatch } from '@electric-sql/pglite/contrib/fuzzystrmatch';
import { hstore } from '@electric-sql/pglite/contrib/hstore';
import { intarray } from '@electric-sql/pglite/contrib/intarray';
import { isn } from '@electric-sql/pglite/contrib/isn';
import { ltree } from '@electric-sql/pglite/contrib/ltree';
import { moddatetime } from '@electric-sql/pglite/contrib/moddatetime';
import { pg_stat_statements } from '@electric-sql/pglite/contrib/pg_stat_statements';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { pgcrypto } from '@electric-sql/pglite/contrib/pgcrypto';
import { seg } from '@electric-sql/pglite/contrib/seg';
import { tablefunc } from '@electric-sql/pglite/contrib/tablefunc';
import { tcn } from '@electric-sql/pglite/contrib/tcn';
import { unaccent } from '@electric-sql/pglite/contrib/unaccent';
import { uuid_ossp } from '@electric-sql/pglite/contrib/uuid_ossp';
import type { WriteContext } from '../../../server/src/languages/language';
import { split } from '../../../server/src/languages/sql/scan/split';
import { downHalf } from '../../../server/src/languages/sql/write/rollback';
import type { Migration } from '../../../server/src/model/changes';
import { difference, schemaLines } from './snapshot';

/**
 * - `restored`: the schema is the one before;
 * - `told`: it isn't, and the half says in a comment what is to be undone by hand;
 * - `different`: it isn't, and nobody says so;
 * - `fails`: a statement of the half fails;
 * - `not written`: there is nothing that could be written;
 * - `not run`: the migration itself fails here.
 */
export interface Proof {
  readonly migration: string;
  readonly status: 'restored' | 'told' | 'different' | 'fails' | 'not written' | 'not run';
  readonly lines: readonly string[];
  readonly half?: string;
}

const EXTENSIONS = { btree_gin, btree_gist, citext, cube, earthdistance, fuzzystrmatch, hstore, intarray, isn, ltree, moddatetime, pg_stat_statements, pg_trgm, pgcrypto, seg, tablefunc, tcn, unaccent, uuid_ossp };

/** A database with the extensions that migrations like to ask for. */
export function createDatabase(): Promise<PGlite> {
  return PGlite.create({ extensions: EXTENSIONS });
}

type History = Pick<WriteContext, 'schema' | 'parsed' | 'migration'>;

/** The history in the order of its runner, each migration with its half. */
export async function prove(context: History): Promise<Proof[]> {
  const database = await createDatabase();
  const proofs: Proof[] = [];
  try {
    for (const migration of context.schema.migrations) {
      proofs.push(await proofOf(migration, context, database));
      for (const { text } of migration.statements) await run(database, text);
      await database.exec('ROLLBACK; RESET ALL;');
    }
  } finally {
    await database.close();
  }
  return proofs;
}

/** Of one migration, in a database that has all those before it and is left so. */
export async function proofOf(migration: Migration, context: History, database: PGlite): Promise<Proof> {
  const half = downHalf(migration, context);
  const own = { migration: migration.file, ...(half !== undefined && { half }) };
  if (half === undefined) return { ...own, status: 'not written', lines: [] };
  const before = await schemaLines(database);
  await database.exec('BEGIN');
  try {
    for (const { text, node } of migration.statements) {
      const failure = node === 'TransactionStmt' ? undefined : await run(database, inTransaction(text));
      if (failure !== undefined) return { ...own, status: 'not run', lines: [failure, text] };
    }
    for (const text of statementsOf(half)) {
      const failure = await run(database, inTransaction(text));
      // Rows that the migration wrote may stand in the way, as the comment above the statement says.
      if (failure !== undefined) return { ...own, status: /contains null values/.test(failure) && /^-- Fails as long as/m.test(half) ? 'told' : 'fails', lines: [failure, text] };
    }
    const lines = difference(before, await schemaLines(database));
    return { ...own, lines, status: lines.length === 0 ? 'restored' : /^-- .*\bby hand\b/im.test(half) ? 'told' : 'different' };
  } finally {
    await database.exec('ROLLBACK; RESET ALL;');
  }
}

/** As PostgreSQL takes it inside the transaction that each migration is tried in. */
function inTransaction(text: string): string {
  return text.replace(/^(\s*(?:CREATE\s+(?:UNIQUE\s+)?|DROP\s+|RE)INDEX[^']*?)\bCONCURRENTLY\b/i, '$1');
}

function statementsOf(script: string): string[] {
  return split(script).statements.map(({ start, end }) => script.slice(start, end));
}

/** The message of a statement's failure. */
async function run(database: PGlite, statement: string): Promise<string | undefined> {
  try {
    await database.exec(statement);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
