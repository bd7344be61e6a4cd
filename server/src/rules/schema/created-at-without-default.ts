// Reports creation times that nothing fills.
import type { Rule } from '../../linter/rule';
import { isAppendOnly, isStream, isToolTable } from '../../model/append-only';
import { isGeneratedAuthTable } from '../../model/auth-tables';
import { isCreatedAt } from '../../model/column-roles';
import { isCopy } from '../../model/copies';
import { mayBeApplied } from '../../model/history';
import type { Column, Table } from '../../model/nodes';
import { folded } from '../../model/words';

export const createdAtWithoutDefault: Rule = {
  id: 'created-at-without-default',
  meta: {
    title: 'A creation time has no default.',
    severity: 'warning',
    fix: 'safe',
    absence: true,
    bible: 'M8',
  },
  visit: {
    *column(column, { schema, facts }) {
      const { table } = column;
      if (!isUnfilled(column) || table.partitionOf || isWrittenElsewhere(table)) return;
      // SQLite can't alter a column, so its tools build the table anew and move the rows over.
      const rebuilt = table.dialect === 'sqlite' && mayBeApplied(column.span, schema, facts);
      yield {
        at: column.nameSpan,
        message: column.nullable
          ? `A row of \`${table.name}\` whose writer leaves out \`${column.name}\` never tells when it was created.`
          : `Every writer of \`${table.name}\` has to bring its own \`${column.name}\`, from whatever clock it has.`,
        help: 'Give it the time of the insert as its default.',
        fixes: [
          {
            // MongoDB fills nothing, so there the client does.
            title: table.dialect === 'mongodb' ? `Fill \`${column.name}\` by default` : `Let the database fill \`${column.name}\``,
            kind: rebuilt ? 'review' : 'safe',
            preferred: true,
            intent: () => ({ do: 'setNowDefault', column }),
          },
        ],
      };
    },
  },
};

const NAME = /^(?:created|inserted)(?:at|on|date|time|datetime|ts|timestamp|atutc)?$|^(?:date|time)created$/;

function isUnfilled(column: Column): boolean {
  const { type, generated, updatedAutomatically, table } = column;
  if (type.family !== 'timestamp' || type.array > 0 || column.default || generated || updatedAutomatically) return false;
  if (![column.name, column.dbName].some((name) => NAME.test(folded(name)))) return false;
  // Where another time tells of the insert, this one is what somebody else says of the row.
  return !table.columns.some((other) => other !== column && other.default?.kind === 'now' && isCreatedAt(other));
}

/** Whether rows come with times of their own: what happened is told later, copies keep what their originals say. */
function isWrittenElsewhere(table: Table): boolean {
  return isAppendOnly(table) || isStream(table) || isToolTable(table) || isGeneratedAuthTable(table) || isCopy(table);
}
