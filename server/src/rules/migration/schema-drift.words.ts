// What the parts of the rule share: how to look tables up in what the migrations make, and what to do about a difference.
import { finderOf } from '../../model/names';
import type { Schema, Table, TableName } from '../../model/nodes';

const finders = new WeakMap<Schema, (name: TableName) => Table | undefined>();

/** Looks tables up in what the migrations make. */
export function finder(history: Schema): (name: TableName) => Table | undefined {
  let find = finders.get(history);
  if (!find) finders.set(history, (find = finderOf(history.tables)));
  return find;
}

/** The command by which the ORM writes its next migration. */
export function tool({ migrations }: Schema): string | undefined {
  const runner = migrations.at(-1)?.runner;
  if (runner === 'prisma') return 'prisma migrate dev';
  return runner === 'drizzle' ? 'drizzle-kit generate' : undefined;
}

/** What to do about something that only the schema has. */
export function missingHelp(history: Schema): string {
  const command = tool(history);
  return command ? `Run \`${command}\` for the missing migration.` : 'Write the missing migration.';
}

/** What to do about something that both have, each in its own way, or only the database. */
export function otherHelp(history: Schema): string {
  const command = tool(history);
  return `Declare what is in the database, or ${command ? `run \`${command}\` for the migration that changes it` : 'write the migration that changes it'}.`;
}
