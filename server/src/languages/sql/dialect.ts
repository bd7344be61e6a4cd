// Tells PostgreSQL's files from those of other databases, and schemas from queries, tests and seeds, without parsing.
import type { Dialect } from '../../model/nodes';

/** What a SQL file is for. Only `schema` (a migration, a schema, a dump) says how a database is built. */
export type SqlKind = 'schema' | 'query' | 'test' | 'seed' | 'data';

const READ = 200_000;

const folderWords: ReadonlyMap<string, Dialect> = new Map<string, Dialect>([
  ['mysql', 'mysql'],
  ['mariadb', 'mysql'],
  ['sqlite', 'sqlite'],
  ['sqlite3', 'sqlite'],
  ['libsql', 'sqlite'],
  ['turso', 'sqlite'],
  ['d1', 'sqlite'],
  ['clickhouse', 'clickhouse'],
  ['mssql', 'sqlserver'],
  ['sqlserver', 'sqlserver'],
  ['cockroach', 'cockroachdb'],
  ['cockroachdb', 'cockroachdb'],
  ['crdb', 'cockroachdb'],
  ['singlestore', 'singlestore'],
  ['postgres', 'postgresql'],
  ['postgresql', 'postgresql'],
  ['pg', 'postgresql'],
  ['pgsql', 'postgresql'],
]);

interface Sign {
  readonly dialect: Dialect;
  readonly weight: number;
  readonly pattern: RegExp;
}

