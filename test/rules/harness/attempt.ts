// What PostgreSQL has against statements that are tried and taken back.
import type { PGlite } from '@electric-sql/pglite';

/** The code of the error that stops the statements, run one by one in a transaction that never ends well; undefined where none does. */
export async function attempt(postgres: PGlite, ...statements: readonly string[]): Promise<string | undefined> {
  await postgres.exec('BEGIN');
  try {
    for (const statement of statements) await postgres.exec(statement);
    return undefined;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'none';
  } finally {
    await postgres.exec('ROLLBACK');
  }
}
