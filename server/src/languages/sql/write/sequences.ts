// Sequences that are created by a statement of their own, as a dump writes them.
import type { Edit } from '../../../text/edit';
import type { Column } from '../../../model/nodes';
import type { WriteContext } from '../../language';

const CREATE = /^create\s+(?:(?:temporary|temp|unlogged)\s+)?sequence\s+(?:if\s+not\s+exists\s+)?((?:"[^"]+"|[\w$]+)(?:\s*\.\s*(?:"[^"]+"|[\w$]+))?)/i;
const SMALL = /\bas\s+(integer|int4|int)\b/i;

/** Lets the sequence that numbers a column count as far as 64 bits do, where its author made it one of 32 bits. */
export function widenSequence({ default: value }: Column, { schema }: WriteContext): readonly Edit[] {
  const named = value?.kind === 'sequence' ? /\bnextval\b"?\s*\(\s*'([^']+)'/i.exec(value.raw)?.[1] : undefined;
  if (named === undefined) return [];
  const created = schema.migrations
    .flatMap(({ statements }) => statements)
    .find(({ node, text }) => node === 'CreateSeqStmt' && lastName(CREATE.exec(text)?.[1] ?? '') === lastName(named));
  const small = created && SMALL.exec(created.text);
  if (!created || !small || small[1] === undefined) return [];
  const end = created.span.start + small.index + small[0].length;
  const word = small[1];
  const wide = word === word.toUpperCase() ? 'BIGINT' : 'bigint';
  return [{ file: created.span.file, start: end - word.length, end, newText: wide }];
}

/** The name without its schema and quotes; PostgreSQL folds what isn't quoted. */
function lastName(name: string): string {
  const [, quoted, plain = ''] = /(?:"([^"]+)"|([\w$]+))$/.exec(name) ?? [];
  return quoted ?? plain.toLowerCase();
}
