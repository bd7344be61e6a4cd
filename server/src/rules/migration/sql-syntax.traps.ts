// What people write in PostgreSQL because another database takes it.
import { columnOf } from '../../model/column-roles';
import type { Table, TableName } from '../../model/nodes';
import { isWord, quoted, sqlTokens, type SqlToken } from '../../model/sql-text';
import { existsTrap } from './sql-syntax.exists';
import { foreignEdits, type TextEdit } from './sql-syntax.mysql';

/** A known mistake, at offsets inside the statement's text. */
export interface Trap {
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly help: string;
  readonly title?: string;
  readonly edits?: readonly TextEdit[];
}

/** The first known mistake in a statement that doesn't parse; `stumble` is where the parser gave up. */
export function trapIn(text: string, stumble: number, find: (name: TableName) => Table | undefined): Trap | undefined {
  const tokens = sqlTokens(text);
  return limitTrap(text, tokens, find) ?? existsTrap(text, tokens) ?? foreignTrap(text, tokens) ?? validTrap(tokens) ?? commaTrap(text, tokens, stumble);
}

/** UPDATE and DELETE take no LIMIT: the rows are chosen by a sub-select over a key. */
function limitTrap(text: string, tokens: readonly SqlToken[], find: (name: TableName) => Table | undefined): Trap | undefined {
  const first = tokens[0];
  const verb = isWord(first, 'WITH') ? tokens.find((token) => token.depth === 0 && isWord(token, 'UPDATE', 'DELETE')) : first;
  if (!verb || !isWord(verb, 'UPDATE', 'DELETE')) return undefined;
  const top = (...keywords: string[]) => tokens.findIndex((token) => token.depth === 0 && isWord(token, ...keywords));
  const limit = tokens[top('LIMIT')];
  if (!limit) return undefined;
  const command = verb.text.toUpperCase();
  const trap = {
    start: limit.start,
    end: limit.end,
    message: `PostgreSQL has no \`LIMIT\` in \`${command}\`, so this batch never runs.`,
    help: 'Choose the rows of the batch in a sub-select.',
  };
  if (verb !== first) return trap;
  const target = targetOf(text, tokens, command);
  if (!target || top('FROM', 'USING') > (command === 'DELETE' ? 1 : -1) || top('RETURNING') >= 0) return trap;
  const from = tokens[top('WHERE')] ?? tokens[top('ORDER')] ?? limit;
  const key = keyOf(target.name, find);
  const [open, close, rows] = frame(text, from.start, target.source, key);
  return {
    ...trap,
    title: `Choose the rows of the batch by \`${key}\``,
    edits: [
      { start: from.start, end: text.length, newText: `${open}${rows}${close}` },
    ],
  };
}

/** The sub-select around the author's WHERE and LIMIT, on lines of its own where the author breaks lines. */
function frame(text: string, from: number, target: string, key: string): [string, string, string] {
  const lineStart = text.lastIndexOf('\n', from - 1) + 1;
  const indent = text.slice(lineStart, from);
  const rows = text.slice(from).trimEnd();
  if (lineStart === 0 || indent.trim() !== '') return [`WHERE ${key} IN (SELECT ${key} FROM ${target} `, ')', rows];
  const newline = text.charAt(lineStart - 2) === '\r' ? '\r\n' : '\n';
  const inner = rows.replace(/\n/g, '\n  ');
  return [
    `WHERE ${key} IN (${newline}${indent}  SELECT ${key} FROM ${target}${newline}${indent}  `,
    `${newline}${indent})`,
    inner,
  ];
}

function targetOf(text: string, tokens: readonly SqlToken[], command: string): { source: string; name: TableName } | undefined {
  const first = command === 'DELETE' ? 2 : 1;
  const end = tokens.findIndex((token, at) => at > first && isWord(token, 'SET', 'WHERE', 'ORDER', 'LIMIT', 'USING', 'RETURNING'));
  const from = tokens[first];
  const last = tokens[end - 1];
  if (!from || !last || end <= first || (from.kind !== 'word' && from.kind !== 'quoted')) return undefined;
  const dotted = tokens[first + 1]?.text === '.' ? tokens[first + 2] : undefined;
  const name = dotted ? { schema: unquoted(from), name: unquoted(dotted) } : { name: unquoted(from) };
  return { source: text.slice(from.start, last.end), name };
}

