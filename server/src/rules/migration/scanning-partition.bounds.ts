// Which rows a partition is to hold, and whether its constraints prove already that it holds no others.
import type { Change, ChangeOf } from '../../model/changes';
import { provesNotNull } from '../../model/conditions';
import { sameTable } from '../../model/names';
import type { Schema, Table, TableName } from '../../model/nodes';
import { isWord, sourceOf, sqlTokens } from '../../model/sql-text';

export type Bound = 'range' | 'list' | 'hash' | 'default';

/** What is written behind the name in ATTACH PARTITION. */
export function boundOf({ statement, span }: Pick<Change, 'statement' | 'span'>): Bound {
  const tokens = sqlTokens(sourceOf(statement, span) ?? '').filter((token) => token.depth === 0);
  if (isWord(tokens.at(-1), 'DEFAULT')) return 'default';
  if (tokens.some((token) => isWord(token, 'IN'))) return 'list';
  return tokens.some((token) => isWord(token, 'WITH')) ? 'hash' : 'range';
}

/**
 * Whether a validated CHECK speaks of the key as PostgreSQL needs it to leave out the read. The values are not compared:
 * whoever wrote such a CHECK before meant this.
 */
export function fits(change: ChangeOf<'attachPartition' | 'detachPartition'>, bound: Bound, schema: Schema, partition: Table | undefined): boolean {
  const key = change.table && partitionKey(change.table, schema);
  const checks = [...checksBefore(change, schema), ...(partition?.checks ?? []).flatMap(({ validated, raw }) => (validated ? [raw] : []))];
  if (bound === 'hash') return checks.some((check) => /\bsatisfies_hash_partition\b/i.test(check));
  const comparing = checks.filter((check) => /[<>=]|\b(IN|BETWEEN|ANY)\b/i.test(check.replace(/\bIS\s+NOT\s+NULL\b/gi, '')));
  if (!key) return comparing.length > 0;
  // Nulls go to the default partition, or to one that lists NULL.
  const takesNulls = bound === 'default' || sqlTokens(sourceOf(change.statement, change.span) ?? '').some((token) => isWord(token, 'NULL'));
  return key.every((column) => comparing.some((check) => names(check, column)) && (takesNulls || isNeverNull(column, checks, partition)));
}

/** A comparison alone lets nulls pass, and then every row is read. */
function isNeverNull(column: string, checks: readonly string[], partition: Table | undefined): boolean {
  const known = partition?.columns.find(({ dbName }) => dbName === column);
  return known?.nullable !== true || checks.some((check) => provesNotNull(check, column));
}

function names(check: string, column: string): boolean {
  return sqlTokens(check).some(({ kind, text }) => (kind === 'quoted' ? text.slice(1, -1) === column : kind === 'word' && text.toLowerCase() === column));
}

/** The columns that the parent is split by; undefined where the history doesn't tell, or where one is an expression. */
export function partitionKey(parent: TableName, { migrations }: Schema): readonly string[] | undefined {
  for (const { statements } of migrations) {
    for (const { changes, text } of statements) {
      if (!changes.some((change) => change.verb === 'addTable' && change.table && sameTable(change.table, parent))) continue;
      const written = /\bPARTITION\s+BY\s+\w+\s*\(([^()]*)\)/i.exec(text)?.[1];
      return written?.split(',').map((part) => (/^\s*"/.test(part) ? (part.split('"')[1] ?? '') : (/\w+/.exec(part)?.[0] ?? '').toLowerCase()));
    }
  }
  return undefined;
}

/** The validated CHECK constraints that the partition has when the statement runs, as written. */
function checksBefore({ statement, partition }: ChangeOf<'attachPartition' | 'detachPartition'>, { migrations }: Schema): readonly string[] {
  const checks = new Map<string, { readonly raw: string; readonly validated: boolean }>();
  const last = migrations.indexOf(statement.migration);
  const earlier = migrations.slice(0, last + 1).flatMap(({ statements }) => statements);
  for (const each of earlier) {
    if (each.migration === statement.migration && each.position >= statement.position) break;
    for (const change of each.changes) {
      if (!change.table || !sameTable(change.table, partition)) continue;
      const name = 'name' in change ? (change.name ?? `${checks.size}`) : '';
      if (change.verb === 'addConstraint' && change.constraint === 'check') {
        checks.set(name, { raw: sourceOf(each, change.span) ?? '', validated: !change.notValid });
      }
      if (change.verb === 'dropConstraint') checks.delete(name);
      const known = change.verb === 'validateConstraint' ? checks.get(name) : undefined;
      if (known) checks.set(name, { ...known, validated: true });
    }
  }
  return [...checks.values()].flatMap(({ raw, validated }) => (validated ? [raw] : []));
}
