// How rules tell that something which a migration takes away is still used.
import type { UsePlace } from '../model/queries';
import type { Finding, Related } from './rule';

/** A list of places is for looking around, not for counting. */
const MOST_PLACES = 10;

const words: Readonly<Record<UsePlace['by'], (name: string) => string>> = {
  schema: (name) => `${name} still stands in the schema here, so its queries ask for it.`,
  code: (name) => `The code uses ${name} here.`,
  sql: (name) => `This SQL names ${name}.`,
};

/** The parts of a finding about something that is still used; `name` is what the places name, in backticks. */
export function stillUsed(places: readonly UsePlace[], name: string): Pick<Finding, 'related' | 'pressing'> {
  const related = places.slice(0, MOST_PLACES).map(({ at, by }): Related => ({ at, message: words[by](name) }));
  return { related, pressing: true };
}

/** `in one place`, `in 3 places`, `in 12 places (10 of them are listed, and 2 more)`. */
export function inPlaces({ length }: readonly UsePlace[]): string {
  if (length === 1) return 'in one place';
  const more = length - MOST_PLACES;
  return `in ${length} places${more > 0 ? ` (${MOST_PLACES} are listed, and ${more} more)` : ''}`;
}
