// Writes an enum in front of a table and the columns that use it; in MySQL the column holds its enum itself.
import type { ts } from 'ts-morph';
import { enumWords } from '../../../model/fixed-values';
import type { IntentOf } from '../../../model/intents';
import type { Column, Enum } from '../../../model/nodes';
import { stems, words } from '../../../model/words';
import type { Edit } from '../../../text/edit';
import { allowedFor, freeName, sameValues } from '../../../model/enum-values';
import type { WriteContext } from '../../language';
import { compiler } from '../../typescript/compiler';
import { pieceAt } from '../../typescript/parse';
import { memberOf, plain } from '../../typescript/syntax';
import { coreModule } from '../vocabulary';
import { callAt, draftOf, edit, quoted, startOf, tableAt, textOf, type Draft } from './draft';
import { memberText, insertExtra } from './extra';
import { importEdits, spelling, type Wanted } from './imports';

type Edits = readonly Edit[] | undefined;

export function useEnum({ columns, values }: IntentOf<'useEnum'>, context: WriteContext): Edits {
  const [first] = columns;
  const draft = first && draftOf(first.type.span.file, context);
  if (!draft) return undefined;
  // What other files hold would need the enum imported there.
  const own = columns.filter((column) => column.type.span.file === first.type.span.file);
  const all = allowedFor(own, values, context);
  if (!all) return undefined;
  switch (first.table.dialect) {
    case 'postgresql':
    case 'cockroachdb':
      return namedEnum(draft, own, all, context);
    case 'mysql':
    case 'singlestore':
      return inlineEnum(draft, own, all);
    default:
      return undefined;
  }
}

/** The calls of the builders that give way, where all of them can. */
function buildersOf(draft: Draft, columns: readonly Column[]): ts.CallExpression[] | undefined {
  const calls = columns.flatMap(({ type }) => callAt(draft, type.span) ?? []);
  const plainCalls = calls.every((call) => !call.typeArguments && call.arguments.every((argument, at) => at > 0 || nameOf(call) !== undefined || isOptions(argument)));
  return calls.length === columns.length && plainCalls ? calls : undefined;
}

function nameOf({ arguments: [name] }: ts.CallExpression): ts.Expression | undefined {
  return name && compiler.isStringLiteralLike(name) ? name : undefined;
}

function isOptions(argument: ts.Expression): boolean {
  return compiler.isObjectLiteralExpression(plain(argument));
}

function namedEnum(draft: Draft, columns: readonly Column[], values: readonly string[], context: WriteContext): Edits {
  const calls = buildersOf(draft, columns);
  const [first] = columns;
  const at = first && calls && statementStart(draft, Math.min(...calls.map((call) => startOf(draft, call))));
  const maker = first && makerOf(draft, first);
  if (!first || !calls || at === undefined || !maker) return undefined;
  const present = presentEnum(first, values, at, context);
  const parts = enumWords(columns, ({ dbName }) => dbName);
  const constant = present?.name ?? freeName(constantName(parts, context), (name) => isTaken(draft, name));
  const replaced = calls.map((call) => {
    const name = nameOf(call);
    return edit(draft, startOf(draft, call), call.end, `${constant}(${name ? textOf(draft, name) : ''})`);
  });
  const removed = calls.map((call) => ({ start: startOf(draft, call), end: call.end }));
  if (present) return [...importEdits(draft, [], removed), ...replaced];
  const dbNames = new Set([...context.schema.enums, ...context.schema.tables].map(({ dbName }) => dbName));
  const dbName = freeName(parts.join('_'), (name) => dbNames.has(name));
  const written = `export const ${constant} = ${maker.text}(${quoted(draft, dbName)}, ${listText(draft, values)})${semicolon(draft, at)}`;
  return [...importEdits(draft, maker.wanted, removed), edit(draft, at, at, written + draft.eol + draft.eol), ...replaced];
}

interface Maker {
  readonly text: string;
  readonly wanted: readonly Wanted[];
}

/** What makes an enum beside the table: `pgEnum`, or the database schema that the table is in. */
function makerOf(draft: Draft, { table }: Column): Maker | undefined {
  if (table.dbSchema !== undefined) {
    const found = tableAt(draft, table);
    const owner = found && memberOf(found.node.expression);
    return owner?.name === 'table' && compiler.isIdentifier(owner.owner) ? { text: `${owner.owner.text}.enum`, wanted: [] } : undefined;
  }
  const module = coreModule(table.dialect);
  const wanted = module === undefined ? undefined : { module, name: table.dialect === 'postgresql' ? 'pgEnum' : 'cockroachEnum' };
  const text = wanted && spelling(draft, wanted);
  return wanted && text !== undefined ? { text, wanted: [wanted] } : undefined;
}

