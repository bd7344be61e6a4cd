// What Drizzle exports: which modules belong to it, which functions make tables, and what its column builders mean.
import type { Dialect } from '../../model/nodes';

const DIALECTS: Readonly<Record<string, Dialect>> = {
  pg: 'postgresql',
  mysql: 'mysql',
  sqlite: 'sqlite',
  singlestore: 'singlestore',
  gel: 'gel',
  mssql: 'sqlserver',
  cockroach: 'cockroachdb',
};

/** The dialect of a `drizzle-orm/…-core` module, or of something inside it. */
export function dialectOfModule(module: string): Dialect | undefined {
  const core = /^drizzle-orm\/([a-z]+)-core(?:\/|$)/.exec(module)?.[1];
  return core === undefined ? undefined : DIALECTS[core];
}

/** The module from which the builders of a dialect are imported. */
export function coreModule(dialect: Dialect): string | undefined {
  const core = Object.keys(DIALECTS).find((key) => DIALECTS[key] === dialect);
  return core === undefined ? undefined : `drizzle-orm/${core}-core`;
}

export function isDrizzleModule(module: string): boolean {
  return module === 'drizzle-orm' || module.startsWith('drizzle-orm/');
}

/** What a function of Drizzle makes. */
export type FunctionRole = 'table' | 'tableCreator' | 'schema' | 'enum';

const ROLE = /^(pg|mysql|sqlite|singlestore|gel|mssql|cockroach)(Table|TableCreator|Schema|Enum)(\.withRLS)?$/;

/** What one of Drizzle's own exports does, told by its name; the names are distinctive enough to hold without a module. */
export function functionRole(name: string): { readonly role: FunctionRole; readonly dialect: Dialect } | undefined {
  const match = ROLE.exec(name);
  const dialect = DIALECTS[match?.[1] ?? ''];
  if (!match || !dialect) return undefined;
  switch (match[2]) {
    case 'Table':
      return { role: 'table', dialect };
    case 'TableCreator':
      return { role: 'tableCreator', dialect };
    case 'Schema':
      return { role: 'schema', dialect };
    default:
      // `mysqlEnum` is a column builder, not a type of its own.
      return dialect === 'postgresql' || dialect === 'cockroachdb' ? { role: 'enum', dialect } : undefined;
  }
}

/** Names of column builders over all dialects; `types.ts` says what each means. */
const BUILDERS = new Set(
  `bigint bigintT bigserial binary bit blob bool boolean bytea bytes char cidr citext date dateDuration datetime datetime2
  datetimeoffset decimal double doublePrecision duration float float4 float8 geometry halfvec inet int int2 int4 int8
  integer interval json jsonb line localDate localTime longblob longtext macaddr macaddr8 mediumblob mediumint
  mediumtext mysqlEnum nchar ntext numeric nvarchar point real relDuration serial singlestoreEnum smallint smallserial
  sparsevec string text time timestamp timestamptz tinyblob tinyint tinytext uuid varbinary varbit varchar vector year`
    .trim()
    .split(/\s+/),
);

export function isBuilder(name: string): boolean {
  return BUILDERS.has(name);
}

export type Casing = 'snake_case' | 'camelCase';

/** Drizzle's own conversion of property names, for tables made by `snakeCase` and `camelCase` or all that are configured so. */
export function toCase(key: string, casing: Casing | undefined): string {
  if (casing === undefined) return key;
  const words = key.replace(/['\u2019]/g, '').match(/[\da-z]+|[A-Z]+(?![a-z])|[A-Z][\da-z]+/g) ?? [];
  if (casing === 'snake_case') return words.map((word) => word.toLowerCase()).join('_');
  return words.map((word, at) => (at === 0 ? word.toLowerCase() : word.charAt(0).toUpperCase() + word.slice(1))).join('');
}
