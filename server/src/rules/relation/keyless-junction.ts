// Reports junction tables in which nothing keeps two rows from joining the same pair.
import type { Context, Fix, Rule } from '../../linter/rule';
import { authorName } from '../../model/column-roles';
import { mayBeApplied } from '../../model/history';
import { isJunction, joinedPair, keepsPairApart } from '../../model/junction';
import { sameTable } from '../../model/names';
import type { ForeignKey, Index, Table } from '../../model/nodes';
import { isTenantColumn } from '../../model/tenant';

export const keylessJunction: Rule = {
  id: 'keyless-junction',
  meta: {
    title: 'A junction table has neither a primary key nor a unique constraint.',
    severity: 'warning',
    fix: 'safe',
    absence: true,
    dialects: ['postgresql', 'cockroachdb', 'mysql', 'sqlite', 'sqlserver'],
    bible: '§6',
  },
  visit: {
    *table(table, context) {
      if (table.primaryKey || table.partitionOf || !isJunction(table) || keepsPairApart(table)) return;
      const joined = joinedRows(table, context);
      yield {
        at: table.nameSpan,
        message: `Nothing keeps \`${table.name}\` from joining the same ${joined ? subjects(joined, context) : 'rows'} twice, which doubles them in every join.`,
        // A model without any unique field is an error of Prisma's own.
        ...(table.indexes.every((index) => !index.unique) && { saidByPrisma: true as const }),
        ...(joined ? remedy(table, joined, mayBeApplied(table.span, context.schema, context.facts)) : { help: 'Make what it joins the primary key.' }),
      };
    },
  },
};

/** Two references, or with the tenant a third where neither of the two rows is the tenant's own: users do as much in each. */
function joinedRows(table: Table, { table: find }: Context): readonly ForeignKey[] | undefined {
  const pair = joinedPair(table);
  if (!pair) return undefined;
  const tenants = table.foreignKeys.filter((key) => !pair.includes(key) && key.columns.every((column) => isTenantColumn(table, column)));
  const owned = (tenant: ForeignKey): boolean => pair.some(({ target }) => find(target)?.foreignKeys.some((key) => sameTable(key.target, tenant.target)));
  return [...pair, ...tenants.filter((tenant) => !owned(tenant))];
}

function subjects(joined: readonly ForeignKey[], { table: find }: Context): string {
  const [one, other, ...more] = joined.map(({ target }) => `\`${find(target)?.name ?? target.name}\``);
  if (more.length > 0) return `rows of ${[one, other, ...more.slice(0, -1)].join(', ')} and ${more.at(-1)}`;
  return one === other ? `two rows of ${one}` : `rows of ${one} and ${other}`;
}

function remedy(table: Table, joined: readonly ForeignKey[], filled: boolean): { help: string; fixes: Fix[] } {
  const columns = keyOrder(table, joined);
  const names = columns.map((dbName) => `\`${authorName(table, dbName)}\``);
  const listed = `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return {
    help: filled ? `Remove doubled rows, then make ${listed} the primary key.` : `Make ${listed} the primary key.`,
    fixes: [
      {
        title: `Make ${listed} the primary key`,
        // It fails on rows that are doubled already.
        kind: filled ? 'review' : 'safe',
        preferred: true,
        intent: () => ({ do: 'all', intents: [{ do: 'addPrimaryKey', table, columns }, ...needless(table, columns).map((index) => ({ do: 'removeIndex' as const, index }))] }),
      },
    ],
  };
}

/** An order that makes no index needless, where there is one; else the last index stays. */
function keyOrder(table: Table, joined: readonly ForeignKey[]): readonly string[] {
  const [first, second] = [joined, joined.toReversed()].map((keys) => [...new Set(keys.flatMap(({ columns }) => columns))]);
  const orders = [first ?? [], second ?? []];
  const last = table.indexes.at(-1);
  const found = orders.find((order) => needless(table, order).length === 0) ?? orders.find((order) => !needless(table, order).some((index) => index === last));
  return found ?? first ?? [];
}

/** Plain indexes that the key serves as well. */
function needless(table: Table, columns: readonly string[]): Index[] {
  return table.indexes.filter(
    ({ unique, where, method, parts }) =>
      !unique && !where && method === 'btree' && parts.length > 0 && parts.every((part, at) => part.column === columns[at] && part.sort === 'asc' && part.ops === undefined),
  );
}
