// Constraints that stand in a column's definition, told apart from it.
import { isWord, sqlTokens, type SqlToken } from './sql-text';

export interface InlineConstraint {
  /** The definition without it. */
  readonly rest: string;
  /** From its keyword on: `CHECK (size > 0)`, `REFERENCES users (id) ON DELETE CASCADE`. */
  readonly body: string;
  /** As its author writes it. */
  readonly name?: string;
}

/** The column's only constraint of that kind; undefined where it has none or several. */
export function inlineConstraint(definition: string, keyword: 'CHECK' | 'REFERENCES' | 'UNIQUE'): InlineConstraint | undefined {
  const tokens = sqlTokens(definition).filter(({ depth }) => depth === 0);
  const places = tokens.flatMap((token, at) => (at > 0 && isWord(token, keyword) ? [at] : []));
  const [at] = places;
  const first = at === undefined ? undefined : tokens[at];
  if (at === undefined || !first || places.length > 1) return undefined;
  const named = isWord(tokens[at - 2], 'CONSTRAINT') ? tokens[at - 1] : undefined;
  const start = (named ? tokens[at - 2] : first)?.start ?? first.start;
  const next = tokens.find((token, i) => i > at && opensAnother(token, tokens, i));
  const end = next?.start ?? definition.length;
  return {
    rest: `${definition.slice(0, start).trimEnd()} ${definition.slice(end)}`.trim(),
    body: definition.slice(first.start, end).trim(),
    ...(named && { name: named.text }),
  };
}

/** Where the next constraint of the column begins; `SET NULL`, `NOT VALID` and the like belong to the one before. */
function opensAnother(token: SqlToken, tokens: readonly SqlToken[], at: number): boolean {
  if (isWord(token, 'NOT')) return isWord(tokens[at + 1], 'NULL');
  if (isWord(token, 'NULL')) return !isWord(tokens[at - 1], 'SET', 'NOT');
  if (isWord(token, 'DEFAULT')) return !isWord(tokens[at - 1], 'SET');
  return isWord(token, 'CONSTRAINT', 'CHECK', 'UNIQUE', 'PRIMARY', 'REFERENCES', 'GENERATED', 'COLLATE');
}
