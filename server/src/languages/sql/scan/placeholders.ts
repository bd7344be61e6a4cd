// What a tool fills in before PostgreSQL sees the text: `${name}`, `{{ name }}`, `<%= name %>`. Each stands for a name.

/** Longer than that, PostgreSQL would cut what stands in for it. */
const PLACEHOLDER = /\$\{[\w.:-]{1,57}\}|\{\{[\x20-\x7a|~]{1,56}\}\}|<%=[\x20-\x24\x26-\x7e]{1,55}%>/y;

/** The end of the placeholder that begins at `start`; undefined where none does. */
export function placeholderEnd(text: string, start: number): number | undefined {
  PLACEHOLDER.lastIndex = start;
  return PLACEHOLDER.test(text) ? PLACEHOLDER.lastIndex : undefined;
}

/** Replaces every placeholder; `by` gets it as written. */
export function replacePlaceholders(text: string, by: (written: string) => string): string {
  return text.replace(new RegExp(PLACEHOLDER.source, 'g'), by);
}
