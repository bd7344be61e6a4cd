// The SQL of row level security, for writers of all languages.
import type { Column, Table } from './nodes';
import { steadyReadOf } from './setting-reads';

/** What a table is to get. */
export interface SecurityGoal {
  readonly enable: boolean;
  readonly force: boolean;
  readonly policy?: { readonly column: Column; readonly setting: string };
}

/** How an author writes keywords and names. */
export interface SqlStyle {
  keywords(words: string): string;
  identifier(name: string): string;
}

/** The name of the policy that keeps tenants apart. */
export const TENANT_POLICY = 'tenant_isolation';

/** The statements, in an order in which the policy holds from the first row on; undefined where the key can't be compared. */
export function securityStatements(table: Table, { enable, force, policy }: SecurityGoal, { keywords, identifier }: SqlStyle): string[] | undefined {
  const name = (table.dbSchema === undefined ? '' : `${identifier(table.dbSchema)}.`) + identifier(table.dbName);
  const alter = (words: string): string => `${keywords('ALTER TABLE')} ${name} ${keywords(words)};`;
  const read = policy && tenantRead(policy.column, policy.setting);
  if (policy && read === undefined) return undefined;
  return [
    ...(enable ? [alter('ENABLE ROW LEVEL SECURITY')] : []),
    ...(force ? [alter('FORCE ROW LEVEL SECURITY')] : []),
    ...(policy && read !== undefined
      ? [`${keywords('CREATE POLICY')} ${identifier(TENANT_POLICY)} ${keywords('ON')} ${name} ${keywords('USING')} (${identifier(policy.column.dbName)} = ${read});`]
      : []),
  ];
}

/** The setting as a value of the column's type; undefined for types that no text is cast to. */
export function tenantRead({ type }: Column, setting: string): string | undefined {
  if (type.array > 0) return undefined;
  switch (type.family) {
    case 'text':
      return steadyReadOf(setting, undefined);
    case 'uuid':
      return steadyReadOf(setting, 'uuid');
    case 'integer':
      return steadyReadOf(setting, type.bits === 64 ? 'bigint' : type.bits === 16 ? 'smallint' : 'int');
    default:
      return undefined;
  }
}

/** A name for the migration. */
export function securityStep({ dbName }: Table): string {
  return `secure_${dbName}`.replaceAll(/[^A-Za-z0-9]+/g, '_').toLowerCase();
}
