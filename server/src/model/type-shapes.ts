// Types as PostgreSQL's format_type() calls them, with the numbers in their parentheses, so that two can be compared.
import type { ColumnType } from './nodes';
import { builtInTypes } from './postgres-catalog.generated';
import { sqlTokens } from './sql-text';

export interface TypeShape {
  readonly name: string;
  /** Length, or precision and scale; empty where none are written. */
  readonly mods: readonly number[];
  readonly array: boolean;
  /** The fields that an interval is held to, in capitals: `DAY TO SECOND`. */
  readonly fields: string;
}

const ALIASES: Readonly<Record<string, string>> = {
  int: 'integer',
  int4: 'integer',
  int2: 'smallint',
  int8: 'bigint',
  float: 'double precision',
  float8: 'double precision',
  float4: 'real',
  bool: 'boolean',
  decimal: 'numeric',
  dec: 'numeric',
  varchar: 'character varying',
  'char varying': 'character varying',
  char: 'character',
  bpchar: 'character',
  varbit: 'bit varying',
  timestamp: 'timestamp without time zone',
  timestamptz: 'timestamp with time zone',
  time: 'time without time zone',
  timetz: 'time with time zone',
};
/** Those that hold one character or bit where no length is written. */
const SINGLE = /^(char|character|bit)$/;

export function typeShape(type: ColumnType): TypeShape {
  const array = type.array > 0;
  const shape = (name: string, ...mods: readonly (number | undefined)[]): TypeShape => ({ name, mods: mods.flatMap((mod) => mod ?? []), array, fields: '' });
  switch (type.family) {
    case 'integer':
      return shape(type.bits === 64 ? 'bigint' : type.bits === 16 ? 'smallint' : 'integer');
    case 'text':
      if (/\bcitext\b/i.test(type.raw)) return shape('citext');
      return shape(type.form === 'text' ? 'text' : type.form === 'char' ? 'character' : 'character varying', type.length);
    case 'timestamp':
      return shape(type.zoned ? 'timestamp with time zone' : 'timestamp without time zone', type.precision);
    case 'numeric':
      return shape('numeric', type.precision, type.scale);
    case 'float':
      return shape(type.bits === 32 ? 'real' : 'double precision');
    case 'json':
      return shape(type.binary ? 'jsonb' : 'json');
    case 'bytes':
      return shape('bytea');
    case 'enum':
      return shape(`enum ${type.enumName}`);
    case 'uuid':
    case 'boolean':
    case 'date':
    case 'money':
    case 'tsvector':
      return shape(type.family);
    case 'time':
    case 'interval':
    case 'other':
      return { ...shapeOfText(type.raw), array };
  }
}

/** The same of a type as SQL writes it. */
export function shapeOfText(text: string): TypeShape {
  const words: string[] = [];
  const mods: number[] = [];
  let array = false;
  let quoted = false;
  for (const { kind, text: written, depth } of sqlTokens(text)) {
    if (written === '[') array = true;
    else if (kind === 'quoted') {
      words.push(written.slice(1, -1));
      quoted = true;
    } else if (kind === 'number' && depth > 0) mods.push(Number(written));
    else if (kind === 'word') {
      if (written.toUpperCase() === 'ARRAY') array = true;
      else words.push(written.toLowerCase());
    } else if (written === '.' && words.length > 0) words[words.length - 1] += '.';
  }
  const joined = words.join(' ').replaceAll('. ', '.').replace(/^pg_catalog\./, '');
  if (joined.startsWith('interval')) return { name: 'interval', mods, array, fields: joined.slice('interval'.length).trim().toUpperCase() };
  const name = quoted ? (joined === 'char' ? '"char"' : joined) : (ALIASES[joined] ?? joined);
  const [first] = !quoted && mods.length === 0 && SINGLE.test(joined) ? [1] : mods;
  return { name, mods: first === undefined ? [] : [first, ...mods.slice(1)], array, fields: '' };
}

/** Whether PostgreSQL, or the history, tells what the type is: any other may be a domain. */
export function isKnownType(name: string): boolean {
  return builtInTypes.has(name) || name === 'citext' || name.startsWith('enum ');
}
