// Tables on whose deletes something of the author's own acts.
import { sameTable } from './names';
import type { Schema, Table, TableName } from './nodes';

const known = new WeakMap<Schema, readonly TableName[]>();

/** Whether a trigger of the migrations acts on deletes of the table's rows and on nothing else, as one that clears away what belongs to them. */
export function hasDeleteTrigger(schema: Schema, { dbName, dbSchema }: Table): boolean {
  let tables = known.get(schema);
  if (!tables) known.set(schema, (tables = triggered(schema)));
  return tables.some((table) => sameTable(table, { name: dbName, schema: dbSchema }));
}

function triggered({ migrations }: Schema): readonly TableName[] {
  return migrations.flatMap(({ statements }) =>
    statements.flatMap(({ node, text, changes }) =>
      node === 'CreateTrigStmt' && /\b(?:AFTER|BEFORE)\s+DELETE\s+ON\b/i.test(text) ? changes.flatMap(({ table }) => table ?? []) : [],
    ),
  );
}
