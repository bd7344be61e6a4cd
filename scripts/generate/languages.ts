// Which languages a rule is about, for its documents and its page's tests.
import type { RegisteredRule } from '../../server/src/linter/rule';
import type { LanguageId, NodeKind } from '../../server/src/model/nodes';

/** Which languages lower the kinds of nodes that not all of them have. */
const LOWERED_BY: { readonly [K in NodeKind]?: readonly LanguageId[] } = {
  migration: ['sql'],
  statement: ['sql'],
  change: ['sql'],
  query: ['code'],
  rawSql: ['code'],
  // Prisma has no words for them.
  policy: ['drizzle', 'sql'],
};
const SCHEMAS: readonly LanguageId[] = ['prisma', 'drizzle', 'sql'];
const ALL: readonly LanguageId[] = [...SCHEMAS, 'code'];

/** The languages that a rule serves: what it says itself, else those that lower a kind of node that it visits. */
export function languagesOf({ rule }: RegisteredRule): readonly LanguageId[] {
  if (rule.meta.languages) return rule.meta.languages;
  const kinds = Object.keys(rule.visit) as NodeKind[];
  const lowering = new Set(kinds.flatMap((kind) => LOWERED_BY[kind] ?? SCHEMAS));
  return ALL.filter((language) => lowering.has(language));
}
