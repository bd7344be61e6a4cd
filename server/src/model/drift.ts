// Whether two descriptions of one thing in a database say the same, as far as both can say it.
import type { Column, ColumnType, ForeignKey, Index, ReferentialAction, Table } from './nodes';
import { elementTypeName, typeName } from './type-names';

/** What the database makes of a column's type, where it differs from the declared one: both by their names in SQL. */
export interface TypeDrift {
  readonly declared: string;
  readonly made: string;
}

/** How the types differ; undefined where they agree or one of them isn't known well enough. */
export function typeDrift({ type: declared }: Column, { type: made }: Column): TypeDrift | undefined {
  if (declared.family === 'other' || made.family === 'other') return undefined;
  // PostgreSQL keeps an array of arrays as an array.
  if (declared.array > 0 === made.array > 0 && isSame(declared, made)) return undefined;
  const names = { declared: typeName(declared), made: typeName(made) };
  return names.declared === names.made ? undefined : names;
}

function isSame(declared: ColumnType, made: ColumnType): boolean {
  if (declared.family === 'text' && made.family === 'text') return declared.length === made.length || declared.form !== made.form;
  if (declared.family === 'enum' && made.family === 'enum') return declared.enumName === '' || made.enumName === '' || declared.enumName === made.enumName;
  // Numbers of digits are the ORM's default where they aren't written.
  if (declared.family === 'numeric' && made.family === 'numeric') {
    return declared.precision === undefined || made.precision === undefined || (declared.precision === made.precision && (declared.scale ?? 0) === (made.scale ?? 0));
  }
  return elementTypeName(declared) === elementTypeName(made);
}

/**
 * The index that the database has for a declared one: the same columns in the same order, and unique where that is declared.
 * One of the same name is the same index, of which a schema may say less than SQL does.
 */
export function madeIndex(declared: Index, made: Table): Index | undefined {
  const all = made.primaryKey ? [made.primaryKey, ...made.indexes] : made.indexes;
  const named = all.find(({ name, unique }) => name !== undefined && name === declared.name && (unique || !declared.unique));
  return named ?? all.find((index) => sameColumns(index, declared) && !index.where && (index.unique || !declared.unique));
}

function sameColumns(a: Index, b: Index): boolean {
  return a.parts.length === b.parts.length && a.parts.every(({ column }, at) => column !== undefined && column === b.parts[at]?.column);
}

/** Whether the primary keys are of the same columns; undefined where there is none to compare. */
export function samePrimaryKey({ primaryKey: declared }: Table, { primaryKey: made }: Table): boolean | undefined {
  if (!declared) return undefined;
  const columns = ({ parts }: Index): string => parts.map(({ column }) => column ?? '').toSorted().join();
  return made !== undefined && columns(declared) === columns(made);
}

/** The key that the database has for a declared one: from the same columns to the same table, of several the most alike. */
export function madeKey(declared: ForeignKey, made: Table): ForeignKey | undefined {
  const all = made.foreignKeys.filter((key) => sameKey(declared, key));
  const named = all.find(({ dbName }) => dbName !== undefined && dbName === declared.dbName);
  return named ?? all.find((key) => !deleteRuleDrift(declared, key)) ?? all[0];
}

/** Whether both keys go from the same columns to the same table. */
export function sameKey(a: ForeignKey, b: ForeignKey): boolean {
  return a.target.name === b.target.name && a.columns.join() === b.columns.join();
}

/** Whether a table, as it was made, has what a declared key references: the columns, and that they are unique. */
export function canReference({ targetColumns }: ForeignKey, target: Table): boolean {
  if (target.partial) return true;
  const { primaryKey, indexes } = target;
  if (targetColumns.length === 0) return primaryKey !== undefined;
  const wanted = targetColumns.toSorted().join();
  const unique = [primaryKey, ...indexes.filter((index) => index.unique && !index.where)];
  return unique.some((index) => index?.parts.map(({ column }) => column ?? '').toSorted().join() === wanted);
}

/** Whether the table has all these columns. */
export function hasColumns(table: Table, names: readonly string[]): boolean {
  return names.every((name) => table.columns.some(({ dbName }) => dbName === name));
}

/** What a written delete rule is in the database, where it is another one there. */
export function deleteRuleDrift(declared: ForeignKey, made: ForeignKey): ReferentialAction | undefined {
  const there = made.onDelete?.action ?? 'no action';
  return declared.onDelete && declared.onDelete.action !== there ? there : undefined;
}
