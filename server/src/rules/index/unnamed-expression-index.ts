// Reports indexes on an expression that nobody can name.
import type { Rule } from '../../linter/rule';
import { shortName } from '../../model/identifiers';
import { snakeCase } from '../../model/naming-style';
import type { Index } from '../../model/nodes';

export const unnamedExpressionIndex: Rule = {
  id: 'unnamed-expression-index',
  meta: {
    title: 'An index on an expression has no name, so no migration can be made.',
    severity: 'error',
    fix: 'safe',
    languages: ['drizzle'],
    dialects: ['postgresql', 'cockroachdb', 'gel'],
    bible: '+',
  },
  visit: {
    *index(index) {
      if (!index.unnamed || index.constraint) return;
      const name = nameFor(index);
      yield {
        at: index.nameSpan,
        message: `No migration can be made for \`${index.table.name}\`, because an index on an expression needs a name and this one has none.`,
        help: 'Name it.',
        fixes: [{ title: `Name it \`${name}\``, kind: 'safe', preferred: true, intent: () => ({ do: 'setIndexName', index, name }) }],
      };
    },
  },
};

/** `users_lower_email_idx` for `lower("users"."email")`. */
function nameFor({ table, parts }: Index): string {
  const hints = parts.flatMap(({ column, expression = '' }) => column ?? wordsOf(expression));
  return shortName(table.dbName, distinct(hints), 'idx', (name) => table.indexes.some((other) => other.name === name));
}

/** The words of an expression, without literals, casts, operator classes and what stands before a dot. */
function wordsOf(expression: string): string[] {
  const bare = expression.replaceAll(/'(?:[^']|'')*'|::\s*[\w."]+|\w+_ops\b|[\w$"]+\s*\./g, ' ');
  return (bare.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []).map(snakeCase);
}

function distinct(words: readonly string[]): string[] {
  return [...new Set(words.filter((word) => word !== ''))];
}
