// Foreign keys, delete rules and indexes in words.
import { columnOf } from '../model/column-roles';
import { replacementOf, servingIndex } from '../model/covering';
import { defaultDeleteRule } from '../model/delete-rules';
import { implicitJunction } from '../model/implicit-junctions';
import { indexRole, type IndexRole } from '../model/index-roles';
import { nameOf, sameTable } from '../model/names';
import type { ForeignKey, Index, IndexPart, ReferentialAction, RelationEnd, Schema, Table, TableName } from '../model/nodes';

/** The target of a foreign key, what a delete there does here, and which index finds the rows. */
export function describeForeignKey(key: ForeignKey, schema: Schema): string {
  const target = schema.tables.find((table) => sameTable(key.target, nameOf(table)));
  const targetColumns = key.targetColumns.length > 0 ? key.targetColumns : (target?.primaryKey?.parts.flatMap((part) => part.column ?? []) ?? []);
  const parent = target?.name ?? key.target.name;
  const from = `${key.table.name} (${names(key.table, key.columns)})`;
  const to = targetColumns.length > 0 ? `${parent} (${names(target, targetColumns)})` : parent;
  return [
    `\`${from}\` → \`${to}\``,
    `**On delete: ${(key.onDelete?.action ?? defaultDeleteRule(key)).toUpperCase()}**${key.onDelete ? '' : ' (the default, as none is written)'}. ${effect(key, parent)}`,
    servedBy(key, schema, target),
  ].join('\n\n');
}

/** The keys behind the other end of a relation; a many-to-many relation has a table of its own for them. */
export function describeOtherEnd(end: RelationEnd, table: Table, schema: Schema): string | undefined {
  const { target, relation } = end;
  const own = nameOf(table);
  const find = (name: TableName): Table | undefined => schema.tables.find((each) => sameTable(name, nameOf(each)));
  const other = find(target);
  const keys = other?.foreignKeys.filter((key) => sameTable(key.target, own) && key.relation === relation) ?? [];
  if (keys.length > 0) return keys.map((key) => describeForeignKey(key, schema)).join('\n\n');
  const junction = implicitJunction(end, table, find);
  if (!junction || !other) return undefined;
  return [
    `\`${table.name}\` ↔ \`${other.name}\`, through the table \`${junction.name}\` that Prisma makes for it`,
    `**On delete: CASCADE**. Deleting a row on either side deletes its links.`,
    '**Index:** Prisma indexes both columns of that table.',
  ].join('\n\n');
}

/** Columns as the author calls them. */
function names(table: Table | undefined, columns: readonly string[]): string {
  return columns.map((column) => (table && columnOf(table, column)?.name) ?? column).join(', ');
}

function effect(key: ForeignKey, parent: string): string {
  const child = key.table.name;
  const columns = key.columns.map((column) => `\`${names(key.table, [column])}\``).join(', ');
  switch (key.onDelete?.action ?? defaultDeleteRule(key)) {
    case 'cascade':
      return `Deleting a row of \`${parent}\` deletes its rows of \`${child}\` too.`;
    case 'restrict':
      return `A row of \`${parent}\` that rows of \`${child}\` refer to can't be deleted.`;
    case 'no action':
      return `A row of \`${parent}\` that rows of \`${child}\` still refer to at the end of the statement can't be deleted.`;
    case 'set null':
      return `Deleting a row of \`${parent}\` sets ${columns} of its rows of \`${child}\` to NULL.`;
    case 'set default':
      return `Deleting a row of \`${parent}\` sets ${columns} of its rows of \`${child}\` to the default.`;
  }
}

function servedBy(key: ForeignKey, { dialect, emulatedRelations }: Schema, target: Table | undefined): string {
  const index = servingIndex(key, target);
  if (index) return `**Index:** served by ${describeIndexName(index)}.`;
  if (dialect === 'mysql' && !emulatedRelations) return '**Index:** MySQL creates one by itself.';
  return `**Index:** none. Each delete in \`${target?.name ?? key.target.name}\`, and each join from it, reads all of \`${key.table.name}\`.`;
}

