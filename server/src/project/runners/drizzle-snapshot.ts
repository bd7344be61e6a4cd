// The snapshot beside a Drizzle migration: a migration that drizzle-kit doesn't compute carries a copy of the last one.
import type { TableName } from '../../model/nodes';
import type { Recorded } from '../../model/recorded';
import { asObject, isObject } from '../json';

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
  return JSON.stringify(copy, null, /\n\t/.test(snapshot) ? '\t' : 2) + (/\n$/.test(snapshot) ? '\n' : '');
}

/** Whether drizzle-kit takes all of it for made. */
export function hasOnRecord(snapshot: string, wanted: readonly Recorded[]): boolean {
  let value: unknown;
  try {
    value = JSON.parse(snapshot);
  } catch {
    return false;
  }
  const record = asObject(value);
  const { ddl } = record;
  // One list of everything from 1.0 on; tables with their parts before.
  const holds = Array.isArray(ddl) ? inList(ddl.map(asObject)) : inTables(record);
  return wanted.every(holds);
}

type Entry = Readonly<Record<string, unknown>>;

const LISTS = { table: ['tables'], column: ['columns'], index: ['indexes', 'uniques'], foreignKey: ['fks'], enum: ['enums'] } as const;

function inList(entries: readonly Entry[]): (wanted: Recorded) => boolean {
  return (wanted) => {
    const kinds: readonly unknown[] = LISTS[wanted.kind];
    const owner = wanted.kind === 'enum' || wanted.kind === 'table' ? undefined : wanted.table;
    const { schema } = owner ?? wanted;
    const found = entries.find(
      (entry) => kinds.includes(entry['entityType']) && entry['name'] === wanted.name && entry['table'] === owner?.name && inSchema(entry, schema),
    );
    return found !== undefined && says(found, wanted);
  };
}

function inTables(record: Entry): (wanted: Recorded) => boolean {
  const find = (list: unknown, { name, schema }: TableName): Entry | undefined =>
    Object.values(asObject(list)).map(asObject).find((entry) => entry['name'] === name && inSchema(entry, schema));
  return (wanted) => {
    if (wanted.kind === 'enum') return says(find(record['enums'], wanted), wanted);
    if (wanted.kind === 'table') return find(record['tables'], wanted) !== undefined;
    const table = asObject(find(record['tables'], wanted.table));
    const lists = wanted.kind === 'column' ? ['columns'] : wanted.kind === 'index' ? ['indexes', 'uniqueConstraints'] : ['foreignKeys'];
    return lists.some((list) => says(asObject(table[list])[wanted.name], wanted));
  };
}

function inSchema({ schema }: Entry, wanted: string | undefined): boolean {
  return (schema === undefined || schema === '' ? 'public' : schema) === (wanted ?? 'public');
}

/** Whether an entry that was found by its name is what is wanted. */
function says(entry: unknown, wanted: Recorded): boolean {
  if (!isObject(entry)) return false;
  if (wanted.kind === 'column') return entry['notNull'] === wanted.required;
  if (wanted.kind === 'foreignKey') return String(entry['onDelete'] ?? 'no action').toLowerCase() === wanted.onDelete;
  const values = entry['values'];
  // Enums were kept as objects once.
  return wanted.kind !== 'enum' || wanted.values.every((value) => (Array.isArray(values) ? values : Object.values(asObject(values))).includes(value));
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
