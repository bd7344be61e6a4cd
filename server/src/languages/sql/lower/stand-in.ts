// The owner of what a single statement adds: a table of which only that statement is known.
import type { Table } from '../../../model/nodes';
import { buildTable } from '../replay/build';
import type { ColumnSpec } from './effects';
import type { Relation } from './names';
import type { Source } from './source';

/** A partial table as `relation` names it, holding `columns`. */
export function statementTable(source: Source, relation: Relation, columns: readonly ColumnSpec[] = []): Table {
  const { table } = relation;
  return buildTable({
    span: source.span(source.all),
    nameSpan: relation.nameSpan,
    objectKind: 'table',
    name: table.name,
    ...(table.schema ? { schema: table.schema } : {}),
    partial: true,
    temporary: false,
    columns,
    indexes: [],
    foreignKeys: [],
    checks: [],
  });
}
