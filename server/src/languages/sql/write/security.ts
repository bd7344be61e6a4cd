// Writes row level security and policies: behind what they need where nobody has run that yet, else as a next migration.
import type { Edit } from '../../../text/edit';
import type { Change, Statement } from '../../../model/changes';
import type { IntentOf } from '../../../model/intents';
import type { Table } from '../../../model/nodes';
import { sameTable } from '../../../model/names';
import { securityStatements, securityStep } from '../../../model/security-sql';
import type { WriteContext } from '../../language';
import { fileOf, identifier, inCaseOf, insertAfter, pieceAt, sourceOf } from './text';

export function enableRowSecurity({ table, enable, force, policy }: IntentOf<'enableRowSecurity'>, context: WriteContext): readonly Edit[] | undefined {
  const last = lastNeeded(table, policy?.column.dbName, context);
  const parsed = last && fileOf(context, last.span);
  if (!last || !parsed) return undefined;
  const goal = { enable, force, ...(policy && { policy }) };
  const statements = securityStatements(table, goal, {
    keywords: (words) => inCaseOf(last.text, words),
    identifier: (name) => identifier(name, last.text),
  });
  if (!statements || statements.length === 0) return undefined;
  // Inside a block its own conditions would hold for what is added behind it, which they don't.
  if (context.migration?.(parsed.path)?.committed || last.node === 'DoStmt') {
    return context.nextMigrations(parsed.path, [{ name: securityStep(table), statements }]);
  }
  return [insertAfter(context, parsed, last.span.end, statements, 'AlterTable')];
}

const NO_FORCE = /\bNO\s+FORCE\s+ROW\s+LEVEL\s+SECURITY\b/i;

/**
 * The last statement that gives the table its present name, its tenant column or a policy, or that writes to it:
 * rows that migrations write are written before a policy may refuse them.
 */
function lastNeeded({ dbName, dbSchema }: Table, column: string | undefined, { schema }: WriteContext): Statement | undefined {
  const own = { name: dbName, schema: dbSchema };
  const needed = (change: Change): boolean => {
    if (!change.table) return false;
    if (change.verb === 'renameTable') return change.newName === dbName;
    if (!sameTable(change.table, own)) return false;
    switch (change.verb) {
      case 'addTable':
      case 'write':
      case 'addPolicy':
      case 'enableRowSecurity':
      case 'disableRowSecurity':
        return true;
      case 'other':
        return NO_FORCE.test(change.statement.text);
      case 'addColumn':
        return change.column.dbName === column;
      case 'renameColumn':
        return change.newName === column;
      case 'setType':
        return change.columnName === column;
      default:
        return false;
    }
  };
  for (const { statements } of [...schema.migrations].reverse()) {
    const last = statements.findLast((statement) => statement.changes.some(needed));
    if (last) return last;
  }
  return undefined;
}

/** `WITH CHECK (…)` behind `USING (…)`. */
export function copyUsing({ policy: { using } }: IntentOf<'copyUsing'>, context: WriteContext): readonly Edit[] | undefined {
  const parsed = using && fileOf(context, using.span);
  const piece = parsed && pieceAt(parsed, using.span);
  if (!parsed || !piece) return undefined;
  const source = sourceOf(piece);
  const close = source.after(using.span.end - piece.span.start);
  if (!source.is(close, ')')) return undefined;
  const { end } = source.span({ from: close, to: close + 1 });
  return [{ file: parsed.path, start: end, end, newText: ` ${inCaseOf(piece.text, 'WITH CHECK')} (${using.raw})` }];
}
