// Steps that several fixes of columns share: rows filled in batches, NOT NULL that reads nothing under a heavy lock, and
// a trigger that keeps a second column in step.
import { batchedWrite, type BatchedWrite } from './batched';
import type { Statement } from './changes';
import type { MigrationStep } from './intents';
import { wayOut } from './runners';

/** A step that writes all rows, outside of the runner's transaction where each batch is to be one. */
export function fillStep(name: string, write: BatchedWrite): MigrationStep {
  return { name, statements: [batchedWrite(write)], ...(write.commits && { outsideTransaction: true as const }) };
}

/** Whether steps behind the statement become files of their own, that a runner can take out of its transaction. */
export function fillsOutside({ inTransaction, migration }: Statement): boolean {
  const { transaction } = migration;
  return ((transaction === 'file' && inTransaction) || transaction === 'file-if-many') && wayOut(migration) === 'whole';
}

export interface Requirement {
  /** `ALTER TABLE posts`. */
  readonly alter: string;
  /** As the author would write them. */
  readonly column: string;
  readonly check: string;
  /** What the steps' files are about. */
  readonly name: string;
}

/** NOT NULL by a CHECK that reads nothing, and its proof under a lock that lets reads and writes go on. */
export function requireSteps({ alter, column, check, name }: Requirement): MigrationStep[] {
  return [
    { name: `check_${name}`, statements: [presence({ alter, column, check })] },
    {
      name: `require_${name}`,
      statements: [`${alter} VALIDATE CONSTRAINT ${check};`, `${alter} ALTER COLUMN ${column} SET NOT NULL;`, `${alter} DROP CONSTRAINT ${check};`],
    },
  ];
}

/** The CHECK alone. */
export function presence({ alter, column, check }: Omit<Requirement, 'name'>): string {
  return `${alter} ADD CONSTRAINT ${check} CHECK (${column} IS NOT NULL) NOT VALID;`;
}

export interface Sync {
  /** As the author would write it. */
  readonly table: string;
  /** The function, with the table's schema, and the trigger. */
  readonly sync: string;
  readonly trigger: string;
  /** The function's statements, one a line. */
  readonly body: readonly string[];
  /** What its sessions are to have set, such as ` SET TimeZone FROM CURRENT`. */
  readonly settings?: string;
}

/** What both are called. Triggers fire in the order of their names, and this one has to see what the others write. */
export function syncName(table: string, column: string): string {
  return `zz_${`${table}_${column}`.slice(0, 50)}_sync`;
}

/** The function and the trigger that runs it for each row that is written. */
export function syncTrigger({ table, sync, trigger, body, settings = '' }: Sync): string[] {
  const lines = body.map((line) => `  ${line}\n`).join('');
  return [
    `CREATE FUNCTION ${sync}() RETURNS trigger LANGUAGE plpgsql${settings} AS $$\nBEGIN\n${lines}  RETURN NEW;\nEND\n$$;`,
    `CREATE TRIGGER ${trigger} BEFORE INSERT OR UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION ${sync}();`,
  ];
}

/** Takes both away. */
export function dropSync({ table, sync, trigger }: Omit<Sync, 'body'>): string[] {
  return [`DROP TRIGGER ${trigger} ON ${table};`, `DROP FUNCTION ${sync}();`];
}
