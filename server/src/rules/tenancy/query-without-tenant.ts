// Reports queries that read or write the rows of every tenant.
import type { Rule } from '../../linter/rule';
import { nameOf } from '../../model/names';
import type { Column, Table } from '../../model/nodes';
import type { CodePlace, Query } from '../../model/queries';
import { isScript } from '../../model/scripts';
import { tenantColumnsOf, tenantOf, tenantOptions, tenantWord } from '../../model/tenant';
import { folded, words } from '../../model/words';

interface Options {
  readonly tenantColumns: readonly string[];
  readonly wrapperWords: readonly string[];
}

export const queryWithoutTenant: Rule<Options> = {
  id: 'query-without-tenant',
  meta: {
    title: 'A query reaches the rows of every tenant.',
    severity: 'off',
    fix: 'none',
    bible: '§10',
    options: {
      ...tenantOptions,
      wrapperWords: {
        default: ['tenant', 'rls', 'scoped'],
        description: 'Words in the names of functions and clients that limit what runs in them to one tenant, such as `withTenant` and `scopedDb`.',
      },
    },
  },
  visit: {
    *query(query, { tableOf, applied, options }) {
      if (query.verb === 'create' || !query.filtersKnown || isScript(query.span.file)) return;
      const table = tableOf(query);
      const tenants = table ? tenantColumnsOf(table, options.tenantColumns) : [];
      // Where it may be empty, not every row belongs to a tenant.
      const tenant = tenants.find(({ nullable }) => !nullable);
      // What is inserted unless it is there says whose it is.
      if (query.verb === 'upsert' && (!query.writesKnown || query.filters.length === 0)) return;
      if (!table || !tenant || isSecured(table) || isFiltered(query, tenants) || isWrapped(query.place, tenants, options.wrapperWords)) return;
      const name = nameOf(table);
      const history = applied(name);
      if (history && isSecured(history)) return;
      yield {
        at: query.nameSpan,
        message: `This query ${does(query)} rows of \`${table.name}\` whichever tenant they belong to, as nothing limits it to one \`${tenant.name}\`.`,
        help: `Add \`${tenant.name}\` to the filter, or run the query with a client that is limited to one tenant.`,
      };
    },
  },
};

function does({ verb }: Query): string {
  switch (verb) {
    case 'count':
    case 'aggregate':
      return 'counts';
    case 'update':
    case 'upsert':
      return 'changes';
    case 'delete':
      return 'deletes';
    case 'find':
    case 'create':
      return 'reads';
  }
}

/** The database itself shows only rows of one tenant. */
function isSecured({ rowSecurity, policies = [] }: Table): boolean {
  return rowSecurity !== undefined && policies.length > 0;
}

/** Whether a filter names the tenant, on the table itself or on the way from another one. */
function isFiltered({ filters }: Query, tenants: readonly Column[]): boolean {
  const columns = new Set(tenants.flatMap(({ name, dbName }) => [folded(name), folded(dbName)]));
  const named = new Set(tenants.map(tenantWord));
  return filters.some(({ column, through }) => columns.has(folded(column)) || [...through, column].some((step) => named.has(tenantOf(words(step).at(-1) ?? ''))));
}

/** Words with which a function's name says that it runs something for somebody. */
const FOR = new Set(['with', 'for', 'in', 'as', 'using', 'run', 'within']);

function isWrapped(place: CodePlace, tenants: readonly Column[], wrapperWords: readonly string[]): boolean {
  const { transaction, inTransaction, client, madeBy, functions, handedTo } = place;
  // Whoever has opened the transaction may have said for whom.
  if (inTransaction && !transaction) return true;
  if (transaction?.sql.some(({ text }) => /\bset_config\b|\bset\s+local\b/i.test(text))) return true;
  const wrappers = new Set(wrapperWords.flatMap((word) => words(word)));
  const tenantWords = new Set(tenants.map(tenantWord));
  const says = (name: string): boolean => words(name).some((word) => wrappers.has(word));
  const isFor = (name: string): boolean => {
    const [first = '', ...rest] = words(name);
    return FOR.has(first) && rest.some((word) => wrappers.has(word) || tenantWords.has(tenantOf(word)));
  };
  return [client, ...madeBy, ...handedTo].some(says) || [...madeBy, ...handedTo, ...functions].some(isFor);
}
