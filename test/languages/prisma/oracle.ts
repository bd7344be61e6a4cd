// Prisma's own word on a schema: its validator, and what it generates clients from.
import { createRequire } from 'node:module';
import { join } from 'node:path';

interface SchemaWasm {
  validate(request: string): void;
  get_dmmf(request: string): string;
}

const require = createRequire(join(process.cwd(), 'package.json'));

function wasm(): SchemaWasm {
  return require('@prisma/prisma-schema-wasm') as SchemaWasm;
}

/** What Prisma says against the schema; undefined where it is valid. */
export function validate(...texts: string[]): string | undefined {
  try {
    wasm().validate(JSON.stringify({ prismaSchema: texts.map((text, index) => [`${index}.prisma`, text]), noColor: true }));
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

export interface DmmfField {
  readonly name: string;
  readonly dbName?: string | null;
  readonly kind: 'scalar' | 'object' | 'enum' | 'unsupported';
  readonly isList: boolean;
  readonly isRequired: boolean;
  readonly isUnique: boolean;
  readonly isId: boolean;
  readonly isUpdatedAt?: boolean;
  readonly hasDefaultValue: boolean;
  readonly type: string;
  readonly nativeType?: readonly [string, readonly string[]] | null;
  readonly relationFromFields?: readonly string[];
  readonly relationToFields?: readonly string[];
  readonly relationOnDelete?: string;
}

export interface DmmfIndex {
  readonly model: string;
  readonly type: 'id' | 'normal' | 'unique' | 'fulltext';
  readonly isDefinedOnField: boolean;
  readonly dbName?: string;
  readonly algorithm?: string;
  readonly fields: readonly { readonly name: string; readonly sortOrder?: string }[];
}

export interface Datamodel {
  readonly models: readonly { readonly name: string; readonly dbName: string | null; readonly fields: readonly DmmfField[] }[];
  readonly indexes: readonly DmmfIndex[];
  readonly enums: readonly { readonly name: string; readonly dbName?: string | null; readonly values: readonly { readonly name: string; readonly dbName?: string | null }[] }[];
}

/** What Prisma generates clients from. */
export function datamodel(text: string): Datamodel {
  const dmmf = JSON.parse(wasm().get_dmmf(JSON.stringify({ prismaSchema: [['schema.prisma', text]] }))) as { datamodel: Datamodel };
  return dmmf.datamodel;
}
