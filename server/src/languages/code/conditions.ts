// Reads the function form of filters: `and(eq(users.email, email), gt(users.createdAt, since))`.
import type { ts } from 'ts-morph';
import type { Filter } from '../../model/queries';
import { compiler } from '../typescript/compiler';
import { isFunction, memberOf, plain, returned } from '../typescript/syntax';
import { calleeName } from './chain';
import { isUndefined, readWhere, type FilterList } from './filters';
import { constant, literalsIn } from './values';

const OPERATORS: Readonly<Record<string, Filter['operator']>> = {
  eq: 'equal', inArray: 'in', gt: 'range', gte: 'range', lt: 'range', lte: 'range', between: 'range', isNull: 'null',
  like: 'text', ilike: 'text', ne: 'other', notInArray: 'other', isNotNull: 'other', notBetween: 'other', notLike: 'other', notIlike: 'other',
  arrayContains: 'other', arrayContained: 'other', arrayOverlaps: 'other',
}; // prettier-ignore

/** The query's own table: its name, and others under which its columns are written. */
export interface Own {
  readonly names: ReadonlySet<string>;
}

/** Reads a condition as it is given to `.where()`; in the query API it may be a function or an object. */
export function readCondition(node: ts.Node | undefined, into: FilterList, own: Own, vague = false, depth = 0): void {
  if (!node) return;
  const written = plain(node);
  const inner = constant(written);
  if (depth > 20) into.known = false;
  else if (isUndefined(inner)) return;
  else if (isFunction(inner)) {
    const [parameter] = inner.parameters;
    const name = parameter && compiler.isIdentifier(parameter.name) ? [parameter.name.text] : [];
    const result = returned(inner);
    if (result) readCondition(result, into, { names: new Set([...own.names, ...name]) }, vague, depth + 1);
    else into.known = false;
  } else if (compiler.isObjectLiteralExpression(inner)) readWhere(inner, into, [], vague);
  else if (compiler.isCallExpression(inner)) readCall(inner, into, own, vague, depth);
  else if (compiler.isConditionalExpression(inner)) {
    into.known = false;
    for (const branch of [inner.whenTrue, inner.whenFalse]) readCondition(branch, into, own, true, depth + 1);
  } else if (compiler.isBinaryExpression(inner)) {
    into.known = false;
    readCondition(inner.right, into, own, true, depth + 1);
  } else {
    into.known = false;
    if (compiler.isTaggedTemplateExpression(inner)) readTemplate(inner, into, own);
  }
}

function readCall(call: ts.CallExpression, into: FilterList, own: Own, vague: boolean, depth: number): void {
  const name = calleeName(call) ?? '';
  if (name === 'and' || name === 'or' || name === 'not') {
    for (const argument of call.arguments) {
      if (compiler.isSpreadElement(argument)) into.known = false;
      else readCondition(argument, into, own, vague || name !== 'and', depth + 1);
    }
    return;
  }
  const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
  const [subject, ...values] = call.arguments;
  const column = subject && memberOf(subject);
  if (operator === undefined || !column) {
    into.known = false;
    return;
  }
  const through = throughOf(column.owner, own);
  into.add({ column: column.name, through, operator: vague ? 'other' : operator, values: vague && operator === 'text' ? [] : values.flatMap((value) => literalsIn(value)) }, call);
  // A join's condition, or a comparison of two columns, says something of both.
  for (const value of values) {
    const other = memberOf(value);
    if (other && compiler.isIdentifier(plain(other.owner)) && own.names.has(ownerName(other.owner) ?? '')) {
      into.add({ column: other.name, through: [], operator: 'other', values: [] }, value);
    }
  }
}

/** Columns that stand in a `sql` template. */
function readTemplate({ template }: ts.TaggedTemplateExpression, into: FilterList, own: Own): void {
  if (!compiler.isTemplateExpression(template)) return;
  for (const { expression } of template.templateSpans) {
    const column = memberOf(expression);
    if (column) into.add({ column: column.name, through: throughOf(column.owner, own), operator: 'other', values: [] }, expression);
  }
}

function throughOf(owner: ts.Node, own: Own): string[] {
  const name = ownerName(owner);
  return name === undefined || own.names.has(name) ? [] : [name];
}

/** `users` for `users` and for `schema.users`. */
function ownerName(owner: ts.Node): string | undefined {
  const inner = plain(owner);
  return compiler.isIdentifier(inner) ? inner.text : memberOf(inner)?.name;
}
