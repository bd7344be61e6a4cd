// What is left of the lines of a comment once those that are meant for tools are gone.

/** Orders to linters, formatters and compilers say nothing of the column. */
const FOR_TOOLS = /^(?:schema-bible-disable|(?:eslint|prettier|biome|prisma-lint|oxlint|squawk|tslint|sqlfluff|spell-?checker|cspell|istanbul|c8|v8)\b|@ts-|@prettier|nolint|noqa)/;

/** The lines as one text; undefined where nothing is left. */
export function joinComment(lines: readonly string[]): string | undefined {
  const words = lines.filter((line) => line !== '' && !FOR_TOOLS.test(line));
  return words.length === 0 ? undefined : words.join('\n');
}
