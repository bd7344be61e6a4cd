// Reads one block. A line that the parser rejects costs only itself.
import type { SyntaxProblem } from '../../language';
import { HEADER, lineEnd, skipBetween, strayEnd } from './pieces';
import { structure } from './structure';
import { BLOCK_KINDS, type Block, type BlockKind, type Member, type Range } from './syntax';
import { lexLines, type Line } from './tokens';

/** What a chunk holds. Offsets count from its start. */
export interface Content {
  readonly block?: Block;
  readonly problems: readonly SyntaxProblem[];
}

/** Reads the text of a block, from its keyword to its closing brace, or to its end where that is missing. */
export function readBlock(text: string, closed: boolean): Content {
  HEADER.lastIndex = 0;
  const header = HEADER.exec(text);
  const kind = BLOCK_KINDS.find((known) => known === header?.[1]);
  if (!header || !kind) return { problems: [] };
  const [whole, keyword = '', blank = '', name = '', brace] = header;
  const nameAt: Range = { from: keyword.length + blank.length, to: keyword.length + blank.length + name.length };
  const problems: SyntaxProblem[] = [];
  if (brace !== '{') problems.push(problem(`\`${name}\` lacks its opening brace on this line.`, { from: 0, to: whole.trimEnd().length }));
  if (!closed) problems.push(problem(`\`${name}\` is never closed.`, { from: 0, to: nameAt.to }));
  const close = closed ? text.length - 1 : undefined;
  const { members, broken } = readMembers(kind, lexLines(text, lineEnd(text, whole.length), close ?? text.length));
  for (const line of broken) problems.push(problem(`This line can't be read, so the rest of \`${name}\` is judged without it.`, line));
  return { block: { kind, name, nameAt, members, broken, ...(close !== undefined && { close }) }, problems };
}

interface Members {
  readonly members: readonly Member[];
  readonly broken: readonly Range[];
}

/** Beyond so many bad lines it is cheaper to try each by itself than all others again. */
const MOST_REPEATS = 4;

function readMembers(kind: BlockKind, lines: readonly Line[]): Members {
  const rest = [...lines];
  const broken: Line[] = [];
  for (let repeat = 0; repeat <= MOST_REPEATS; repeat++) {
    const { members, rejected } = { rejected: undefined, ...structure(kind, rest) };
    if (members) return { members, broken: broken.sort((a, b) => a.from - b.from) };
    if (rejected === undefined) break;
    broken.push(...rest.splice(rejected, 1));
  }
  return eachByItself(kind, lines);
}

function eachByItself(kind: BlockKind, lines: readonly Line[]): Members {
  const members: Member[] = [];
  const broken: Range[] = [];
  for (const line of lines) {
    const [member] = structure(kind, [line]).members ?? [];
    if (member) members.push(member);
    else broken.push(line);
  }
  return { members, broken };
}

/** Reads what stands between blocks: comments, and lines that belong to no block. */
export function readBetween(text: string): Content {
  const problems: SyntaxProblem[] = [];
  let at = 0;
  while (at < text.length) {
    const next = skipBetween(text, at);
    if (next > at) {
      at = next;
      continue;
    }
    const end = strayEnd(text, at);
    const line = text.slice(at, lineEnd(text, at)).trimEnd();
    problems.push(problem('This line belongs to no model, view, type, enum, datasource or generator.', { from: at, to: at + line.length }));
    at = Math.max(end, at + 1);
  }
  return { problems };
}

function problem(message: string, { from, to }: Range): SyntaxProblem {
  return { message, start: from, end: to };
}
