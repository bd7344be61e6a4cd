// Lets a column take null.
import type { IntentOf } from '../../../model/intents';
import type { Edit } from '../../../text/edit';
import type { WriteContext } from '../../language';
import { unchain } from '../calls';
import { compiler } from '../../typescript/compiler';
import { draftOf, edit, nodeAt, place } from './draft';

/** Takes `.notNull()` out of the column's chain. */
export function setNullable({ column }: IntentOf<'setNullable'>, context: WriteContext): readonly Edit[] | undefined {
  const { span, table } = column;
  const draft = draftOf(span.file, context);
  // A column of a shared helper belongs to other tables too.
  const own = span.file === table.span.file && table.span.start <= span.start && span.end <= table.span.end;
  const property = draft && own ? nodeAt(draft, span) : undefined;
  if (!draft || !property || !compiler.isPropertyAssignment(property)) return undefined;
  const links = unchain(place(draft, property.initializer), draft.resolver)?.links ?? [];
  if (links.some(({ name }) => name === 'primaryKey')) return undefined;
  const [link, ...more] = links.filter(({ name }) => name === 'notNull');
  const node = link?.call.node;
  const inside = node && link.call.source === draft.parsed && span.start <= node.getStart(draft.parsed.sourceFile) && node.end <= span.end;
  if (!inside || more.length > 0 || !compiler.isPropertyAccessExpression(node.expression)) return undefined;
  return [edit(draft, node.expression.expression.end, node.end, '')];
}
