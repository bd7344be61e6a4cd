// How the authors of a schema name their columns: seen in the table itself, else in its file, else anywhere.
import type { Column, Schema, Table } from '../../../model/nodes';

export interface Naming {
  /** Fields are written `created_at`. */
  readonly snake: boolean;
  /** Fields written `createdAt` are mapped to `created_at`. */
  readonly mapped: boolean;
}

export function namingOf(table: Table, { tables }: Schema): Naming {
  const circles = [[table], tables.filter(({ span }) => span.file === table.span.file), tables];
  const columns = circles.map((circle) => circle.filter(({ objectKind }) => objectKind === 'table').flatMap((one) => one.columns));
  return {
    snake: columns.map((circle) => majority(circle, isSnake, isCamel)).find((verdict) => verdict !== undefined) ?? false,
    mapped: columns.map((circle) => majority(circle, isMapped, isUnmapped)).find((verdict) => verdict !== undefined) ?? false,
  };
}

function majority(columns: readonly Column[], yes: (column: Column) => boolean, no: (column: Column) => boolean): boolean | undefined {
  const votes = columns.filter(yes).length - columns.filter(no).length;
  return votes === 0 ? undefined : votes > 0;
}

function isSnake({ name }: Column): boolean {
  return /^[a-z\d]+(?:_[a-z\d]+)+$/.test(name);
}

function isCamel({ name }: Column): boolean {
  return /^[a-z\d]+[A-Z]/.test(name);
}

function isMapped(column: Column): boolean {
  return isCamel(column) && column.dbName === snakeCase(column.name);
}

function isUnmapped(column: Column): boolean {
  return isCamel(column) && column.dbName === column.name;
}

export function snakeCase(name: string): string {
  return name.replace(/(?<=[a-z\d])(?=[A-Z])/g, '_').toLowerCase();
}
