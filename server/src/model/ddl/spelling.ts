// How names and values are spelled in SQL that is put together from the model.
import type { Enum, TableName } from '../nodes';
import { isReserved } from '../reserved-words';

/** What a statement's words depend on beside the node that it makes. */
export interface Spelling {
  /** Every name in quotes, as ORMs write theirs; else only those that need them. */
  readonly quoteAll: boolean;
  /** The enums of the schema: they tell in which schema a type lies, and which values are known in the database. */
  readonly enums?: readonly Enum[];
}

/** The spelling that goes with a schema's own language. */
export function spellingOf({ language, enums }: { readonly language: string; readonly enums?: readonly Enum[] }): Spelling {
  return { quoteAll: language !== 'sql', ...(enums && { enums }) };
}

/** A name as an identifier. */
export function identifier(name: string, { quoteAll }: Spelling): string {
  const plain = !quoteAll && /^[a-z_][a-z0-9_]*$/.test(name) && !isReserved(name);
  return plain ? name : `"${name.replaceAll('"', '""')}"`;
}

export function identifiers(names: readonly string[], spelling: Spelling): string {
  return names.map((name) => identifier(name, spelling)).join(', ');
}

/** A name with its schema, where one is written. */
export function qualified({ name, schema }: TableName, spelling: Spelling): string {
  const own = identifier(name, spelling);
  return schema === undefined ? own : `${identifier(schema, spelling)}.${own}`;
}

/** A text as a string constant. */
export function stringConstant(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Words with a blank between them, absent ones left out. */
export function words(...parts: readonly (string | undefined | false)[]): string {
  return parts.filter((part) => part).join(' ');
}
