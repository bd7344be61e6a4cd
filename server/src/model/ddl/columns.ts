// Columns as PostgreSQL's DDL spells them, and what ALTER TABLE does to them. Undefined where the model doesn't know
// enough to say it exactly.
import { nameOf } from '../names';
import type { Column, Table } from '../nodes';
import { sqlDefault } from './defaults';
import { identifier, qualified, words, type Spelling } from './spelling';
import { serialName, sqlType } from './types';

/** The column as it stands in CREATE TABLE and behind ADD COLUMN, without keys and checks. */
export function columnDefinition(column: Column, spelling: Spelling): string | undefined {
  const { collation, generatedAs, nullable } = column;
  const value = sqlDefault(column, spelling);
  const plain = sqlType(column, spelling);
  if (!value || plain === undefined || (column.generated && generatedAs === undefined)) return undefined;
  const type = value.kind === 'serial' ? serialName(column) : plain;
  if (type === undefined) return undefined;
  return words(
    identifier(column.dbName, spelling),
    type,
    collation !== undefined && `COLLATE ${collation}`,
    generatedAs,
    value.kind === 'identity' && value.sql,
    value.kind === 'expression' && `DEFAULT ${value.sql}`,
    !nullable && value.kind !== 'identity' && value.kind !== 'serial' && 'NOT NULL',
  );
}

export function alterTable(table: Table, spelling: Spelling): string {
  return `ALTER TABLE ${qualified(nameOf(table), spelling)}`;
}

function alterColumn({ table, dbName }: Column, spelling: Spelling): string {
  return `${alterTable(table, spelling)} ALTER COLUMN ${identifier(dbName, spelling)}`;
}

export function addColumn(column: Column, spelling: Spelling): string | undefined {
  const definition = columnDefinition(column, spelling);
  return definition === undefined ? undefined : `${alterTable(column.table, spelling)} ADD COLUMN ${definition};`;
}

export function dropColumn({ table, dbName }: Column, spelling: Spelling): string {
  return `${alterTable(table, spelling)} DROP COLUMN ${identifier(dbName, spelling)};`;
}

/**
 * The column with the type that it has in the model; `cast` reads the rows as the new type, `text` by way of text where
 * neither knows the other, `texts` so of the members of an array.
 */
export function setType(column: Column, spelling: Spelling, cast?: 'cast' | 'text' | 'texts'): string | undefined {
  const type = sqlType(column, spelling);
  if (type === undefined) return undefined;
  const name = identifier(column.dbName, spelling);
  const { collation } = column;
  const using = cast && ` USING ${name}${cast === 'text' ? '::text' : cast === 'texts' ? '::text[]' : ''}::${type}`;
  return `${alterColumn(column, spelling)} TYPE ${type}${collation === undefined ? '' : ` COLLATE ${collation}`}${using ?? ''};`;
}

/** The column's default as the model has it, or none; identity and serial columns have theirs from elsewhere. */
export function setDefault(column: Column, spelling: Spelling): string | undefined {
  const value = sqlDefault(column, spelling);
  switch (value?.kind) {
    case 'none':
      return dropDefault(column, spelling);
    case 'expression':
      return `${alterColumn(column, spelling)} SET DEFAULT ${value.sql};`;
    case 'identity':
      return `${alterColumn(column, spelling)} ADD ${value.sql};`;
    default:
      return undefined;
  }
}

export function dropDefault(column: Column, spelling: Spelling): string {
  return `${alterColumn(column, spelling)} DROP DEFAULT;`;
}

export function setNotNull(column: Column, spelling: Spelling): string {
  return `${alterColumn(column, spelling)} SET NOT NULL;`;
}

export function dropNotNull(column: Column, spelling: Spelling): string {
  return `${alterColumn(column, spelling)} DROP NOT NULL;`;
}