const RULES: Readonly<Record<ReferentialAction, { readonly does: string; readonly use: string }>> = {
  cascade: { does: 'deletes the rows that refer to it', use: 'the row belongs to its parent: order items, sessions' },
  restrict: { does: 'refuses, at once', use: 'the row must outlive mistakes: invoices of a customer' },
  'no action': { does: 'refuses, at the end of the statement; can be deferred to the commit', use: 'as RESTRICT, in cyclic data' },
  'set null': { does: 'sets the reference to NULL', use: 'the link is optional: the assignee of a task' },
  'set default': { does: "sets the reference to its column's default", use: 'there is a stand-in row for deleted ones' },
};

/** The cascade rules side by side, the present one marked. */
export function deleteRuleTable(key: ForeignKey): string {
  const present = key.onDelete?.action ?? defaultDeleteRule(key);
  const lines = Object.entries(RULES).map(([action, { does, use }]) => {
    const name = action.toUpperCase();
    return `| ${action === present ? `**${name}**` : name} | ${does} | ${use} |`;
  });
  return ['| on delete | deleting the parent row | when |', '| --- | --- | --- |', ...lines].join('\n');
}

/** The columns of an index with what each serves, its method, and whether another index makes it needless. */
export function describeIndex(index: Index): string {
  const kind = constraintOf(index) ?? (index.unique ? 'unique index' : 'index');
  const title = `**${kind.charAt(0).toUpperCase()}${kind.slice(1)}**${index.name ? ` \`${index.name}\`` : ''} on \`${index.table.name}\`, ${method(index)}`;
  const lines = index.parts.map((part, at) => `${at + 1}. \`${partName(index, part)}\`${index.method === 'btree' ? ` ${order(part)}` : ''}${role(index, part)}`);
  const extra: string[] = [];
  if (index.include.length > 0) extra.push(`Also carries ${index.include.map((column) => `\`${column}\``).join(', ')}, so such reads needn't visit the table.`);
  if (index.where) extra.push(`Holds only rows where ${code(index.where.raw)}.`);
  if (index.parts.length > 1 && index.method === 'btree') extra.push('Serves queries on its leading columns; the later ones alone need an index of their own.');
  const other = replacementOf(index);
  extra.push(other ? `Needless: ${describeIndexName(other)} serves the same queries.` : 'No other index covers it.');
  return [title, lines.join('\n'), extra.join(' ')].join('\n\n');
}

function partName(index: Index, { column, expression }: IndexPart): string {
  return column === undefined ? (expression ?? '?') : names(index.table, [column]);
}

function order(part: IndexPart): string {
  const nulls = part.nulls ? `, nulls ${part.nulls}` : '';
  return `${part.sort === 'desc' ? 'descending' : 'ascending'}${nulls}`;
}

function role(index: Index, part: IndexPart): string {
  const column = part.column === undefined ? undefined : columnOf(index.table, part.column);
  return column ? ` · ${ROLES[indexRole(column)]}` : '';
}

const ROLES: Readonly<Record<IndexRole, string>> = {
  equality: 'equality',
  range: 'range and sort',
  contents: 'what its values hold',
};

function method({ method }: Index): string {
  switch (method) {
    case 'btree':
      return 'B-tree (equality, ranges, sorting)';
    case 'hash':
      return 'hash (equality only)';
    case 'gin':
      return 'GIN (contents of documents, arrays and texts)';
    case 'gist':
      return 'GiST (ranges, geometry, nearest neighbours)';
    case 'brin':
      return 'BRIN (huge tables written in order)';
    default:
      return method;
  }
}

/** An index by its kind, name and columns. */
export function describeIndexName(index: Index): string {
  const kind = constraintOf(index) ?? 'index';
  const columns = index.parts.map((part) => partName(index, part)).join(', ');
  return index.name ? `the ${kind} \`${index.name}\` (${columns})` : `the ${kind} on \`${columns}\``;
}

function constraintOf({ constraint }: Index): string | undefined {
  return constraint === 'unique' ? 'unique constraint' : constraint;
}

/** As code, even where the text holds the mark of code itself. */
function code(text: string): string {
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
}
