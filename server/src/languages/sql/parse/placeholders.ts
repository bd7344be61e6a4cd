// Parses statements whose names a tool or psql fills in, and gives the names back as their author wrote them.
import type { Node } from 'libpg-query';
import { replacePlaceholders } from '../scan/placeholders';
import { withoutComments } from './comments';
import { parseOne, type ParseOutcome } from './parser';

/** Parses one statement; `psql` allows psql's variables in it. Placeholders are names in what it returns, as written. */
export function parseTolerant(written: string, psql: boolean): ParseOutcome {
  const outcome = parseOne(written);
  if (outcome.ok) return outcome;
  const text = withoutComments(written);
  const bare = text === written ? outcome : parseOne(text);
  if (bare.ok) return bare;
  const masks = new Masks(text);
  let masked = replacePlaceholders(text, (written) => masks.of(written));
  if (psql) masked = masked.replace(/(?<![:\w]):(?:'[^'\n]*'|"[^"\n]*"|[A-Za-z_]\w*)/g, (written) => variable(written, masks));
  if (masked === text) return outcome;
  const again = parseOne(masked);
  return again.ok ? { ok: true, node: masks.restore(again.node) } : outcome;
}

// A quoted variable of psql is quoted all the same once its value stands there.
function variable(written: string, masks: Masks): string {
  const second = written.charAt(1);
  return second === "'" || second === '"' ? ` ${written.slice(1)}` : masks.of(written);
}

/** Names of the placeholders' own lengths, so that every place in the text stays where it is. */
class Masks {
  readonly #byWritten = new Map<string, string>();
  readonly #byMask = new Map<string, string>();
  #counter = 0;

  constructor(private readonly text: string) {}

  of(written: string): string {
    const known = this.#byWritten.get(written);
    if (known !== undefined) return known;
    let mask: string;
    do mask = `q${(this.#counter++).toString(36).padStart(written.length - 1, 'z')}`;
    while (this.text.includes(mask));
    this.#byWritten.set(written, mask);
    this.#byMask.set(mask, written);
    return mask;
  }

  restore(node: Node | undefined): Node | undefined {
    const masks = [...this.#byMask.keys()].sort((a, b) => b.length - a.length);
    if (masks.length === 0) return node;
    const pattern = new RegExp(masks.join('|'), 'g');
    return this.#restored(node, pattern) as Node | undefined;
  }

  #restored(value: unknown, pattern: RegExp): unknown {
    if (typeof value === 'string') return value.replace(pattern, (mask) => this.#byMask.get(mask) ?? mask);
    if (Array.isArray(value)) return value.map((each: unknown) => this.#restored(each, pattern));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, this.#restored(each, pattern)]));
  }
}
