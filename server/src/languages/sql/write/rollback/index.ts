// Writes the down half of a migration: the inverse of each of its statements, from the last to the first.
import type { Migration } from '../../../../model/changes';
import type { IntentOf } from '../../../../model/intents';
import type { Edit } from '../../../../text/edit';
import type { WriteContext } from '../../../language';
import { fileOf } from '../text';
import { doesSomething, inverseOf, type HistoryFile } from './history';
import { isComment } from './undoing';

/** Undefined where nothing of it could be written, or its runner has no place for it. */
export function writeRollback({ migration }: IntentOf<'writeRollback'>, context: WriteContext): readonly Edit[] | undefined {
  const half = context.rollbackFile && downHalf(migration, context);
  return half === undefined ? undefined : context.rollbackFile?.(migration.file, half);
}

/** The SQL that takes the migration back; undefined where no statement of it could be written. */
export function downHalf(migration: Migration, context: Pick<WriteContext, 'schema' | 'parsed' | 'migration'>): string | undefined {
  const { schema } = context;
  const until = schema.migrations.findIndex(({ file }) => file === migration.file);
  const files = schema.migrations.slice(0, until + 1).flatMap(({ file }): HistoryFile[] => {
    const parsed = fileOf(context, { file });
    return parsed ? [{ parsed, info: context.migration?.(file) }] : [];
  });
  const last = files.at(-1);
  if (last?.parsed.path !== migration.file) return undefined;
  const { text } = last.parsed;
  const lines = inverseOf(files, {
    spelling: { quoteAll: /\bTABLE\s+(?:IF\s+(?:NOT\s+)?EXISTS\s+)?(?:ONLY\s+)?"/i.test(text) || /\bON\s+"/i.test(text) },
    complete: schema.completeHistory ?? false,
    concurrently: alone(migration) || SPLITTING.has(migration.runner),
  });
  return doesSomething(lines) ? laidOut(lines) : undefined;
}

/** Runners that send a down half statement by statement where it runs outside of a transaction. */
const SPLITTING = new Set(['goose', 'flyway', 'liquibase']);

/** Whether the half is going to be one statement outside of any transaction. */
function alone({ statements }: Migration): boolean {
  return statements.length === 1 && statements.every(({ inTransaction }) => !inTransaction);
}

/** A comment stands above the statement that it is about. */
function laidOut(lines: readonly string[]): string {
  return lines.map((line, at) => (at > 0 && isComment(line) && !isComment(lines[at - 1] ?? '') ? `\n${line}` : line)).join('\n');
}
