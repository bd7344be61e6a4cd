// Writes a junction table in place of a column with an array of ids.
import type { ts } from 'ts-morph';
import { atLeast } from '../../../model/facts';
import { shortName } from '../../../model/identifiers';
import type { IntentOf } from '../../../model/intents';
import { junctionNames } from '../../../model/junction';
import type { Column, Index, Table } from '../../../model/nodes';
import type { Edit } from '../../../text/edit';
import { freeName } from '../../../model/enum-values';
import type { WriteContext } from '../../language';
import { compiler } from '../../typescript/compiler';
import { pieceAt } from '../../typescript/parse';
import { plain } from '../../typescript/syntax';
import { coreModule } from '../vocabulary';
import { callAt, draftOf, edit, nodeAt, quoted, startOf, tableAt, textOf, type Draft } from './draft';
import { importEdits, spelling, type Wanted } from './imports';
import { listOf, remove } from './lists';
import { reachTable } from './other-tables';

export function useJunction({ column, target }: IntentOf<'useJunction'>, context: WriteContext): readonly Edit[] | undefined {
  const { table } = column;
  const draft = draftOf(table.span.file, context);
  const piece = draft && pieceAt(draft.parsed, table.span.start);
  const written = draft && junction(draft, column, target, context);
  const goes = draft && leaving(draft, column);
  if (!draft || !piece || !written || !goes) return undefined;
  const { eol } = draft;
  const semicolon = draft.text.charAt(piece.node.end - 1) === ';' ? ';' : '';
  const at = piece.node.end + (/^[ \t]*\/\/[^\r\n]*/.exec(draft.text.slice(piece.node.end))?.[0].length ?? 0);
  return [
    ...importEdits(draft, written.wanted, goes.map(({ node }) => ({ start: startOf(draft, node), end: node.end }))),
    ...goes.flatMap(({ edits }) => edits),
    edit(draft, at, at, `${eol}${eol}${written.text}${semicolon}`),
  ];
}

interface Leaving {
  readonly node: ts.Node;
  readonly edits: readonly Edit[];
}

/** The column's property and the indexes that hold nothing else; undefined where something else depends on it. */
function leaving(draft: Draft, { table, dbName, type }: Column): Leaving[] | undefined {
  const call = inside(table, type) ? callAt(draft, type.span) : undefined;
  const property = call && propertyAround(call);
  const indexes = table.indexes.filter(({ parts, where }) => parts.some((part) => part.column === dbName) || where?.raw.includes(dbName));
  const elements = indexes.map((index) => (index.parts.length === 1 && !index.inline && inside(table, index) ? nodeAt(draft, index.span) : undefined));
  const all = [property, ...elements].map((node) => node && taken(draft, node));
  const done = all.flatMap((each) => each ?? []);
  return done.length === all.length ? done : undefined;
}

function inside(table: Table, { span }: Pick<Index, 'span'>): boolean {
  return span.file === table.span.file && table.span.start <= span.start && span.end <= table.span.end;
}

function propertyAround(call: ts.Node): ts.Node | undefined {
  let node: ts.Node = call;
  while (node.parent && !compiler.isPropertyAssignment(node)) node = node.parent;
  return compiler.isPropertyAssignment(node) ? node : undefined;
}

function taken(draft: Draft, node: ts.Node): Leaving | undefined {
  const { parent } = node;
  if (compiler.isArrayLiteralExpression(parent)) return { node, edits: remove(draft, listOf(draft, parent, parent.elements), node) };
  return compiler.isObjectLiteralExpression(parent) ? { node, edits: remove(draft, listOf(draft, parent, parent.properties), node) } : undefined;
}

interface Written {
  readonly text: string;
  readonly wanted: readonly Wanted[];
}

