// The values that Drizzle's types let through in a text column, while the database takes any.
import type { ts } from 'ts-morph';
import type { Chain, Link } from './calls';
import { optionsObject } from './columns';
import { compiler } from '../typescript/compiler';
import type { Resolver } from './resolver';
import { textsIn } from './texts';

/** From `{ enum: […] }` or `.$type<'a' | 'b'>()`; empty where it is written but can't be read. */
export function allowedValues({ base, links }: Chain, resolver: Resolver): readonly string[] | undefined {
  const typed = links.find(({ name }) => name === '$type');
  const fromType = typed && valuesOfType(typed);
  if (fromType) return fromType;
  const object = optionsObject(base, resolver);
  const list = object && resolver.property(object, 'enum');
  if (!list) return undefined;
  return list === 'unknown' ? [] : textsIn(list, resolver);
}

function valuesOfType({ call }: Link): readonly string[] | undefined {
  const type = call.node.typeArguments?.[0];
  // A type by name can be followed only by a checker; what it lets through is the author's choice.
  if (!type || type.kind === compiler.SyntaxKind.StringKeyword) return undefined;
  return literalsOf(type) ?? [];
}

function literalsOf(type: ts.TypeNode): string[] | undefined {
  const members = compiler.isUnionTypeNode(type) ? [...type.types] : [type];
  const values = members.flatMap((member) =>
    compiler.isLiteralTypeNode(member) && compiler.isStringLiteral(member.literal) ? [member.literal.text] : [],
  );
  return values.length === members.length ? values : undefined;
}
