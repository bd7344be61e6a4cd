// The syntax of one block of a Prisma schema. Offsets count UTF-16 code units from the start of the block's chunk.

export interface Range {
  readonly from: number;
  readonly to: number;
}

export const BLOCK_KINDS = ['model', 'view', 'type', 'enum', 'datasource', 'generator'] as const;
export type BlockKind = (typeof BLOCK_KINDS)[number];

/** A value inside an attribute or after `=`. `text` is as written; a string's has its quotes and escapes resolved. */
export type Value = Range &
  (
    | { readonly kind: 'word'; readonly text: string }
    | { readonly kind: 'string'; readonly text: string }
    | { readonly kind: 'array'; readonly items: readonly Value[] }
    | { readonly kind: 'call'; readonly name: string; readonly args: readonly Argument[] }
    | { readonly kind: 'object'; readonly entries: readonly Argument[] }
  );

/** `value` or `key: value`. */
export interface Argument extends Range {
  readonly key?: string;
  readonly value: Value;
}

/** `@name(args)`, `@group.name(args)`, or with two at-signs on a line of its own. */
export interface Attribute extends Range {
  /** The data source's name before the dot of a native type. */
  readonly group?: string;
  readonly name: string;
  /** The name alone, without at-signs and group. */
  readonly nameAt: Range;
  readonly args: readonly Argument[];
}

/** `name Type? @attribute …`, without its comment. */
export interface Field extends Range {
  readonly kind: 'field';
  readonly name: string;
  readonly nameAt: Range;
  /** The type's name, or `Unsupported` with its argument in `unsupported`. */
  readonly type: string;
  /** The type without `?` and `[]`. */
  readonly typeAt: Range;
  readonly unsupported?: string;
  readonly list: boolean;
  readonly optional: boolean;
  readonly attributes: readonly Attribute[];
}

export interface BlockAttribute extends Range {
  readonly kind: 'attribute';
  readonly attribute: Attribute;
}

export interface EnumValue extends Range {
  readonly kind: 'value';
  readonly name: string;
  readonly nameAt: Range;
  readonly attributes: readonly Attribute[];
}

export interface Assignment extends Range {
  readonly kind: 'assignment';
  readonly key: string;
  readonly keyAt: Range;
  readonly value: Value;
}

export type Member = Field | BlockAttribute | EnumValue | Assignment;

export interface Block {
  readonly kind: BlockKind;
  readonly name: string;
  readonly nameAt: Range;
  /** In the order of the text. */
  readonly members: readonly Member[];
  /** Content of the lines that couldn't be read. */
  readonly broken: readonly Range[];
  /** Its closing brace; absent where the block just stops. */
  readonly close?: number;
}

export function fieldsOf(block: Block): Field[] {
  return block.members.filter((member) => member.kind === 'field');
}

export function attributesOf(block: Block): Attribute[] {
  return block.members.flatMap((member) => (member.kind === 'attribute' ? [member.attribute] : []));
}

export function attributeNamed(attributes: readonly Attribute[], name: string): Attribute | undefined {
  return attributes.find((attribute) => attribute.group === undefined && attribute.name === name);
}

/** The argument of that name, else the one without a name at that place. */
export function argument(attribute: Attribute, key: string, position?: number): Argument | undefined {
  const named = attribute.args.find((arg) => arg.key === key);
  if (named || position === undefined) return named;
  return attribute.args.filter((arg) => arg.key === undefined)[position];
}

/** The text of a string argument. */
export function textArgument(attribute: Attribute | undefined, key: string, position?: number): string | undefined {
  const value = attribute && argument(attribute, key, position)?.value;
  return value?.kind === 'string' ? value.text : undefined;
}
