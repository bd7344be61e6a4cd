// Columns in words: what the database makes of them, who fills them, and what they are part of.
import { columnOf, isForeignKeyMember } from '../model/column-roles';
import { coveringIndex } from '../model/covering';
import { nameOf, sameTable } from '../model/names';
import type { Column, Schema, Table } from '../model/nodes';
import { tenantColumnsOf } from '../model/tenant';
import { describeIndexName } from './hover-keys';
import { tenancyTable } from './hover-tables';
import { databaseType } from './hover-types';

/** A column; `others` counts the tables that share its declaration, `applied` is its table as migrations left it. */
export function describeColumn(column: Column, schema: Schema, others = 0, applied?: Table): string {
  const { table } = column;
  const shared = others > 0 ? ` and ${others} other ${others === 1 ? 'table' : 'tables'}` : '';
  const type = databaseType(column);
  const parts = [`\`${type}\``, column.nullable ? 'may be NULL' : 'never NULL'];
  if (column.dbName !== column.name) parts.push(`called \`${column.dbName}\` in the database`);
  const lines = [`**Column** \`${column.name}\` of \`${table.name}\`${shared}: ${parts.join(', ')}`];
  const filled = [typeNote(column), defaultNote(column), updateNote(column)].filter((line) => line !== undefined);
  if (filled.length > 0) lines.push(filled.join(' '));
  const values = valuesNote(column, schema);
  if (values !== undefined) lines.push(values);
  const keys = keysNote(column, schema);
  if (keys !== undefined) lines.push(keys);
  if (tenantColumnsOf(table).includes(column)) lines.push(tenancyTable(table.rowSecurity ?? applied?.rowSecurity, schema.dialect));
  return lines.join('\n\n');
}

/** What the ORM chose where the author wrote no more than its own type. */
function typeNote(column: Column): string | undefined {
  const { type } = column;
  if (type.family === 'timestamp' && !type.zoned && (column.table.dialect === 'postgresql' || column.table.dialect === 'cockroachdb')) {
    return `${type.implied ? `Prisma's bare \`DateTime\`` : 'This type'} keeps a date and a time of day without a zone, so it isn't a moment.`;
  }
  if (column.table.language !== 'prisma' || type.raw.startsWith('@')) return undefined;
  switch (type.family) {
    case 'text':
      return type.length === undefined ? undefined : `Prisma gives a bare \`String\` at most ${type.length} characters here.`;
    case 'numeric':
      return type.precision === undefined ? undefined : `Prisma gives a bare \`Decimal\` ${type.precision} digits, ${type.scale ?? 0} of them behind the point.`;
    default:
      return undefined;
  }
}

function defaultNote({ default: value, generated, table }: Column): string | undefined {
  if (generated) return 'The database computes it from other columns.';
  if (!value) return undefined;
  const client = table.language === 'drizzle' ? 'Drizzle' : "Prisma's client";
  if (value.by === 'client') return `**Default:** ${code(value.raw)}, made by ${client}; the database has none, so rows from elsewhere must bring their own.`;
  switch (value.kind) {
    case 'sequence':
      return `**Default:** the next number of a sequence in the database; rolled back inserts leave gaps.`;
    case 'now':
      return `**Default:** the moment at which the ${table.dialect === 'postgresql' ? 'transaction began' : 'row is inserted'}, from the database.`;
    case 'uuid':
      return `**Default:** a ${value.version === 7 ? 'UUID v7, ordered by time' : value.version === 4 ? 'random UUID (v4)' : 'UUID v1'}, made by the database.`;
    case 'literal':
    case 'expression':
      return `**Default:** ${code(value.raw)}, from the database.`;
  }
}

function updateNote({ updatedAutomatically, table }: Column): string | undefined {
  if (!updatedAutomatically) return undefined;
  if (table.language === 'prisma') return "Prisma's client sets it on each update; an update from elsewhere leaves it as it was.";
  if (table.language === 'drizzle') return 'It is set anew on each update that goes through Drizzle.';
  return 'It is set anew on each update.';
}

const MOST_VALUES = 20;

function valuesNote({ type, allowed }: Column, schema: Schema): string | undefined {
  if (allowed) return `**Values:** ${list(allowed)}, as far as the types of the code go; the database takes any text.`;
  if (type.family !== 'enum') return undefined;
  const values = schema.enums.find((one) => one.dbName === type.enumName || one.name === type.enumName)?.values;
  return values && values.length > 0 ? `**Values:** ${list(values)}.` : undefined;
}

function list(values: readonly string[]): string {
  const shown = values.slice(0, MOST_VALUES).map(code).join(', ');
  return values.length > MOST_VALUES ? `${shown} and ${values.length - MOST_VALUES} more` : shown;
}

/** What the column belongs to, and which index finds its values. */
function keysNote(column: Column, schema: Schema): string | undefined {
  const { table, dbName } = column;
  const notes: string[] = [];
  for (const key of table.foreignKeys) {
    if (!key.columns.includes(dbName)) continue;
    const target = schema.tables.find((each) => sameTable(key.target, nameOf(each)));
    notes.push(`Refers to \`${target?.name ?? key.target.name}\`.`);
  }
  const index = coveringIndex(table, [dbName]);
  if (index) notes.push(`Found by ${describeIndexName(index)}.`);
  else if (isForeignKeyMember(column) && columnOf(table, dbName)) notes.push('No index begins with it.');
  return notes.length > 0 ? [...new Set(notes)].join(' ') : undefined;
}

/** As code, even where the text holds the mark of code itself. */
function code(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.includes('`') ? `\`\` ${line} \`\`` : `\`${line}\``;
}
