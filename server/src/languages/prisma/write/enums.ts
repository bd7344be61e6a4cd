// Writes an enum beside a model, and the fields that use it.
import type { Edit } from '../../../text/edit';
import { atLeast } from '../../../model/facts';
import { enumWords } from '../../../model/fixed-values';
import type { IntentOf } from '../../../model/intents';
import type { Column, Enum, Table } from '../../../model/nodes';
import { words } from '../../../model/words';
import { allowedFor, freeName, sameValues } from '../../../model/enum-values';
import type { WriteContext } from '../../language';
import { argument, attributeNamed, type Field } from '../parse/syntax';
import { fieldAt, indentation, insert, isPrisma, lineBreak, placeOf, replace, type Place } from './place';

export function useEnum({ columns, values }: IntentOf<'useEnum'>, context: WriteContext): readonly Edit[] | undefined {
  const [first] = columns;
  const place = first && placeOf(first.table.span, context);
  const all = hasEnums(context) ? allowedFor(columns, values, context) : undefined;
  if (!first || !all || place?.block.close === undefined) return undefined;
  const present = presentEnum(first, all, context);
  const identifiers = identifiersOf(all);
  const name = present?.name ?? freeName(pascal(enumWords(columns, ({ name: own }) => own)), takenNames(context));
  const edits = columns.map((column) => fieldEdit(column, name, present ? valueNames(present, context) : identifiers, context));
  const done = edits.flatMap((edit) => edit ?? []);
  if (done.length !== columns.length) return undefined;
  if (present) return done;
  const block = enumBlock(name, identifiers, first.table, place);
  return [...done, insert(place, place.chunk.text.trimEnd().length, block)];
}

/** Prisma's own enums: on SQLite since 6.2, on SQL Server never. */
function hasEnums({ schema, facts }: WriteContext): boolean {
  if (schema.dialect === 'sqlite') return atLeast(facts.prismaVersion, 6, 2) === true;
  return schema.dialect !== 'sqlserver' && schema.dialect !== 'unknown';
}

/** An enum that the schema has already, with the same values and the same meaning. */
function presentEnum({ table, dbName }: Column, values: readonly string[], { schema }: WriteContext): Enum | undefined {
  return schema.enums.find((each) => sameValues(each.values, values) && each.dbSchema === table.dbSchema && words(each.name).at(-1) === words(dbName).at(-1));
}

function takenNames({ schema, parsed }: WriteContext): (name: string) => boolean {
  const names = new Set<string>();
  for (const path of schema.files) {
    const file = parsed(path);
    for (const { block } of file && isPrisma(file) ? file.chunks : []) if (block) names.add(block.name.toLowerCase());
  }
  for (const { dbName } of [...schema.tables, ...schema.enums]) names.add(dbName.toLowerCase());
  return (name) => names.has(name.toLowerCase());
}

/** Each value's identifier: itself where Prisma allows it. */
function identifiersOf(values: readonly string[]): ReadonlyMap<string, string> {
  const plain = new Set(values.filter((value) => IDENTIFIER.test(value) && !RESERVED.has(value)));
  const used = new Set(plain);
  return new Map(
    values.map((value) => {
      if (plain.has(value)) return [value, value];
      const bare = value.normalize('NFKD').replace(/[^A-Za-z0-9]+/g, '_').replace(/^_+|_+$/g, '');
      const name = freeName(/^[A-Za-z]/.test(bare) && !RESERVED.has(bare) ? bare : `VALUE_${bare}`, (each) => used.has(each));
      used.add(name);
      return [value, name];
    }),
  );
}

const IDENTIFIER = /^[A-Za-z][A-Za-z0-9_]*$/;
/** Words that a schema reads as something else. */
const RESERVED = new Set(['true', 'false', 'null']);

/** The identifiers of an enum's values, which may be mapped. */
function valueNames({ span }: Enum, context: WriteContext): ReadonlyMap<string, string> {
  const members = placeOf(span, context)?.block.members ?? [];
  const names = new Map<string, string>();
  for (const member of members) {
    if (member.kind !== 'value') continue;
    const map = attributeNamed(member.attributes, 'map');
    const mapped = map && argument(map, 'name', 0)?.value;
    names.set(mapped?.kind === 'string' ? mapped.text : member.name, member.name);
  }
  return names;
}

/** The field with the enum as its type: its native type goes, its default becomes a value's name. */
function fieldEdit(column: Column, type: string, names: ReadonlyMap<string, string>, context: WriteContext): Edit | undefined {
  const place = placeOf(column.span, context);
  const field = place && fieldAt(column.span, place);
  if (!place || !field || field.type !== 'String' || field.list || isInPredicate(column)) return undefined;
  const { text } = place.chunk;
  const typeEnd = field.typeAt.to + (field.optional ? 1 : 0);
  let written = type + (field.optional ? '?' : '');
  let gap = narrowed(text.slice(typeEnd, field.attributes[0]?.from ?? typeEnd), type.length - 'String'.length);
  for (const attribute of field.attributes) {
    if (attribute.group !== undefined) continue;
    const value = attribute.name === 'default' ? argument(attribute, 'value', 0)?.value : undefined;
    const name = value?.kind === 'string' ? names.get(value.text) : undefined;
    if (value && name === undefined) return undefined;
    written += gap + (value && name !== undefined ? text.slice(attribute.from, value.from) + name + text.slice(value.to, attribute.to) : text.slice(attribute.from, attribute.to));
    gap = ' ';
  }
  return replace(place, { from: field.typeAt.from, to: endOf(field) }, written);
}

/** Prisma's object form of a predicate takes no enum. */
function isInPredicate({ table, name }: Column): boolean {
  return table.indexes.some(({ where }) => where?.raw.startsWith('{') === true && words(where.raw).join(' ').includes(words(name).join(' ')));
}

function endOf({ attributes, to }: Field): number {
  return attributes.at(-1)?.to ?? to;
}

/** Blanks that keep the attributes in their column where there is room for it. */
function narrowed(gap: string, by: number): string {
  if (!/^ {2,}$/.test(gap)) return gap;
  return by < 0 ? gap + ' '.repeat(-by) : gap.slice(Math.min(by, gap.length - 1));
}

function enumBlock(name: string, identifiers: ReadonlyMap<string, string>, table: Table, place: Place): string {
  const eol = lineBreak(place);
  const indent = indentation(place);
  const lines = [...identifiers].map(([value, identifier]) => (value === identifier ? identifier : `${identifier} @map(${JSON.stringify(value)})`));
  const dbName = words(name).join('_');
  const own = [
    // The way in which the model itself is named in the database.
    ...(table.dbName !== table.name && /^[a-z0-9_]+$/.test(table.dbName) && dbName !== name ? [`@@map("${dbName}")`] : []),
    ...(table.dbSchema === undefined ? [] : [`@@schema("${table.dbSchema}")`]),
  ];
  const body = [...lines.map((line) => indent + line), ...(own.length > 0 ? ['', ...own.map((line) => indent + line)] : [])];
  return `${eol}${eol}enum ${name} {${eol}${body.join(eol)}${eol}}`;
}

function pascal(parts: readonly string[]): string {
  return parts.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('');
}