function junction(draft: Draft, column: Column, target: Table, context: WriteContext): Written | undefined {
  const { table } = column;
  const found = tableAt(draft, table);
  const module = coreModule(table.dialect);
  const names = junctionNames(column);
  const reach = reachTable(draft, target, context);
  const [own, other] = [keyText(draft, table, context), keyText(draft, target, context)];
  if (!found || module === undefined || !names || !reach || !own || !other) return undefined;
  const dbNames = new Set([...context.schema.tables, ...context.schema.enums].map(({ dbName }) => dbName));
  const dbName = freeName(names.table.join('_'), (name) => dbNames.has(name));
  const constant = freeName(camel(names.table), (name) => draft.parsed.scope().bindings.has(name));
  const symbols = ['primaryKey', 'index', own.builder, other.builder].map((name): Wanted => ({ module, name }));
  const [primaryKey, index, ownBuilder, otherBuilder] = symbols.map((each) => spelling(draft, each));
  if (primaryKey === undefined || index === undefined || ownBuilder === undefined || otherBuilder === undefined) return undefined;
  const { eol, indent } = draft;
  const member = (parts: readonly string[], builder: string, key: KeyText, to: string): string => {
    const args = [...(key.named ? [quoted(draft, parts.join('_'))] : []), ...(key.options === undefined ? [] : [key.options])].join(', ');
    return `${indent}${camel(parts)}: ${builder}(${args}).notNull().references(() => ${to}.${key.member}, { onDelete: ${quoted(draft, 'cascade')} }),`;
  };
  const both = [names.own, names.other].map((parts) => `table.${camel(parts)}`);
  const indexName = shortName(dbName, [names.other.join('_')], 'idx');
  const extras = [
    ['pk', `${primaryKey}({ columns: [${both.join(', ')}] })`],
    [`${camel(names.other)}Idx`, `${index}(${quoted(draft, indexName)}).on(${both[1] ?? ''})`],
  ];
  // Drizzle takes arrays since 0.36; before that an object had to be returned.
  const array = atLeast(context.facts.drizzleVersion, 0, 36) !== false;
  const lines = [
    `export const ${constant} = ${textOf(draft, found.node.expression)}(${quoted(draft, dbName)}, {`,
    member(names.own, ownBuilder, own, table.name),
    member(names.other, otherBuilder, other, reach.name),
    `}, (table) => ${array ? '[' : '({'}`,
    ...extras.map(([key = '', text = '']) => `${indent}${array ? text : `${key}: ${text}`},`),
    array ? '])' : '}))',
  ];
  return { text: lines.join(eol), wanted: [...symbols, ...(reach.wanted ? [reach.wanted] : [])] };
}

interface KeyText {
  readonly builder: string;
  /** The options of the builder, as they are written. */
  readonly options?: string;
  /** The column's name in the database is written. */
  readonly named: boolean;
  readonly member: string;
}

const WITHOUT_SEQUENCE: Readonly<Record<string, string>> = { serial: 'integer', bigserial: 'bigint', smallserial: 'smallint' };

/** How a column that refers to the table's key is built; undefined for a key of several columns or of an unknown type. */
function keyText(draft: Draft, table: Table, context: WriteContext): KeyText | undefined {
  const [part, ...more] = table.primaryKey?.parts ?? [];
  const key = table.columns.find(({ dbName }) => dbName === part?.column);
  const home = key && (key.type.span.file === draft.parsed.path ? draft : draftOf(key.type.span.file, context));
  const call = home && callAt(home, key.type.span);
  const written = /^\w+/.exec(key?.type.raw ?? '')?.[0];
  if (!key || !home || !call || written === undefined || more.length > 0 || key.type.family === 'other' || key.type.family === 'enum') return undefined;
  if (table.dialect !== 'postgresql' && WITHOUT_SEQUENCE[written] !== undefined) return undefined;
  const [name] = call.arguments;
  const options = call.arguments.find((argument) => compiler.isObjectLiteralExpression(plain(argument)));
  return {
    builder: WITHOUT_SEQUENCE[written] ?? written,
    ...(options && { options: textOf(home, options) }),
    named: name !== undefined && compiler.isStringLiteralLike(name),
    member: key.name,
  };
}

function camel(parts: readonly string[]): string {
  return parts.map((part, at) => (at === 0 ? part : part.charAt(0).toUpperCase() + part.slice(1))).join('');
}
