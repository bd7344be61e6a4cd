// Prisma has no words for row level security, so it becomes the next migration.
import type { Edit } from '../../../text/edit';
import type { IntentOf } from '../../../model/intents';
import { securityStatements, securityStep } from '../../../model/security-sql';
import { quoted } from '../../../model/sql-text';
import type { WriteContext } from '../../language';

export function enableRowSecurity({ table, enable, force, policy }: IntentOf<'enableRowSecurity'>, context: WriteContext): readonly Edit[] | undefined {
  // The table of a model that no migration knows doesn't exist when the next one runs.
  if (!force) return undefined;
  const statements = securityStatements(
    table,
    { enable, force, ...(policy && { policy }) },
    { keywords: (words) => words, identifier: (name) => quoted(name, true) },
  );
  return statements && context.nextMigrations(undefined, [{ name: securityStep(table), statements }]);
}
