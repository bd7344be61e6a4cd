// Writes where the nulls of a descending index part stand, or takes the order away.
import type { ts } from 'ts-morph';
import type { IntentOf } from '../../../model/intents';
import type { Edit } from '../../../text/edit';
import type { WriteContext } from '../../language';
import { compiler } from '../../typescript/compiler';
import { callAt, draftOf, edit } from './draft';

export function setNulls({ part, to }: IntentOf<'setNulls'>, context: WriteContext): readonly Edit[] | undefined {
  const draft = draftOf(part.span.file, context);
  const whole = draft && callAt(draft, part.span);
  const link = whole && descLink(whole);
  if (!draft || !link) return undefined;
  const { end } = link;
  if (to === 'first') return [edit(draft, end, end, '.nullsFirst()')];
  return [edit(draft, link.expression.expression.end, end, '')];
}

interface DescLink extends ts.CallExpression {
  readonly expression: ts.PropertyAccessExpression;
}

/** The `.desc()` in a chain of calls. */
function descLink(call: ts.CallExpression): DescLink | undefined {
  let node: ts.Expression = call;
  while (compiler.isCallExpression(node) && compiler.isPropertyAccessExpression(node.expression)) {
    if (isDesc(node)) return node;
    node = node.expression.expression;
  }
  return undefined;
}

function isDesc(node: ts.CallExpression): node is DescLink {
  return compiler.isPropertyAccessExpression(node.expression) && node.expression.name.text === 'desc';
}
