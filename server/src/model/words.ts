// Names taken apart, so that `OrderItem`, `order_items` and `orderItems` mean one thing.

/** Names come up again at every keystroke; so many of them are remembered. */
const MOST = 20_000;

function remembered<T>(take: (name: string) => T): (name: string) => T {
  const known = new Map<string, T>();
  return (name) => {
    let found = known.get(name);
    if (found === undefined) {
      if (known.size >= MOST) known.clear();
      known.set(name, (found = take(name)));
    }
    return found;
  };
}

/** The words of a camelCase, PascalCase, snake_case or kebab-case name, in lower case. */
export const words: (name: string) => readonly string[] = remembered((name) =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase()),
);

/** The words of a name as one: `createdAt` and `created_at` are both `createdat`. */
export const folded: (name: string) => string = remembered((name) => words(name).join(''));

/** An English plural's singular, good enough to compare names with. */
export function singular(word: string): string {
  if (/(ss|us|is)$/.test(word) || word.length < 4) return word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (/(ches|shes|xes|sses|zes)$/.test(word)) return word.slice(0, -2);
  return word.endsWith('s') ? word.slice(0, -1) : word;
}

/** The words of a name, each in the singular. */
export const stems: (name: string) => readonly string[] = remembered((name) => words(name).map(singular));
