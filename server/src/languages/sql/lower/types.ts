// Column types, as PostgreSQL spells them, to families.
import type { Node, TypeName } from 'libpg-query';
import type { ColumnType, TableName } from '../../../model/nodes';
import type { Span } from '../../../text/span';
import { nameOf } from './names';

export interface LoweredType {
  readonly type: ColumnType;
  /** Name of a type that isn't built in. */
  readonly typeName?: TableName;
  readonly serial: boolean;
}

type Family = (modifiers: readonly number[]) => Omitted<ColumnType>;
type Omitted<T> = T extends unknown ? Omit<T, 'span' | 'raw' | 'array'> : never;

const integer =
  (bits: 16 | 32 | 64, serial = false): Family =>
  () => ({ family: 'integer', bits, serial });
const text =
  (form: 'text' | 'varchar' | 'char'): Family =>
  ([length]) => ({ family: 'text', form, ...(length === undefined ? {} : { length }) });
const timestamp =
  (zoned: boolean): Family =>
  ([precision]) => ({ family: 'timestamp', zoned, implied: false, ...(precision === undefined ? {} : { precision }) });
const plain =
  (family: 'uuid' | 'boolean' | 'date' | 'interval' | 'bytes' | 'money' | 'tsvector' | 'other'): Family =>
  () => ({ family });

const families: { readonly [name: string]: Family } = {
  int2: integer(16),
  int4: integer(32),
  int8: integer(64),
  smallserial: integer(16, true),
  serial2: integer(16, true),
  serial: integer(32, true),
  serial4: integer(32, true),
  bigserial: integer(64, true),
  serial8: integer(64, true),
  text: text('text'),
  citext: () => ({ family: 'text', form: 'text' }),
  varchar: text('varchar'),
  bpchar: text('char'),
  timestamp: timestamp(false),
  timestamptz: timestamp(true),
  numeric: ([precision, scale]) => ({
    family: 'numeric',
    ...(precision === undefined ? {} : { precision }),
    ...(scale === undefined ? {} : { scale }),
  }),
  float4: () => ({ family: 'float', bits: 32 }),
  float8: () => ({ family: 'float', bits: 64 }),
  json: () => ({ family: 'json', binary: false }),
  jsonb: () => ({ family: 'json', binary: true }),
  time: () => ({ family: 'time', zoned: false }),
  timetz: () => ({ family: 'time', zoned: true }),
  interval: plain('interval'),
  uuid: plain('uuid'),
  bool: plain('boolean'),
  date: plain('date'),
  bytea: plain('bytes'),
  money: plain('money'),
  tsvector: plain('tsvector'),
};

/** The type of a column; `span` is where it is written. */
export function lowerType(node: TypeName | undefined, span: Span, raw: string): LoweredType {
  const name = nameOf(node?.names);
  const array = node?.arrayBounds?.length ?? 0;
  const builtIn = name.schema === undefined || name.schema === 'pg_catalog' || name.name === 'citext';
  const family = builtIn && Object.hasOwn(families, name.name) ? families[name.name] : undefined;
  if (!family) {
    const type: ColumnType = { family: 'other', span, raw, array };
    return name.schema === 'pg_catalog' ? { type, serial: false } : { type, typeName: name, serial: false };
  }
  const type: ColumnType = { ...family((node?.typmods ?? []).flatMap(numberOf)), span, raw, array };
  return { type, serial: type.family === 'integer' && type.serial };
}

function numberOf(node: Node): number[] {
  return 'A_Const' in node && node.A_Const.ival ? [node.A_Const.ival.ival ?? 0] : [];
}
