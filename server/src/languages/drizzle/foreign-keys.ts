// Foreign keys: `.references()` on a column, and `foreignKey({ … })` in the third argument.
import type { ts } from 'ts-morph';
import type { ForeignKey, ReferentialAction, Table } from '../../model/nodes';
import { innerBinding } from '../typescript/bindings';
import type { Chain, Link } from './calls';
import { compiler } from '../typescript/compiler';
import { arrayOf, columnName, elementSpans, linkOf, rawOf, type Element, type ExtraContext } from './elements';
import { foreignKeyName } from './names';
import { spanOf } from '../typescript/parse';
import { referenceTo, type Reference } from './references';
import type { Place, Resolver } from './resolver';
import { isFunction, memberOf, plain, returned } from '../typescript/syntax';

/** The foreign key of a `.references(() => users.id, { onDelete: "cascade" })`; undefined where it can't be read. */
export function inlineForeignKey(link: Link, column: string, table: Table, modern: boolean, resolver: Resolver): ForeignKey | undefined {
  const { source, node } = link.call;
  const [target, options] = node.arguments;
  const fn = target && resolver.node({ ...link.call, node: target });
  const result = fn && isFunction(fn.node) ? returned(fn.node) : undefined;
  if (!fn || !result) return undefined;
  const place: Place = { ...fn, node: plain(result) };
  const reference = referenceTo(place, resolver);
  if (!reference) return undefined;
  const span = spanOf(source, link.nameNode.getStart(source.sourceFile), node.end);
  const object = options && objectAt({ ...link.call, node: options }, resolver);
  const onDelete = object && actionOf(written(object, 'onDelete', resolver), resolver);
  const onUpdate = object && actionOf(written(object, 'onUpdate', resolver), resolver);
  const dbName = foreignKeyName({ table, modern }, [column], reference.table.name, [reference.column]);
  return {
    kind: 'foreignKey',
    table,
    span,
    nameSpan: span,
    ...(dbName !== undefined && { dbName }),
    columns: [column],
    target: reference.table,
    targetSpan: rawOf(place).span,
    targetColumns: [reference.column],
    ...(onDelete && { onDelete }),
    ...(onUpdate && { onUpdate }),
    validated: true,
  };
}

/** The foreign key of a `foreignKey({ columns, foreignColumns })`; undefined where it can't be read. */
export function readForeignKey(element: Element, chain: Chain, context: ExtraContext): ForeignKey | undefined {
  const { resolver, table } = context;
  const [argument] = chain.base.node.arguments;
  const options = argument && objectAt({ ...chain.base, node: argument }, resolver);
  const columns = options && arrayOf(options, 'columns', context)?.map((place) => columnName(place, context));
  const targets = options && arrayOf(options, 'foreignColumns', context);
  const references = targets?.map((place) => foreignColumn(place, context));
  const [at] = targets ?? [];
  const [target] = references ?? [];
  if (!columns || !at || !target || columns.includes(undefined)) return undefined;
  const nameAt = written(options, 'name', resolver);
  const name = nameAt && resolver.text(nameAt);
  const own = columns.filter((one) => one !== undefined);
  const targetColumns = references?.flatMap((one) => (one ? [one.column] : [])) ?? [];
  const dbName = nameAt ? name : foreignKeyName(context, own, target.table.name, targetColumns);
  const onDelete = actionOf(argumentOf(linkOf(chain, 'onDelete')), resolver);
  const onUpdate = actionOf(argumentOf(linkOf(chain, 'onUpdate')), resolver);
  return {
    kind: 'foreignKey',
    table,
    ...elementSpans(element, chain),
    ...(name !== undefined && { name }),
    ...(dbName !== undefined && { dbName }),
    columns: own,
    target: target.table,
    targetSpan: rawOf(at).span,
    targetColumns,
    ...(onDelete && { onDelete }),
    ...(onUpdate && { onUpdate }),
    validated: true,
  };
}

/** The object literal that an argument is, or that the function given in its place returns. */
function objectAt(place: Place, resolver: Resolver): Place<ts.ObjectLiteralExpression> | undefined {
  const found = resolver.node(place);
  const result = found && isFunction(found.node) ? returned(found.node) : undefined;
  const object = found && result ? resolver.node({ ...found, node: result }) : found;
  return object && compiler.isObjectLiteralExpression(object.node) ? { ...object, node: object.node } : undefined;
}

function written(object: Place<ts.ObjectLiteralExpression>, name: string, resolver: Resolver): Place | undefined {
  const found = resolver.property(object, name);
  return found === 'unknown' ? undefined : found;
}

function argumentOf(link: Link | undefined): Place | undefined {
  const argument = link?.call.node.arguments[0];
  return link && argument && { ...link.call, node: argument };
}

/** A column of another table by its constant, or one of the table itself by the parameter. */
function foreignColumn(place: Place, context: ExtraContext): Reference | undefined {
  const owner = memberOf(place.node)?.owner;
  const byConstant = owner !== undefined && compiler.isIdentifier(owner) && !innerBinding(owner);
  return (byConstant ? undefined : ownColumn(place, context)) ?? referenceTo(place, context.resolver);
}

function ownColumn(place: Place, context: ExtraContext): Reference | undefined {
  const column = columnName(place, context);
  if (column === undefined) return undefined;
  const { dbName, dbSchema } = context.table;
  return { table: { name: dbName, ...(dbSchema !== undefined && { schema: dbSchema }) }, column };
}

const ACTIONS: Readonly<Record<string, ReferentialAction>> = {
  cascade: 'cascade',
  restrict: 'restrict',
  'no action': 'no action',
  'set null': 'set null',
  'set default': 'set default',
};

/** A referential action as Drizzle spells it, at its place. */
function actionOf(place: Place | undefined, resolver: Resolver): ForeignKey['onDelete'] {
  const action = place && ACTIONS[resolver.text(place) ?? ''];
  if (!place || !action) return undefined;
  const { source, node } = place;
  return { action, span: spanOf(source, node.getStart(source.sourceFile), node.end) };
}
