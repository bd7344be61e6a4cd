// Writes onto a time what fills it by itself: the moment of the insert, or of every update.
import type { Edit } from '../../../text/edit';
import type { IntentOf } from '../../../model/intents';
import type { Column } from '../../../model/nodes';
import type { WriteContext } from '../../language';
import { attributeNamed, type Field } from '../parse/syntax';
import { addAttribute } from './layout';
import { fieldAt, insert, placeOf, type Place } from './place';

export function setNowDefault({ column }: IntentOf<'setNowDefault'>, context: WriteContext): readonly Edit[] | undefined {
  const found = timeAt(column, context);
  if (!found || attributeNamed(found.field.attributes, 'default')) return undefined;
  return [withAttribute(found.place, found.field, '@default(now())', undefined)];
}

export function keepUpdated({ column }: IntentOf<'keepUpdated'>, context: WriteContext): readonly Edit[] | undefined {
  const found = timeAt(column, context);
  if (!found || attributeNamed(found.field.attributes, 'updatedAt')) return undefined;
  return [withAttribute(found.place, found.field, '@updatedAt', 'default')];
}

interface Found {
  readonly place: Place;
  readonly field: Field;
}

/** The field, where it is of the type that both attributes want. */
function timeAt(column: Column, context: WriteContext): Found | undefined {
  const place = placeOf(column.span, context);
  const field = place && fieldAt(column.span, place);
  return place && field && field.type === 'DateTime' && !field.list ? { place, field } : undefined;
}

/** Puts an attribute behind another one, else in front of all of them, where it lines up with its neighbours'. */
function withAttribute(place: Place, field: Field, text: string, behind: string | undefined): Edit {
  const before = behind === undefined ? undefined : attributeNamed(field.attributes, behind);
  if (before) return insert(place, before.to, ` ${text}`);
  const [first] = field.attributes;
  return first ? insert(place, first.from, `${text} `) : addAttribute(place, field, text);
}
