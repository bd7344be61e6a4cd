// Writes delete rules into @relation.
import type { Edit } from '../../../text/edit';
import type { IntentOf } from '../../../model/intents';
import type { ReferentialAction, Schema } from '../../../model/nodes';
import type { WriteContext } from '../../language';
import { argument, attributeNamed } from '../parse/syntax';
import { fieldAt, insert, placeOf, replace } from './place';

export const SPELLING: Readonly<Record<ReferentialAction, string>> = {
  cascade: 'Cascade',
  restrict: 'Restrict',
  'no action': 'NoAction',
  'set null': 'SetNull',
  'set default': 'SetDefault',
};

/** Replaces the delete rule of a relation, or adds one behind what it references. */
export function setOnDelete({ foreignKey, action }: IntentOf<'setOnDelete'>, context: WriteContext): readonly Edit[] | undefined {
  const place = placeOf(foreignKey.span, context);
  const field = place && fieldAt(foreignKey.span, place);
  const relation = field && attributeNamed(field.attributes, 'relation');
  if (!place || !relation || !isAllowed(action, context.schema)) return undefined;
  const present = argument(relation, 'onDelete')?.value;
  if (present) return [replace(place, present, SPELLING[action])];
  const before = argument(relation, 'references') ?? relation.args.at(-1);
  return before && [insert(place, before.to, `, onDelete: ${SPELLING[action]}`)];
}

/** Prisma refuses what the database, or its own emulation of relations, doesn't have. */
function isAllowed(action: ReferentialAction, { dialect, emulatedRelations }: Schema): boolean {
  if (action === 'restrict') return dialect !== 'sqlserver';
  return action !== 'set default' || (!emulatedRelations && dialect !== 'mongodb' && dialect !== 'mysql');
}
