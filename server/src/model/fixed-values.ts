// The values that a text column is meant to hold, as far as its author says so, and whether anything holds it to them.
import type { Column, Table } from './nodes';
import { singular, words } from './words';

/** The values that the column's default, its comment and the table's predicates name; nothing is made up. */
export function knownValues(column: Column): readonly string[] {
  const given = defaultValue(column);
  const listed = column.comment === undefined ? [] : listedValues(column.comment, given);
  const first = given === undefined || listed.includes(given) ? [] : [given];
  return [...new Set([...first, ...listed, ...comparedValues(column)])];
}

/** Literals that partial indexes and CHECKs compare the column with. */
function comparedValues({ table, name, dbName }: Column): string[] {
  const predicates = [...table.indexes.flatMap(({ where }) => where?.raw ?? []), ...table.checks.map(({ raw }) => raw)];
  return predicates.flatMap((raw) => literalsOf(raw, [name, dbName]));
}

/** Literals that a condition, in SQL or in an ORM's words, compares a column with. */
export function literalsOf(condition: string, names: readonly string[]): string[] {
  return [...new Set(names)].flatMap((name) => {
    const compared = new RegExp(String.raw`(?<![\w$])${escaped(name)}["}\s)]*(?:::\w+\s*)?(?:=|<>|!=|:|,|\bin\b)[\s([]*(${LITERAL}(?:\s*,\s*${LITERAL})*)`, 'gi');
    return [...condition.matchAll(compared)].flatMap(([, list = '']) => [...list.matchAll(new RegExp(LITERAL, 'g'))].map(([literal]) => literal.slice(1, -1)));
  });
}

/** The text that a new row gets, where it can be one of a few values. */
export function defaultValue({ default: value }: Column): string | undefined {
  if (value?.kind !== 'literal' || typeof value.value !== 'string') return undefined;
  return VALUE.test(value.value) && /\p{L}/u.test(value.value) ? value.value : undefined;
}

/** One of a few values is short, and neither a path nor a sentence. */
const VALUE = /^[\p{L}\p{N}_][\p{L}\p{N}_ .:+-]{0,39}$/u;
const WORD = String.raw`[\p{L}\p{N}_][\p{L}\p{N}_.:-]*`;
const LITERAL = `(?:'[^']+'|"[^"]+")`;
const BETWEEN = /^\s*(?:[,|/;]\s*)?(?:\b(?:or|and)\b\s*)?$/;
/** Says that there are more values than those it names. */
const OPEN = /\betc\b|\be\.\s?g\b|\bfor example\b|\bsuch as\b|\bincluding\b|\bfuture\b|\.\.\.|…/i;
const QUOTED = /(?<![\p{L}\p{N}])(['"`])([^'"`\n]+)\1/gu;
const PIPES = new RegExp(String.raw`${WORD}(?:\s*\|\s*${WORD})+`, 'gu');
const INTRODUCED = /\b(?:one of|either|(?:values?|options?|states|types|kinds|roles|statuses)(?: are)?|enum|can be|may be|must be)\s*[:=]?\s*([^.;\n]+)/i;

/**
 * The values that a comment lists, such as `draft | published` or `one of: 'a', 'b'`. A list that says it isn't whole
 * counts as none. `known` is a value that the list must hold where nothing but commas tells it from other words.
 */
export function listedValues(comment: string, known?: string): readonly string[] {
  if (saysThereAreMore(comment)) return [];
  const quoted = [...comment.matchAll(QUOTED)];
  if (quoted.length > 0) return quoted.length > 1 ? quotedList(comment, quoted) : [];
  const piped = [...comment.matchAll(PIPES)].map(([run]) => run.split('|').map((value) => value.trim()));
  if (piped.length > 0) return piped.length === 1 ? (piped[0] ?? []) : [];
  const introduced = wordList(INTRODUCED.exec(comment)?.[1] ?? '');
  if (introduced.length > 1) return introduced;
  const plain = comment.split('\n').flatMap((line) => [line, ...[...line.matchAll(/\(([^()]+)\)/g)].map(([, inside = '']) => inside)]);
  return plain.map(wordList).find((list) => (known === undefined ? list.length > 2 : list.length > 1 && list.includes(known))) ?? [];
}

/** Whether a comment names values only as examples. */
export function saysThereAreMore(comment: string): boolean {
  return OPEN.test(comment);
}

/** Values in quotes with nothing but commas and the like between them. */
function quotedList(comment: string, found: readonly RegExpExecArray[]): readonly string[] {
  for (const [at, match] of found.slice(1).entries()) {
    const before = found[at];
    if (!before || !BETWEEN.test(comment.slice(before.index + before[0].length, match.index))) return [];
  }
  return found.map(([, , value = '']) => value);
}

function wordList(text: string): string[] {
  const items = text
    .replace(/^[\s([{]+|[\s)\]}.]+$/g, '')
    .split(/\s*[,/]\s*(?:(?:or|and)\s+)?|\s+(?:or|and)\s+/);
  return items.length > 1 && items.every((item) => new RegExp(`^${WORD}$`, 'u').test(item)) ? items : [];
}

/** Whether a CHECK says which values the column may hold; one that only asks for a length or for some text doesn't. */
export function isHeldToValues({ table, name, dbName }: Column): boolean {
  return table.checks.some(({ raw }) => {
    const condition = raw.replace(/\$\{\s*\w+\.(\w+)\s*\}/g, '$1').replace(/\b(?:char_length|character_length|octet_length|length)\s*\([^()]*\)|''/gi, '');
    return mentions(condition, name, dbName) && /'[^']|\binArray\b|~/.test(condition);
  });
}

function mentions(condition: string, ...names: readonly string[]): boolean {
  return names.some((name) => new RegExp(String.raw`(?<![\w$])${escaped(name)}(?![\w$])`, 'i').test(condition));
}

function escaped(name: string): string {
  return name.replace(/\W/g, String.raw`\$&`);
}

/**
 * The words of a name for the enum that columns share, such as `post status`: a column's name alone says too little.
 * `nameOf` is what the language calls a column and its table.
 */
export function enumWords(columns: readonly Column[], nameOf: (of: Column | Table) => string): readonly string[] {
  const [first] = columns;
  if (!first) return [];
  const own = words(nameOf(first));
  if (columns.length > 1 || own.length > 1) return own;
  const owner = words(nameOf(first.table));
  return [...owner.slice(0, -1), ...owner.slice(-1).map(singular), ...own];
}
