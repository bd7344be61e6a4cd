// How a project uses row level security, so that rules speak of what its author does and fixes continue it.
import type { Migration } from './changes';
import type { Facts } from './facts';
import { nameOf } from './names';
import type { Column, Schema, Table, TableName } from './nodes';
import type { Policy } from './row-security';
import { readsIn, type SettingRead } from './setting-reads';
import { tenantOf, tenantWord } from './tenant';
import { words } from './words';

export interface SecurityStyle {
  /** Some table has it on. */
  readonly used: boolean;
  /** Statements that are put together while they run turn it on too, so nothing is known to be off. */
  readonly dynamic: boolean;
  /**
   * Clients reach the tables by the roles of a data API (Supabase, Neon, PostgREST). The owner goes past the policies
   * on purpose, and a table without a policy is closed on purpose.
   */
  readonly dataApi: boolean;
  /** The author's own settings that policies ask for, the one most in use first. */
  readonly settings: readonly string[];
  /** There are policies. */
  readonly policies: boolean;
}

type Applied = (name: TableName) => Table | undefined;

const known = new WeakMap<readonly Table[], { readonly applied: Applied; readonly dependencies: Facts['dependencies']; readonly style: SecurityStyle }>();

/** Looked up once for all tables of a schema. */
export function securityStyle(schema: Schema, facts: Facts, applied: Applied): SecurityStyle {
  const { tables } = schema;
  const before = known.get(tables);
  if (before?.applied === applied && before.dependencies === facts.dependencies) return before.style;
  const style = read(tables, schema.migrations, facts, applied);
  known.set(tables, { applied, dependencies: facts.dependencies, style });
  return style;
}

function read(tables: readonly Table[], migrations: readonly Migration[], { dependencies }: Facts, applied: Applied): SecurityStyle {
  // A stand-in for a table that somebody else owns says nothing about this project.
  const own = tables.filter((table) => table.columns.length > 0);
  const policies = tables.flatMap((table) => [...(table.policies ?? []), ...(applied(nameOf(table))?.policies ?? [])]);
  const reads = policies.flatMap(readsIn);
  const settings = byUse(reads.flatMap((each) => (each.setting?.includes('.') && !each.setting.startsWith('request.') ? [each.setting] : [])));
  return {
    used: own.some((table) => table.rowSecurity ?? applied(nameOf(table))?.rowSecurity),
    dynamic: migrations.some((migration) => migration.statements.some(({ node, text }) => (node === 'DoStmt' || node === 'CreateFunctionStmt') && DYNAMIC.test(text))),
    dataApi: policies.some(isOfDataApi) || reads.some(isIdentity) || hasDataApi(migrations, dependencies),
    settings,
    policies: policies.length > 0,
  };
}

const DYNAMIC = /\bEXECUTE\b[\s\S]*\bROW\s+LEVEL\s+SECURITY\b/i;

const ROLES = new Set(['anon', 'anonymous', 'authenticated', 'authenticator', 'service_role', 'supabase_auth_admin']);

function isOfDataApi({ roles }: Policy): boolean {
  return roles.some((role) => ROLES.has(role));
}

function isIdentity({ setting, shown }: SettingRead): boolean {
  return shown.startsWith('auth.') || (setting?.startsWith('request.') ?? false);
}

const CLIENTS = ['@supabase/supabase-js', '@supabase/ssr', '@supabase/postgrest-js', '@neondatabase/neon-js', '@neondatabase/postgrest-js'];

function hasDataApi(migrations: readonly Migration[], dependencies: Facts['dependencies']): boolean {
  return migrations.some(({ runner }) => runner === 'supabase') || CLIENTS.some((name) => dependencies.has(name));
}

function byUse(names: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).map(([name]) => name);
}

/** The setting that holds the tenant: the one that policies ask for, or the usual one where there are none yet. */
export function tenantSetting({ settings, policies }: SecurityStyle, column: Column): string | undefined {
  const wanted = tenantWord(column);
  const own = settings.find((name) => words(name).some((word) => tenantOf(word) === wanted)) ?? settings.find((name) => words(name).includes('tenant'));
  return own ?? (policies ? undefined : 'app.tenant_id');
}