function unquoted(token: SqlToken): string {
  return token.kind === 'quoted' ? token.text.slice(1, -1).replaceAll('""', '"') : token.text.toLowerCase();
}

/** The primary key where one column is known to be it, else the row's place on disk. */
function keyOf(name: TableName, find: (name: TableName) => Table | undefined): string {
  const table = find(name);
  const parts = table?.primaryKey?.parts ?? [];
  const only = parts.length === 1 ? parts[0]?.column : undefined;
  return table && only !== undefined && columnOf(table, only) ? quoted(only, false) : 'ctid';
}

function foreignTrap(text: string, tokens: readonly SqlToken[]): Trap | undefined {
  const { edits, first } = foreignEdits(tokens, text);
  if (!first) return undefined;
  return {
    start: first.start,
    end: first.end,
    message: first.message,
    help: "Write it in PostgreSQL's form.",
    ...(edits.length > 0 && { title: `Rewrite ${first.from}'s words in PostgreSQL's form`, edits }),
  };
}

/** NOT VALID belongs to foreign keys and checks. */
function validTrap(tokens: readonly SqlToken[]): Trap | undefined {
  const at = tokens.findIndex((token, i) => isWord(token, 'NOT') && isWord(tokens[i + 1], 'VALID'));
  const not = tokens[at];
  const unique = tokens.slice(0, Math.max(at, 0)).some((token, i) => isWord(token, 'UNIQUE') || (isWord(token, 'PRIMARY') && isWord(tokens[i + 1], 'KEY')));
  if (!not || !unique) return undefined;
  return {
    start: not.start,
    end: tokens[at + 1]?.end ?? not.end,
    message: 'PostgreSQL has no `NOT VALID` for a unique constraint or a primary key, so this statement never runs.',
    help: 'Build a unique index CONCURRENTLY, then add the constraint USING INDEX.',
  };
}

const AFTER_LISTS = ['FROM', 'WHERE', 'GROUP', 'ORDER', 'HAVING', 'LIMIT', 'RETURNING', 'ON', 'INTO', 'USING'];

/** A comma with nothing behind it, or none between two columns on lines of their own. */
function commaTrap(text: string, tokens: readonly SqlToken[], stumble: number): Trap | undefined {
  const at = tokens.findIndex(({ end }) => end > stumble);
  const found = tokens[at];
  const before = tokens[at - 1];
  if (!found) return undefined;
  const dangling = tokens.filter((token, i) => token.text === ',' && isDangling(tokens[i + 1]));
  const first = dangling.find((token) => token === before || (token === found && at === tokens.length - 1));
  if (first) {
    return {
      start: first.start,
      end: first.end,
      message: 'Nothing stands behind this comma.',
      help: 'Take the comma out.',
      edits: dangling.map(({ start, end }) => ({ start, end, newText: '' })),
    };
  }
  const line = text.slice(text.lastIndexOf('\n', found.start) + 1, found.start);
  const isColumn = isWord(tokens[0], 'CREATE') && tokens.slice(1, 4).some((token) => isWord(token, 'TABLE')) && found.depth === 1 && (found.kind === 'word' || found.kind === 'quoted');
  if (!before || !isColumn || line.trim() !== '' || /^[,(]$/.test(before.text)) return undefined;
  return {
    start: found.start,
    end: found.end,
    message: 'No comma parts this from what stands before it.',
    help: 'Write a comma between them.',
    edits: [{ start: before.end, end: before.end, newText: ',' }],
  };
}

function isDangling(next: SqlToken | undefined): boolean {
  return next === undefined || next.text === ')' || isWord(next, ...AFTER_LISTS);
}
