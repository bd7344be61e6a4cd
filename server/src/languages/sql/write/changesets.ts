// Statements with a body in Liquibase's changesets: it cuts those at every semicolon, inside of dollar quotes too, unless
// the changeset's own line says that it isn't to be cut.
import type { Edit } from '../../../text/edit';
import type { SqlParsed } from '../parse/parsed';
import { lineEnd } from '../scan/quotes';

const CHANGESET = /^[ \t]*--[ \t]*changeset[ \t]+("[^"\n]+"|[^:\n]+):[ \t]*("[^"\n]+"|\S+)([^\n]*)/gim;

interface Written {
  readonly statements: readonly string[];
  readonly edits: readonly Edit[];
}

/** Each statement with a body in a changeset of its own; `start` and `end` are what the statements take the place of. */
export function inChangesets(statements: readonly string[], { text, path: file }: SqlParsed, start: number, end: number): Written {
  const mark = [...text.matchAll(CHANGESET)].findLast(({ index }) => index < start);
  const attributes = mark?.[3]?.trim() ?? '';
  if (!mark || !statements.some(hasBody) || /\b(?:splitStatements:"?false|endDelimiter:)/i.test(attributes)) return { statements, edits: [] };
  const line = opener(mark, attributes, text);
  const at = mark.index + mark[0].trimEnd().length;
  const next = text.slice(end).search(/^[ \t]*--[ \t]*changeset[ \t]/im);
  const rest = next < 0 ? text.slice(end) : text.slice(end, end + next);
  // Alone in its changeset, it tells that one.
  const first = hasBody(statements[0] ?? '') && !holdsSql(text.slice(lineEnd(text, at), start));
  let whole = first;
  const all = statements.map((statement, place) => {
    if (statement.startsWith('--')) return statement;
    const body = hasBody(statement);
    const stays = place === 0 ? first || !body : !body && !whole;
    whole = body;
    return stays ? statement : `\n${line(body)}\n${statement}`;
  });
  const tail = whole && holdsSql(rest) ? [`\n${line(false)}`] : [];
  return { statements: [...all, ...tail], edits: first ? [{ file, start: at, end: at, newText: ' splitStatements:false' }] : [] };
}

/** Lines that open further changesets by the same author, with what the first one says beside. */
function opener([, author = '', id = '']: RegExpExecArray, attributes: string, text: string): (whole: boolean) => string {
  const others = attributes.replace(/\s*\bsplitStatements:"?true"?/i, '');
  let count = 1;
  return (whole) => {
    let own: string;
    do own = /^".*"$/.test(id) ? `${id.slice(0, -1)}-${++count}"` : `${id}-${++count}`;
    while (text.includes(`:${own}`));
    return `--changeset ${author.trim()}:${own}${others === '' ? '' : ` ${others}`}${whole ? ' splitStatements:false' : ''}`;
  };
}

function hasBody(statement: string): boolean {
  return /\$\w*\$|\bBEGIN\s+ATOMIC\b/i.test(statement);
}

/** Whether there is more than comments, blanks and a semicolon. */
function holdsSql(text: string): boolean {
  return text.replace(/--[^\n]*/g, '').replace(/\/\*[\s\S]*?\*\//g, '').replace(/;/g, '').trim() !== '';
}
