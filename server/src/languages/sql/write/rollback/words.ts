// What a statement names, and what its stars stand for.
import { sqlTokens } from '../../../../model/sql-text';
import { treeOf } from './texts';

/** The names and words of a statement, as the database folds them. */
export function wordsOf(text: string): Set<string> {
  return new Set(sqlTokens(text).map(({ kind, text: word }) => (kind === 'quoted' ? word.slice(1, -1).replaceAll('""', '"') : kind === 'word' ? word.toLowerCase() : word)));
}

/** Whether a query may read a column of a table: it names both, or has a star for the table. */
export function readsColumn(text: string, table: string, column: string): boolean {
  const words = wordsOf(text);
  return words.has(table) && (words.has(column) || tablesOfStars(text).includes(table));
}

const STAR = /(?:\.|\bSELECT\s+(?:DISTINCT\s+)?|,\s*)\*/i;

/** The tables of which a statement's queries read all columns by a star. */
export function tablesOfStars(text: string): string[] {
  if (!STAR.test(text)) return [];
  const sources: Source[] = [];
  const stars = new Set<string>();
  collect(treeOf(text), sources, stars);
  return sources.filter(({ alias }) => stars.has(alias) || stars.has('')).map(({ table }) => table);
}

interface Source {
  readonly table: string;
  /** By which the query calls it. */
  readonly alias: string;
}

/** The tables of a query and the names before its stars; an empty one for a star alone. */
function collect(value: unknown, sources: Source[], stars: Set<string>): void {
  if (Array.isArray(value)) for (const each of value) collect(each, sources, stars);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'RangeVar') sources.push({ table: inner.relname ?? '', alias: inner.alias?.aliasname ?? inner.relname ?? '' });
      else if (key === 'ColumnRef' && Array.isArray(inner.fields) && 'A_Star' in (inner.fields.at(-1) ?? {})) stars.add(inner.fields.at(-2)?.String?.sval ?? '');
      else collect(inner, sources, stars);
    }
  }
}
