// Reports tenant tables whose indexes don't begin with the tenant.
import type { Finding, Rule } from '../../linter/rule';
import { columnOf, isCreatedAt, isEventTime, isForeignKeyMember, isUpdatedAt } from '../../model/column-roles';
import { indexesOf } from '../../model/covering';
import type { Intent } from '../../model/intents';
import type { Column, Index, Table } from '../../model/nodes';
import { isOfPerson, tenantColumnsOf, tenantOptions } from '../../model/tenant';
import { words } from '../../model/words';

interface Options {
  readonly tenantColumns: readonly string[];
}

export const indexWithoutTenant: Rule<Options> = {
  id: 'index-without-tenant',
  meta: {
    title: "No index of a tenant's table begins with the tenant.",
    severity: 'info',
    fix: 'safe',
    absence: true,
    dialects: ['postgresql', 'cockroachdb', 'mysql', 'sqlite', 'sqlserver'],
    bible: '§10 L X6',
    options: tenantOptions,
  },
  visit: {
    *table(table, { options, table: find }) {
      const columns = tenantColumnsOf(table, options.tenantColumns).filter((each) => !isOfPerson(each, find));
      const [column] = columns;
      if (!column || table.partitionOf || columns.some((each) => each.nullable)) return;
      const names = new Set(columns.map((each) => each.dbName));
      const leads = [...indexesOf(table)].some((index) => names.has(index.parts[0]?.column ?? ''));
      // Its foreign key is a finding of its own where nothing serves it.
      if (!leads && !columns.some(isForeignKeyMember)) yield missing(table, column);
      const list = table.indexes.find((index) => isList(index, names));
      if (leads && list) yield elsewhere(table, column, list);
    },
  },
};

function missing(table: Table, column: Column): Finding {
  return {
    at: column.nameSpan,
    message: `Every query for one tenant's rows reads all of \`${table.name}\`, because no index begins with \`${column.name}\`.`,
    help: `Add an index that begins with \`${column.name}\`.`,
    ...(hasOwnerIndex(table) && { quiet: true as const }),
    fixes: [
      {
        title: `Add an index on \`${column.name}\``,
        kind: 'safe',
        preferred: true,
        intent: () => ({ do: 'addIndex', table, columns: [column.dbName] }),
      },
    ],
  };
}

/** Whether an index begins with some other id, which queries may go by: a project's or a customer's within the tenant. */
function hasOwnerIndex(table: Table): boolean {
  return table.indexes.some(({ parts: [first] }) => {
    const name = words(first?.column ?? '');
    return name.length > 1 && name.at(-1) === 'id';
  });
}

/** Whether the index serves lists in order of time, over all tenants, and no other serves them for one. */
function isList(index: Index, tenants: ReadonlySet<string>): boolean {
  const { table, parts, unique, where, method } = index;
  const [first] = parts;
  const column = first?.column === undefined ? undefined : columnOf(table, first.column);
  if (!column || unique || where || method !== 'btree' || parts.some((part) => part.column === undefined || tenants.has(part.column))) return false;
  if (!isCreatedAt(column) && !isUpdatedAt(column) && !isEventTime(column)) return false;
  const served = table.indexes.some((other) => tenants.has(other.parts[0]?.column ?? '') && other.parts.some((part) => part.column === column.dbName));
  return !served;
}

function elsewhere(table: Table, column: Column, index: Index): Finding {
  const columns = index.parts.flatMap((part) => part.column ?? []);
  const first = columnOf(table, columns[0] ?? '')?.name ?? '';
  return {
    at: index.nameSpan,
    message: `A list of one tenant's rows of \`${table.name}\` in order of \`${first}\` is sorted anew each time, or picked out of the rows of all tenants, because no index holds it in that order.`,
    help: `Put \`${column.name}\` in front, unless lists run over all tenants.`,
    quiet: true,
    fixes: [
      {
        title: `Put \`${column.name}\` in front`,
        kind: 'review',
        intent: () => ({ do: 'all', intents: [{ do: 'setParts', index, columns: [column.dbName, ...columns] }, ...needless(table, column)] }),
      },
    ],
  };
}

/** An index on the tenant alone, which the longer one makes needless. */
function needless({ indexes }: Table, { dbName }: Column): Intent[] {
  return indexes
    .filter(({ unique, where, method, parts }) => !unique && !where && method === 'btree' && parts.length === 1 && parts[0]?.column === dbName)
    .map((index) => ({ do: 'removeIndex', index }));
}
