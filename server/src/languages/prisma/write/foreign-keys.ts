// Writes a relation: the field that holds the foreign key, the other end on the target's model, and the key's index.
import type { Edit } from '../../../text/edit';
import type { IntentOf } from '../../../model/intents';
import type { Table, TableName } from '../../../model/nodes';
import { nameOf, sameTable } from '../../../model/names';
import { plural } from '../../../model/named-tables';
import { words } from '../../../model/words';
import type { WriteContext } from '../../language';
import { argument, attributeNamed, fieldsOf, type Field } from '../parse/syntax';
import { addIndex } from './indexes';
import { layoutOf, upToGroup } from './layout';
import { fieldAt, indentation, insert, lineBreak, placeOf, wholeLineEnd, type Place } from './place';
import { SPELLING } from './relations';

type Goal = IntentOf<'addForeignKey'>;

export function addForeignKey(goal: Goal, context: WriteContext): readonly Edit[] | undefined {
  const { table, target } = goal;
  const child = placeOf(table.span, context);
  const parent = placeOf(target.span, context);
  const columns = goal.columns.flatMap((name) => table.columns.find(({ dbName }) => dbName === name) ?? []);
  const references = goal.targetColumns.flatMap((name) => target.columns.find(({ dbName }) => dbName === name)?.name ?? []);
  const scalars = columns.flatMap((column) => (child && fieldAt(column.span, child)) ?? []);
  const [first] = scalars;
  const name = child && first && relationName(first.name, scalars.length === 1, target, child);
  if (!child || !parent || !first || name === undefined || scalars.length !== goal.columns.length || references.length !== scalars.length) return undefined;

  const label = relationLabel(goal, name);
  const fields = [...(label === undefined ? [] : [`"${label}"`]), `fields: [${scalars.map((each) => each.name).join(', ')}]`, `references: [${references.join(', ')}]`];
  const optional = scalars.some((each) => each.optional);
  const relation = fieldLine(child, besideOf(child, scalars), name, `${target.name}${optional ? '?' : ''}`, `@relation(${[...fields, ...actions(goal)].join(', ')})`);

  const single = isUnique(goal);
  const back = backName(goal, name, label, single, parent);
  const end = fieldLine(parent, lastRelation(parent, context), back, `${table.name}${single ? '?' : '[]'}`, label === undefined ? '' : `@relation("${label}")`);
  const index = goal.index ? addIndex({ do: 'addIndex', table, columns: goal.index }, context) : [];
  return relation && end && index && [relation, end, ...index];
}

function actions({ onDelete, table, target }: Goal): string[] {
  const rules = onDelete ? [`onDelete: ${SPELLING[onDelete]}`] : [];
  // SQL Server takes no other rule for a table that refers to itself.
  return table === target && table.dialect === 'sqlserver' ? [...rules, 'onUpdate: NoAction'] : rules;
}

/** A field of its own line behind another one, laid out as those around it. */
export function fieldLine(place: Place, after: Field | undefined, name: string, type: string, attributes: string): Edit | undefined {
  if (!after) return undefined;
  const layout = layoutOf(place, upToGroup(place, fieldsOf(place.block), after));
  return insert(place, wholeLineEnd(place.chunk.text, after.to), lineBreak(place) + indentation(place) + layout(name, type, attributes).trimEnd());
}

/** Behind the model's other relations where they stand apart from their fields, else behind the field itself. */
function besideOf(place: Place, scalars: readonly Field[]): Field | undefined {
  const fields = fieldsOf(place.block);
  const relations = fields.filter((field) => attributeNamed(field.attributes, 'relation') && argumentNames(field).length > 0);
  const isBeside = (relation: Field): boolean => {
    const at = fields.indexOf(relation);
    return argumentNames(relation).some((name) => fields[at - 1]?.name === name || fields[at + 1]?.name === name);
  };
  return relations.length > 0 && !relations.some(isBeside) ? relations.at(-1) : scalars.at(-1);
}

function argumentNames({ attributes }: Field): string[] {
  const relation = attributeNamed(attributes, 'relation');
  const value = relation && argument(relation, 'fields')?.value;
  return value?.kind === 'array' ? value.items.flatMap((item) => (item.kind === 'word' ? [item.text] : [])) : [];
}

/** The model's last relation, else its last field. */
export function lastRelation({ block }: Place, { schema }: WriteContext): Field | undefined {
  const models = new Set(schema.tables.map(({ name }) => name));
  const fields = fieldsOf(block);
  return fields.findLast(({ type }) => models.has(type)) ?? fields.at(-1);
}

/** `authorId` becomes `author`; where that is taken or says nothing, the target's name goes in. */
function relationName(scalar: string, alone: boolean, target: Table, { block }: Place): string | undefined {
  const bare = scalar.replace(/(?:_id|_uuid|Id|ID|Uuid)$/, '');
  const own = decapitalized(target.name);
  const taken = new Set(fieldsOf(block).map(({ name }) => name));
  const joined = scalar.includes('_') ? `${bare}_${own}` : bare + capitalized(target.name);
  return [...(alone && bare !== scalar ? [bare] : []), own, joined].find((name) => !taken.has(name));
}

/** Two relations of the same two models are told apart by a name, and so are the ends of a relation to the model itself. */
function relationLabel({ table, target }: Goal, name: string): string | undefined {
  const between = [...linksOf(table, target), ...linksOf(target, table)];
  if (table !== target && between.length === 0) return undefined;
  const label = `${table.name}${capitalized(name)}`;
  return between.some(({ relation }) => relation === label) ? `${label}Key` : label;
}

export function linksOf({ foreignKeys, otherEnds = [] }: Table, other: Table): { readonly relation?: string }[] {
  const own: TableName = nameOf(other);
  return [...foreignKeys, ...otherEnds].filter(({ target }) => sameTable(target, own));
}

/** At most one row refers to a target: the columns are unique. */
function isUnique({ table, columns }: Goal): boolean {
  const keys = [...(table.primaryKey ? [table.primaryKey] : []), ...table.indexes.filter(({ unique, where }) => unique && !where)];
  return keys.some(({ parts }) => parts.length === columns.length && parts.every(({ column }) => columns.includes(column ?? '')));
}

/** `posts` for many and `post` for one; with the relation's name in front where there is one or the name is taken. */
function backName({ table }: Goal, relation: string, label: string | undefined, single: boolean, { block }: Place): string {
  const own = decapitalized(table.name);
  const plain = single ? own : pluralName(own);
  const snake = fieldsOf(block).some(({ name }) => name.includes('_'));
  const long = snake ? `${relation}_${plain}` : relation + capitalized(plain);
  const taken = new Set([relation, ...fieldsOf(block).map(({ name }) => name)]);
  const names = label === undefined ? [plain, long] : relation === 'parent' && !single ? ['children', long] : [long];
  for (let count = 2; ; count++) {
    const free = names.find((name) => !taken.has(name));
    if (free !== undefined) return free;
    names.push(`${long}${count}`);
  }
}

/** The plural of a name's last word; a name that is one already stays. */
export function pluralName(name: string): string {
  const last = words(name).at(-1) ?? '';
  const own = name.slice(name.length - last.length);
  if (plural(own.toLowerCase().replace(/s$/, '')) === own.toLowerCase()) return name;
  const many = plural(own.toLowerCase());
  return name.slice(0, name.length - last.length) + own.charAt(0) + many.slice(1);
}

export function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

export function decapitalized(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
