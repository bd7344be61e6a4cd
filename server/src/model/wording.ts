// How messages write names.

/** Names in backticks, one after the other: `id`, `name`. */
export function inBackticks(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}
