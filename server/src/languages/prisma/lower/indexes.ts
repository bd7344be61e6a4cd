// Lowers keys, unique constraints and indexes, written on a field or on a line of their own.
import type { Index, IndexPart } from '../../../model/nodes';
import { argument, textArgument, type Argument, type Attribute, type Field, type Value } from '../parse/syntax';
import { constraintName, type Suffix } from './constraint-names';
import { knowsFields, spanOf, textOf, type Lowering, type Mutable } from './lowering';

/** Adds what the attribute of a whole model declares; other attributes add nothing. */
export function lowerBlockIndex(attribute: Attribute, lowering: Lowering): void {
  const fields = argument(attribute, 'fields', 0)?.value;
  const values = fields?.kind === 'array' ? fields.items : fields ? [fields] : [];
  const parts = values.map((value) => indexPart(value, lowering));
  const names = values.map((value) => (value.kind === 'word' ? value.text : value.kind === 'call' ? value.name : ''));
  // A list that is still being typed may be going to name what would otherwise be missed.
  if (attribute.name in SORTS && !knowsFields(lowering, names)) lowering.table.partial = true;
  add(attribute, parts, names, false, lowering);
}

/** Adds what `@id` or `@unique` on a field declares; other attributes add nothing. */
export function lowerFieldIndex(attribute: Attribute, field: Field, lowering: Lowering): void {
  if (attribute.group !== undefined || (attribute.name !== 'id' && attribute.name !== 'unique')) return;
  const part = partOf(field.name, attribute.args, spanOf(lowering, field.nameAt), lowering);
  add(attribute, [part], [field.name], true, lowering);
}

interface Sort {
  readonly constraint?: 'primary key' | 'unique';
  readonly suffix: Suffix;
}

const SORTS: Readonly<Record<string, Sort>> = {
  id: { constraint: 'primary key', suffix: '_pkey' },
  unique: { constraint: 'unique', suffix: '_key' },
  index: { suffix: '_idx' },
  fulltext: { suffix: '_idx' },
};

function add(attribute: Attribute, parts: readonly IndexPart[], fields: readonly string[], inline: boolean, lowering: Lowering): void {
  const sort = SORTS[attribute.name];
  if (!sort || parts.length === 0) return;
  const { table, neighbours } = lowering;
  // On a plain index `name` is an older spelling of `map`; elsewhere it names the key in the client.
  const written = textArgument(attribute, 'map') ?? (sort.constraint ? undefined : textArgument(attribute, 'name'));
  // Prisma's rule is known for columns, not for paths into a composite type.
  const columns = fields.some((field) => field.includes('.')) ? undefined : fields.map((field) => lowering.columnName(field));
  const name = written ?? (columns && constraintName(table.dbName, columns, sort.suffix, neighbours.dialect));
  const where = argument(attribute, 'where')?.value;
  const span = spanOf(lowering, attribute);
  const index: Mutable<Index> = {
    kind: 'index',
    table,
    span,
    nameSpan: span,
    unique: sort.constraint !== undefined,
    method: method(attribute),
    parts,
    include: [],
    nullsNotDistinct: false,
    concurrently: false,
    inline,
  };
  if (sort.constraint) index.constraint = sort.constraint;
  if (name !== undefined) index.name = name;
  if (where) index.where = { raw: predicate(where, lowering), span: spanOf(lowering, where) };
  if (sort.constraint !== 'primary key') table.indexes.push(index);
  else table.primaryKey ??= index;
}

function method(attribute: Attribute): string {
  if (attribute.name === 'fulltext') return 'fulltext';
  const type = argument(attribute, 'type')?.value;
  return type?.kind === 'word' ? type.text.toLowerCase() : 'btree';
}

function predicate(where: Value, lowering: Lowering): string {
  const [sql] = where.kind === 'call' && where.name === 'raw' ? where.args : [];
  return sql?.value.kind === 'string' ? sql.value.text : textOf(lowering, where);
}

function indexPart(value: Value, lowering: Lowering): IndexPart {
  const span = spanOf(lowering, value);
  if (value.kind === 'word') return partOf(value.text, [], span, lowering);
  if (value.kind === 'call') return partOf(value.name, value.args, span, lowering);
  return { expression: textOf(lowering, value), sort: 'asc', span };
}

function partOf(field: string, args: readonly Argument[], span: IndexPart['span'], lowering: Lowering): IndexPart {
  const of = (key: string): Value | undefined => args.find((arg) => arg.key === key)?.value;
  const sort = of('sort');
  const length = of('length');
  const ops = of('ops');
  const part: Mutable<IndexPart> = { sort: sort?.kind === 'word' && sort.text === 'Desc' ? 'desc' : 'asc', span };
  // A path into a composite type, or the first characters of a column, aren't the column.
  if (field.includes('.')) part.expression = field;
  else if (length) part.expression = `${lowering.columnName(field)}(${textOf(lowering, length)})`;
  else part.column = lowering.columnName(field);
  if (ops) part.ops = operatorClass(ops, lowering);
  return part;
}

/** `JsonbPathOps` becomes `jsonb_path_ops`, as the database calls it. */
function operatorClass(ops: Value, lowering: Lowering): string {
  if (ops.kind === 'word') return ops.text.replace(/(?<=[a-z\d])(?=[A-Z])/g, '_').toLowerCase();
  return predicate(ops, lowering);
}