const signs: readonly Sign[] = [
  { dialect: 'clickhouse', weight: 4, pattern: /\bENGINE\s*=?\s*(?:Replicated|Shared)?\w*(?:MergeTree|Distributed|Kafka|Dictionary)\b/i },
  { dialect: 'clickhouse', weight: 2, pattern: /\b(?:LowCardinality|DateTime64|Nullable|AggregateFunction)\s*\(/ },
  { dialect: 'clickhouse', weight: 2, pattern: /\bON\s+CLUSTER\b|\bCODEC\s*\(|\bMATERIALIZE\s+(?:INDEX|COLUMN)\b/i },
  { dialect: 'clickhouse', weight: 4, pattern: /\bALTER\s+TABLE\s+[\w.`"]+\s+(?:ON\s+CLUSTER\s+\S+\s+)?(?:DELETE\s+WHERE\b|UPDATE\s+[\w`"]+\s*=)/i },
  { dialect: 'mysql', weight: 3, pattern: /\bENGINE\s*=\s*(?:InnoDB|MyISAM|MEMORY|ARIA)\b/i },
  { dialect: 'mysql', weight: 2, pattern: /\bDEFAULT\s+(?:CHARSET|CHARACTER\s+SET)\b|\bCHARACTER\s+SET\s*=?\s*utf8|\bCOLLATE\s*=?\s*utf8/i },
  { dialect: 'mysql', weight: 1, pattern: /\bAUTO_INCREMENT\b/i },
  { dialect: 'mysql', weight: 1, pattern: /\bUNSIGNED\b|\b(?:TINY|MEDIUM)INT\b|\bLONGTEXT\b|\bDATETIME\(\d\)/i },
  { dialect: 'mysql', weight: 1, pattern: /^[ \t]*DELIMITER\s+\S+\s*$/im },
  { dialect: 'mysql', weight: 1, pattern: /\bON\s+UPDATE\s+CURRENT_TIMESTAMP\b/i },
  { dialect: 'sqlite', weight: 3, pattern: /^[ \t]*PRAGMA\s+\w+/im },
  { dialect: 'sqlite', weight: 3, pattern: /\bAUTOINCREMENT\b/i },
  { dialect: 'sqlite', weight: 3, pattern: /\bWITHOUT\s+ROWID\b|\bunixepoch\s*\(|\bstrftime\s*\(|\bsqlite_master\b/i },
  { dialect: 'sqlite', weight: 2, pattern: /^--\s*RedefineTables\b/m },
  { dialect: 'sqlite', weight: 2, pattern: /"\s+DATETIME\b/ },
  { dialect: 'sqlserver', weight: 2, pattern: /^GO\s*$/im },
  { dialect: 'sqlserver', weight: 3, pattern: /\[dbo\]\.|\bIDENTITY\s*\(\s*\d+\s*,\s*\d+\s*\)|\bBEGIN\s+TRY\b/i },
  { dialect: 'sqlserver', weight: 2, pattern: /\bNVARCHAR\s*\(|\bDATETIME2\b|\bUNIQUEIDENTIFIER\b/i },
  { dialect: 'postgresql', weight: 1, pattern: /\b(?:BIG|SMALL)?SERIAL\b/i },
  { dialect: 'postgresql', weight: 2, pattern: /\bTIMESTAMPTZ\b|\bTIMESTAMP(?:\(\d\))?\s+WITH(?:OUT)?\s+TIME\s+ZONE\b|\bJSONB\b|\bBYTEA\b|\bTSVECTOR\b/i },
  { dialect: 'postgresql', weight: 2, pattern: /\$\w*\$|\bplpgsql\b|::\w/i },
  { dialect: 'postgresql', weight: 2, pattern: /\bCREATE\s+(?:EXTENSION|TYPE|DOMAIN|SEQUENCE|POLICY|MATERIALIZED)\b|\bROW\s+LEVEL\s+SECURITY\b/i },
  { dialect: 'postgresql', weight: 2, pattern: /\bINDEX\s+CONCURRENTLY\b|\bUSING\s+(?:gin|gist|btree|brin|hash)\b/i },
  { dialect: 'postgresql', weight: 1, pattern: /\bgen_random_uuid\s*\(|\buuid_generate_v4\s*\(|\bNOT\s+VALID\b|\bUUID\b/i },
  { dialect: 'postgresql', weight: 1, pattern: /\bTIMESTAMP\(3\)|\bDOUBLE\s+PRECISION\b|\bpg_catalog\b/i },
];

/** The database that a file is written for; PostgreSQL where nothing says otherwise. A migration folder's own word is worth more. */
export function sqlDialect(path: string, text: string): Dialect {
  const scores = score(text);
  const postgres = scores.get('postgresql') ?? 0;
  const named = pathDialect(path);
  if (named === 'postgresql') return named;
  // The folder is right unless the text clearly says otherwise.
  if (named && (scores.get(named) ?? 0) > postgres - 4) return named;
  let best: Dialect = 'postgresql';
  let most = Math.max(postgres, 1);
  for (const [dialect, points] of scores) {
    if (points <= most) continue;
    best = dialect;
    most = points;
  }
  // Cloudflare's own database is SQLite, but its workers may as well use a PostgreSQL elsewhere.
  return best === 'postgresql' && postgres === 0 && CLOUDFLARE.test(path) ? 'sqlite' : best;
}

const CLOUDFLARE = /(?:^|\/)(?:[^/]*[^a-z0-9/])?(?:cloudflare|wrangler)(?:[^a-z0-9/][^/]*)?\//i;

function score(text: string): Map<Dialect, number> {
  const code = uncommented(text.slice(0, READ));
  const scores = new Map<Dialect, number>();
  const add = (dialect: Dialect, weight: number): void => void scores.set(dialect, (scores.get(dialect) ?? 0) + weight);
  for (const { dialect, weight, pattern } of signs) if (pattern.test(code)) add(dialect, weight);
  // Backticks throughout are MySQL's or SQLite's names; a stray pair in a PostgreSQL file is a mistake to report.
  const backticks = code.match(/`\w+`/g)?.length ?? 0;
  const quotes = code.match(/"\w+"/g)?.length ?? 0;
  if (backticks >= 3 && backticks > quotes * 3) {
    const mysql = /`\s+(?:var)?char\s*\(|`\s+(?:big|tiny|small)?int\b|`\s+(?:datetime|timestamp|json|boolean|serial|enum)\b/i.test(code);
    add(mysql ? 'mysql' : 'sqlite', 2);
  }
  return scores;
}

// Good enough for signs; Prisma's own headings must stay.
function uncommented(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, ' ').replace(/^(?!--\s*RedefineTables)[ \t]*--.*$/gm, '');
}

/** What the nearest folder, or a part of the file name between dots, says. */
function pathDialect(path: string): Dialect | undefined {
  const segments = path.split('/');
  const file = segments.pop() ?? '';
  for (const part of file.split('.').slice(1).reverse()) {
    const dialect = folderWords.get(part.toLowerCase());
    if (dialect) return dialect;
  }
  for (const segment of segments.reverse()) {
    // A migration's folder is named by what it does, not by the database.
    if (/^\d{6,}/.test(segment)) continue;
    for (const word of segment.toLowerCase().split(/[^a-z0-9]+/)) {
      const dialect = folderWords.get(word);
      if (dialect) return dialect;
    }
  }
  return undefined;
}

const SQLC = /^[ \t]*--\s*name:\s*\w+\s+:\w+/m;
const TYPED_SQL = /^[ \t]*--\s*@param\b/m;
const PGTAP = /\bselect\s+(?:\*\s+from\s+)?(?:\w+\.)?(?:plan\s*\(\s*\d|no_plan\s*\(|finish\s*\()/i;
const DEFINES = /^[ \t]*(?:--.*)?(?:CREATE|ALTER|DROP|COMMENT\s+ON|GRANT|REVOKE|TRUNCATE|REINDEX|REFRESH|CLUSTER|VACUUM|DO)\b/im;

/** What the file is for, by its name, its folder and its marks. */
export function sqlKind(path: string, text: string): SqlKind {
  const lower = path.toLowerCase();
  const file = lower.slice(lower.lastIndexOf('/') + 1);
  const code = text.slice(0, READ);
  if (SQLC.test(code) || TYPED_SQL.test(code) || /(?:^|\/)prisma\/sql\/[^/]+\.sql$/.test(lower)) return 'query';
  if (PGTAP.test(code)) return 'test';
  const defines = DEFINES.test(code);
  if (/(?:^|\/)(?:tests?|__tests__|spec)\//.test(lower) && /(?:^|[._-])(?:test|spec)s?\.sql$/.test(file)) return 'test';
  if (/(?:^|\/)queries\//.test(lower) && !defines) return 'query';
  if (/^seeds?(?:[._-]|$)|[._-]seeds?\.sql$/.test(file) || /(?:^|\/)seeds?\//.test(lower)) return 'seed';
  if (!defines && code.trim() !== '') return /\$\d|(?:^|[\s=(,])@\w+/m.test(code) ? 'query' : 'data';
  return 'schema';
}
