// Gives a foreign key a name: `.references()` takes none, so it becomes a `foreignKey()` among the table's keys.
import type { ts } from 'ts-morph';
import type { IntentOf } from '../../../model/intents';
import type { Edit } from '../../../text/edit';
import type { WriteContext } from '../../language';
import { compiler } from '../../typescript/compiler';
import { isFunction, memberOf, plain, propertyName, returned } from '../../typescript/syntax';
import { callAt, draftOf, edit, quoted, textOf, type Draft } from './draft';
import { insertExtra, memberText, type Owner } from './extra';
import { nameProperty } from './names';

type Edits = readonly Edit[] | undefined;

export function setForeignKeyName({ foreignKey, name }: IntentOf<'setForeignKeyName'>, context: WriteContext): Edits {
  const draft = draftOf(foreignKey.nameSpan.file, context);
  const call = draft && callAt(draft, foreignKey.nameSpan);
  if (!draft || !call) return undefined;
  const link = referencesLink(call);
  return link ? moved(draft, link, { foreignKey, name }, context) : nameProperty(draft, call, name);
}

interface ReferencesLink extends ts.CallExpression {
  readonly expression: ts.PropertyAccessExpression;
}

function referencesLink(call: ts.CallExpression): ReferencesLink | undefined {
  return isLink(call) && call.expression.name.text === 'references' ? call : undefined;
}

function isLink(call: ts.CallExpression): call is ReferencesLink {
  return compiler.isPropertyAccessExpression(call.expression);
}

function moved(draft: Draft, link: ReferencesLink, { foreignKey, name }: Pick<IntentOf<'setForeignKeyName'>, 'foreignKey' | 'name'>, context: WriteContext): Edits {
  const { table, span, columns } = foreignKey;
  const member = table.columns.find(({ dbName }) => dbName === columns[0])?.name;
  const target = targetOf(draft, link);
  const rules = rulesOf(draft, link);
  const removed = { start: link.expression.expression.end, end: link.end };
  // What a shared helper holds belongs to other tables too; comments in the chain would be lost.
  const own = span.file === table.span.file && table.span.start <= span.start && span.end <= table.span.end;
  if (member === undefined || !target || rules === undefined || !own || /\/[/*]/.test(draft.text.slice(removed.start, removed.end))) return undefined;
  const self = foreignKey.target.name === table.dbName && foreignKey.target.schema === table.dbSchema ? target.member : undefined;
  const targetText = (owner: Owner): string => (self === undefined ? target.text : memberText(draft, owner, self));
  return insertExtra(draft, table, context, {
    symbol: 'foreignKey',
    key: `${member}Fk`,
    members: self === undefined || self === member ? [member] : [member, self],
    text: (symbol, owner) =>
      `${symbol}({ name: ${quoted(draft, name)}, columns: [${memberText(draft, owner, member)}], foreignColumns: [${targetText(owner)}] })${rules}`,
    edits: [edit(draft, removed.start, removed.end, '')],
    removed: [removed],
  });
}

/** `users.id`, out of the function that gives it. */
function targetOf(draft: Draft, link: ts.CallExpression): { readonly text: string; readonly member: string } | undefined {
  const fn = link.arguments[0] && plain(link.arguments[0]);
  const result = fn && isFunction(fn) ? returned(fn) : undefined;
  const member = result && memberOf(result);
  return member && { text: textOf(draft, plain(result)), member: member.name };
}

/** `.onDelete('cascade')` for each property of the options; undefined where they say something else. */
function rulesOf(draft: Draft, link: ts.CallExpression): string | undefined {
  const options = link.arguments[1] && plain(link.arguments[1]);
  if (!options) return '';
  if (!compiler.isObjectLiteralExpression(options)) return undefined;
  let rules = '';
  for (const property of options.properties) {
    const key = property.name && propertyName(property.name);
    if (!compiler.isPropertyAssignment(property) || (key !== 'onDelete' && key !== 'onUpdate')) return undefined;
    rules += `.${key}(${textOf(draft, property.initializer)})`;
  }
  return rules;
}
