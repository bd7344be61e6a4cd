// Which values an enum or a CHECK for a column has to allow, the same in every language.
import { byteLength } from './identifiers';
import type { Column } from './nodes';

/** Who knows the literals that code uses for a column. */
export interface Code {
  literals?(column: Column): readonly string[];
  /** Whether it also writes values to the column that it doesn't spell out there. */
  writesOthers?(column: Column): boolean;
}

/** PostgreSQL keeps so many bytes of a label. */
const LONGEST_LABEL = 63;
/** More than so many values are a list for a table. */
const MOST = 60;

/**
 * The known values with those that code uses; undefined where there are fewer than two, or one that an enum can't hold
 * or a row gets by default isn't among them. Where the schema lists none and code writes what it doesn't spell out,
 * there may be more.
 */
export function allowedFor(columns: readonly Column[], known: readonly string[], code: Code): readonly string[] | undefined {
  const values = [...new Set([...known, ...columns.flatMap((column) => code.literals?.(column) ?? [])])];
  if (known.length < 2 && columns.some((column) => code.writesOthers?.(column))) return undefined;
  const usable = values.every((value) => value.trim() !== '' && !/[\r\n\0]/.test(value) && byteLength(value) <= LONGEST_LABEL);
  if (values.length < 2 || values.length > MOST || !usable) return undefined;
  return columns.every((column) => !column.default || isAmong(column, values)) ? values : undefined;
}

function isAmong({ default: value }: Column, values: readonly string[]): boolean {
  if (value?.kind !== 'literal') return false;
  return value.value === null || (typeof value.value === 'string' && values.includes(value.value));
}

/** The first of the names that nothing has yet: the plain one, else with a number behind it. */
export function freeName(plain: string, taken: (name: string) => boolean): string {
  for (let count = 1; ; count++) {
    const name = count === 1 ? plain : `${plain}${/\d$/.test(plain) ? '_' : ''}${count}`;
    if (!taken(name)) return name;
  }
}

/** Whether two lists hold the same values in whatever order. */
export function sameValues(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value) => b.includes(value));
}
