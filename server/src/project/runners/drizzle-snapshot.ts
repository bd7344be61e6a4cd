// The snapshot beside a Drizzle migration: a migration that drizzle-kit doesn't compute carries a copy of the last one.
import { isObject } from '../json';

/** A copy under an identity of its own that names the original as its parent; undefined where it can't be read. */
export function copiedSnapshot(snapshot: string, name: string): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(snapshot);
  } catch {
    return undefined;
  }
  if (!isObject(value)) return undefined;
  const parent = typeof value['id'] === 'string' ? value['id'] : '';
  const lineage = 'prevIds' in value ? { prevIds: [parent] } : { prevId: parent };
  const copy = { ...value, id: identity(`${parent} ${name}`), ...lineage };
  return JSON.stringify(copy, null, /\n\t/.test(snapshot) ? '\t' : 2);
}

/** A UUID drawn from a text: equal texts give equal ones, so asking twice for an edit gives the same edit. */
function identity(seed: string): string {
  let digits = '';
  for (let round = 0; digits.length < 32; round++) {
    let hash = 0x811c9dc5 ^ round;
    for (let i = 0; i < seed.length; i++) hash = Math.imul(hash ^ seed.charCodeAt(i), 0x01000193);
    hash ^= hash >>> 15;
    hash = Math.imul(hash, 0x85ebca6b);
    hash ^= hash >>> 13;
    digits += (hash >>> 0).toString(16).padStart(8, '0');
  }
  const hex = `${digits.slice(0, 12)}4${digits.slice(13, 16)}8${digits.slice(17, 32)}`;
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
