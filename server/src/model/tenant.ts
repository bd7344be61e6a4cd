// Which column says to which tenant (customer, organization, workspace) a row belongs.
import { columnOf, isForeignKeyMember, isKeyMember } from './column-roles';
import type { Column, Table, TableName } from './nodes';
import { folded, stems, words } from './words';

/** Usual names of tenant columns, the widest tenant first; each also stands for its camelCase form. */
export const TENANT_COLUMNS: readonly string[] = ['tenant_id', 'organization_id', 'organisation_id', 'org_id', 'workspace_id', 'team_id', 'account_id'];

/** The option that rules about tenants share. */
export const tenantOptions = {
  tenantColumns: {
    default: TENANT_COLUMNS,
    description: 'Names of the columns that say to which tenant a row belongs, the widest tenant first. camelCase forms are found too.',
  },
} as const;

/** The column that says to which tenant a row belongs: the widest one where there are several. */
export function tenantColumn(table: Table, names: readonly string[] = TENANT_COLUMNS): Column | undefined {
  return tenantColumnsOf(table, names)[0];
}

/** All tenant columns of a table, in the order of `names`; none of a tenant's own table and of who belongs to a tenant. */
export function tenantColumnsOf(table: Table, names: readonly string[] = TENANT_COLUMNS): Column[] {
  const wanted = names.map(folded);
  const found = wanted.flatMap((name) => table.columns.filter((column) => name === folded(column.dbName) || name === folded(column.name)));
  return [...new Set(found)].filter((column) => isTenantKey(column) && !isMembership(table, column));
}

function isTenantKey(column: Column): boolean {
  const { table, type } = column;
  if (type.array > 0 || !(type.family === 'integer' || type.family === 'text' || type.family === 'uuid' || type.family === 'bytes')) return false;
  const tenant = tenantWord(column);
  // `organizations.org_id` is the tenant's own id, and so is a primary key that refers to nothing.
  if (tenantOf(stems(table.dbName).at(-1) ?? '') === tenant && stems(table.dbName).length === 1) return false;
  if (isKeyMember(column) && table.primaryKey?.parts.length === 1 && !isForeignKeyMember(column)) return false;
  return tenant !== 'account' || isCustomerAccount(table);
}

/** What the tenant is called: `organization` for `org_id`. */
export function tenantWord(column: Column): string {
  const name = words(column.dbName).filter((word) => word !== 'id' && word !== 'uuid');
  return tenantOf(name.at(-1) ?? '');
}

/** One word for one thing. */
export function tenantOf(word: string): string {
  return word === 'org' || word === 'organisation' ? 'organization' : word;
}

/**
 * "Account" also means a user's login at a provider (`provider_id` beside it, as in better-auth), a person's bank or
 * mail account: then a user stands beside it.
 */
function isCustomerAccount(table: Table): boolean {
  return !table.columns.some((column) => words(column.dbName).some((word) => word === 'provider' || word === 'user' || word === 'issuer'));
}

const PERSONAL = new Set(['password', 'passwordhash', 'passworddigest', 'hashedpassword', 'birthday', 'firstname', 'lastname']);

/** Whether the column refers to one who signs in: an account of a person, not of a customer with people of its own. */
export function isOfPerson(column: Column, find: (name: TableName) => Table | undefined): boolean {
  if (tenantWord(column) !== 'account') return false;
  const key = column.table.foreignKeys.find(({ columns }) => columns.length === 1 && columns[0] === column.dbName);
  return (key && find(key.target)?.columns.some(isPersonal)) ?? false;
}

/** A company has an address as well, but only people sign in by theirs. */
function isPersonal({ dbName, unique, table }: Column): boolean {
  const name = folded(dbName);
  if (name !== 'email' && name !== 'emailaddress') return PERSONAL.has(name);
  return unique || table.indexes.some((index) => index.unique && index.parts.length === 1 && index.parts[0]?.column === dbName);
}

const MEMBERS = new Set(['member', 'membership', 'user', 'people', 'person', 'participant']);
const BETWEEN = new Set(['to', 'on', 'in', 'of', 'and', 'the', 'has', 'x']);

/**
 * Whether the table says who belongs to the tenant (`team_members`, `users_to_teams`). It is read to find out which
 * tenants a user has, before there is one.
 */
function isMembership(table: Table, column: Column): boolean {
  const names = stems(table.dbName).filter((word) => !BETWEEN.has(word));
  if (names.at(-1) === 'membership' || names.at(-1) === 'member') return hasUser(table);
  const tenant = tenantWord(column);
  return names.length === 2 && hasUser(table) && names.some((word) => tenantOf(word) === tenant) && names.some((word) => MEMBERS.has(word));
}

function hasUser(table: Table): boolean {
  return table.columns.some((column) => stems(column.dbName).some((word) => word === 'user' || word === 'member' || word === 'profile'));
}

/** The tenant column of that database name in the table, for what names columns only. */
export function isTenantColumn(table: Table, dbName: string, names: readonly string[] = TENANT_COLUMNS): boolean {
  const column = columnOf(table, dbName);
  return column !== undefined && tenantColumnsOf(table, names).includes(column);
}
