// The ways in which tables and columns are named in the proof of the fixes.

export interface Names {
  readonly title: string;
  /** The schema as written; absent where the search path finds it. */
  readonly schema?: string;
  /** A table as written, from snake_case: `app.user_post`, `"App"."UserPost"`. */
  table(words: string): string;
  /** A column as written: `author_id`, `"authorId"`. */
  column(words: string): string;
  /** A constraint, an index or another table's bare name as written, from table, columns and ending. */
  own(table: string, ...rest: readonly string[]): string;
  /** A statement as this author writes it. */
  write(sql: string): string;
  /** What ends a line in the author's files. */
  readonly newline: string;
}

const camel = (words: string): string => words.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
const pascal = (words: string): string => camel(`_${words}`);

/** Everything but strings and quoted names. */
const lower = (sql: string): string => sql.replace(/"[^"]*"|'[^']*'|\w+/g, (word) => (/^["']/.test(word) ? word : word.toLowerCase()));

function naming(title: string, quotes: boolean, schema?: string, write = (sql: string): string => sql, newline = '\n'): Names {
  const own: Names['own'] = (table, ...rest) => (quotes ? `"${[pascal(table), ...rest.map(camel)].join('_')}"` : [table, ...rest].join('_'));
  return {
    title,
    ...(schema !== undefined && { schema }),
    own,
    write,
    newline,
    table: (words) => (schema === undefined ? own(words) : `${schema}.${own(words)}`),
    column: (words) => (quotes ? `"${camel(words)}"` : words),
  };
}

export const styles: readonly Names[] = [
  naming('plain', false),
  naming('quoted', true),
  naming('in a schema', false, 'app'),
  naming('quoted in a schema', true, '"App"'),
  naming('quoted in a schema, in lower case, from Windows', true, '"App"', lower, '\r\n'),
];

/** The schemas that names may stand in, as they are in the catalog. */
export const SCHEMAS = ['public', 'app', 'App'] as const;
