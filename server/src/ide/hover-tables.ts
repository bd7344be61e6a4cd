// Choices side by side: kinds of indexes, databases, ways to keep tenants apart, isolation levels.
import type { Dialect, RowSecurity } from '../model/nodes';

/** A table of Markdown, the row of the present choice in bold. */
function table(head: readonly string[], rows: readonly (readonly string[])[], present?: string): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const mark = (row: readonly string[]): readonly string[] => (row[0] === present ? [`**${row[0]}**`, ...row.slice(1)] : row);
  return [line(head), line(head.map(() => '---')), ...rows.map((row) => line(mark(row)))].join('\n');
}

const METHODS: readonly (readonly string[])[] = [
  ['B-tree', '`=`, `<`, `>`, `BETWEEN`, `ORDER BY`', 'nearly always; the default'],
  ['hash', '`=` on one column', 'long values that are only compared for equality'],
  ['GIN', '`@>`, `?`, `&&`, `@@`', '`jsonb`, arrays, full-text search'],
  ['GiST', '`&&`, `<->`, containment', 'ranges, geometry, nearest neighbours'],
  ['BRIN', '`<`, `>`, `BETWEEN`, roughly', 'huge tables that are written in the order of the column'],
];

/** The kinds of indexes, the present one marked. */
export function methodTable(method: string): string {
  const present = METHODS.find(([name = '']) => name.toLowerCase().replace('-', '') === method)?.[0];
  return table(['index', 'serves', 'for'], METHODS, present);
}

const DATABASES: readonly (readonly string[])[] = [
  ['PostgreSQL', 'relations, documents, search, places and time series in one', 'to begin with, and mostly to stay with'],
  ['Redis', 'caches, sessions, queues', 'answers must take less than a millisecond'],
  ['MongoDB', 'documents of changing shape', 'nothing is ever joined; else `jsonb` in PostgreSQL does'],
  ['DynamoDB', 'values by key', 'the load outgrows a single machine and milliseconds count'],
  ['Elasticsearch', 'search', "search is the product itself; else PostgreSQL's `tsvector` does"],
  ['ClickHouse, BigQuery', 'analytics', 'reports slow down everything else'],
];

const PROVIDERS: Readonly<Partial<Record<Dialect, string>>> = {
  postgresql: 'the one to begin with.',
  cockroachdb: "PostgreSQL's language over several machines; each transaction may have to be tried again.",
  mysql: 'no partial indexes, no row level security, and a failed migration leaves its first half in place.',
  sqlite: 'one file, and one writer at a time.',
  sqlserver: 'no arrays and no enums, and cascading deletes must not meet in one table.',
  mongodb: 'no foreign keys: the database takes a reference to a row that is gone.',
};

/** The table "choosing a database", with a word on the one that is chosen. */
export function databaseTable(provider: string, dialect: Dialect): string {
  const word = PROVIDERS[dialect];
  const lines = table(['database', 'for', 'when'], DATABASES, dialect === 'postgresql' ? 'PostgreSQL' : dialect === 'mongodb' ? 'MongoDB' : undefined);
  return [...(word === undefined ? [] : [`**${provider}**: ${word}`]), lines, 'Each further database is one more to back up, to watch and to keep in step.'].join('\n\n');
}

const TENANCY: readonly (readonly string[])[] = [
  ['a tenant column', 'every query must filter', 'low', 'low'],
  ['a tenant column and row level security', 'the database filters', 'medium', 'low'],
  ['a schema per tenant', 'by schema; migrations run once per tenant', 'medium', 'medium'],
  ['a database per tenant', 'full', 'high', 'high'],
];

/** How tenants can be kept apart, and how a table with a tenant column does it. */
export function tenancyTable(security: RowSecurity | undefined, dialect: Dialect): string {
  const present = security ? 'a tenant column and row level security' : 'a tenant column';
  // Only these have row level security at all.
  const rows = dialect === 'postgresql' || dialect === 'cockroachdb' || dialect === 'sqlserver' ? TENANCY : TENANCY.filter(([name]) => !name?.endsWith('security'));
  return `It says to which tenant a row belongs.\n\n${table(['tenants kept apart by', 'isolation', 'effort', 'cost'], rows, present)}`;
}

const LEVELS: readonly (readonly string[])[] = [
  ['READ UNCOMMITTED', 'what others have not committed yet', 'never; PostgreSQL treats it as READ COMMITTED'],
  ['READ COMMITTED', 'other rows the second time it looks', "most work; PostgreSQL's default"],
  ['REPEATABLE READ', 'one moment of the database; a clash of writes fails and must be tried again', 'reports and sums over several queries'],
  ['SERIALIZABLE', 'as if transactions ran one after another; any clash fails and must be tried again', 'rules that span rows'],
];

/** The isolation levels, the one that a statement asks for marked. */
export function isolationTable(level: string): string {
  return table(['isolation level', 'a transaction sees', 'for'], LEVELS, level.toUpperCase().replace(/\s+/g, ' '));
}