/** An enum that stands above already, with the same values and the same meaning. */
function presentEnum({ table, dbName, type }: Column, values: readonly string[], at: number, { schema }: WriteContext): Enum | undefined {
  return schema.enums.find(
    (each) =>
      each.span.file === type.span.file && each.span.end <= at && each.dbSchema === table.dbSchema && sameValues(each.values, values) && words(each.dbName).at(-1) === words(dbName).at(-1),
  );
}

/** `postStatusEnum`, or without the ending where the schema's other enums have none. */
function constantName(parts: readonly string[], { schema }: WriteContext): string {
  const camel = parts.map((part, at) => (at === 0 ? part : part.charAt(0).toUpperCase() + part.slice(1))).join('');
  const others = schema.enums.filter(({ name }) => /^[a-z]/.test(name));
  const ending = others.length === 0 || others.some(({ name }) => stems(name).at(-1) === 'enum');
  return /^\d/.test(camel) ? `enum${camel}` : ending ? `${camel}Enum` : camel;
}

function isTaken({ parsed, text }: Draft, name: string): boolean {
  return parsed.scope().bindings.has(name) || new RegExp(String.raw`\b${name}\b`).test(text);
}

/** Where the statement around an offset begins, the comments on it included. */
function statementStart({ parsed, text }: Draft, offset: number): number | undefined {
  const piece = pieceAt(parsed, offset);
  if (!piece) return undefined;
  let start = piece.start;
  for (;;) {
    const above = text.slice(0, start).trimEnd();
    const between = text.slice(above.length, start);
    const line = above.slice(above.lastIndexOf('\n') + 1);
    if (between.split('\n').length !== 2) return start;
    if (/^[ \t]*\/\//.test(line)) start = above.length - line.trimStart().length;
    else if (line.endsWith('*/')) start = Math.max(above.lastIndexOf('/*'), 0);
    else return start;
    if (text.slice(text.lastIndexOf('\n', start - 1) + 1, start).trim() !== '') return piece.start;
  }
}

function semicolon({ parsed, text }: Draft, at: number): string {
  const node = pieceAt(parsed, at)?.node;
  return !node || text.charAt(node.end - 1) === ';' ? ';' : '';
}

function listText(draft: Draft, values: readonly string[]): string {
  const items = values.map((value) => quoted(draft, value));
  const line = `[${items.join(', ')}]`;
  if (line.length <= 80) return line;
  const { eol, indent } = draft;
  return `[${eol}${items.map((item) => `${indent}${item},${eol}`).join('')}]`;
}

function inlineEnum(draft: Draft, columns: readonly Column[], values: readonly string[]): Edits {
  const calls = buildersOf(draft, columns);
  const [first] = columns;
  const module = first && coreModule(first.table.dialect);
  if (!calls || !first || module === undefined) return undefined;
  const wanted: Wanted = { module, name: first.table.dialect === 'mysql' ? 'mysqlEnum' : 'singlestoreEnum' };
  const text = spelling(draft, wanted);
  if (text === undefined) return undefined;
  const replaced = calls.map((call) => {
    const name = nameOf(call);
    const owner = memberOf(call.expression);
    const callee = owner && compiler.isIdentifier(owner.owner) ? `${owner.owner.text}.${wanted.name}` : text;
    return { namespaced: callee !== text, made: edit(draft, startOf(draft, call), call.end, `${callee}(${name ? `${textOf(draft, name)}, ` : ''}${listText(draft, values)})`) };
  });
  const removed = calls.map((call) => ({ start: startOf(draft, call), end: call.end }));
  const imports = importEdits(draft, replaced.every(({ namespaced }) => namespaced) ? [] : [wanted], removed);
  return [...imports, ...replaced.map(({ made }) => made)];
}

/** `check('posts_status_check', sql`${table.status} in ('draft', …)`)` in the third argument. */
export function addCheck({ column, values }: IntentOf<'addCheck'>, context: WriteContext): Edits {
  const { table } = column;
  const draft = draftOf(table.span.file, context);
  const all = allowedFor([column], values, context);
  const sql: Wanted = { module: 'drizzle-orm', name: 'sql' };
  const tag = draft && spelling(draft, sql);
  if (!draft || !all || tag === undefined || all.some((value) => /[`\\]|\$\{/.test(value))) return undefined;
  const list = all.map((value) => `'${value.replaceAll("'", "''")}'`).join(', ');
  const names = new Set(table.checks.map(({ name }) => name));
  const name = freeName(`${table.dbName}_${column.dbName}_check`, (each) => names.has(each));
  return insertExtra(draft, table, context, {
    symbol: 'check',
    key: `${column.name}Check`,
    text: (check, owner) => `${check}(${quoted(draft, name)}, ${tag}\`\${${memberText(draft, owner, column.name)}} in (${list})\`)`,
    members: [column.name],
    wanted: [sql],
  });
}
