// What `@default(…)` says a new row gets, and who makes it.
import type { Default, Dialect } from '../../../model/nodes';
import type { Span } from '../../../text/span';
import type { Value } from '../parse/syntax';

type Made = Default extends infer D ? (D extends unknown ? Omit<D, 'span' | 'raw'> : never) : never;

/** The default that a value stands for. */
export function defaultOf(value: Value, at: { readonly span: Span; readonly raw: string }, dialect: Dialect): Default {
  return { ...made(value, dialect), span: at.span, raw: at.raw };
}

function made(value: Value, dialect: Dialect): Made {
  // MongoDB knows no defaults; Prisma's client fills them in.
  const by = dialect === 'mongodb' ? 'client' : 'database';
  switch (value.kind) {
    case 'string':
      return { kind: 'literal', value: value.text, by };
    case 'word':
      return { kind: 'literal', value: literal(value.text), by };
    case 'call':
      return madeByCall(value.name, value.args[0]?.value, dialect, by);
    case 'array':
    case 'object':
      return { kind: 'expression', by };
  }
}

function literal(word: string): string | number | boolean | null {
  if (word === 'true' || word === 'false') return word === 'true';
  if (word === 'null') return null;
  const number = Number(word);
  // A BigInt beyond what a number holds stays as written.
  return /^-?\d/.test(word) && Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number)) ? number : word;
}

function madeByCall(name: string, argument: Value | undefined, dialect: Dialect, by: Default['by']): Made {
  switch (name) {
    case 'uuid':
      return { kind: 'uuid', version: argument?.kind === 'word' && argument.text === '7' ? 7 : 4, by: 'client' };
    case 'cuid':
    case 'nanoid':
    case 'ulid':
      return { kind: 'expression', by: 'client' };
    case 'autoincrement':
    case 'sequence':
      return { kind: 'sequence', by };
    case 'now':
      return { kind: 'now', by };
    case 'dbgenerated':
      return argument?.kind === 'string' ? generated(argument.text, dialect) : { kind: 'expression', by: 'database' };
    default:
      return { kind: 'expression', by: 'database' };
  }
}

const UUID_FUNCTIONS: Readonly<Record<string, 1 | 4 | 7>> = {
  gen_random_uuid: 4,
  uuid_generate_v4: 4,
  uuidv4: 4,
  newid: 4,
  uuid_generate_v1: 1,
  uuid_generate_v1mc: 1,
  uuidv7: 7,
  uuid_generate_v7: 7,
};

/** What an expression of the database makes; a cast or a schema before its function changes nothing. */
function generated(sql: string, dialect: Dialect): Made {
  const bare = sql.trim().replace(/::\s*[\w ]+$/, '').replace(/^\((.*)\)$/s, '$1').trim();
  const call = /^(?:"?\w+"?\.)?"?(\w+)"?\s*\(/.exec(bare)?.[1]?.toLowerCase() ?? '';
  const version = dialect === 'mysql' && call === 'uuid' ? 1 : UUID_FUNCTIONS[call];
  if (version !== undefined && /\(\s*\)$/.test(bare)) return { kind: 'uuid', version, by: 'database' };
  if (/^(?:now\s*\(\s*\)|current_timestamp(?:\s*\(\s*\d*\s*\))?|clock_timestamp\s*\(\s*\))$/i.test(bare)) return { kind: 'now', by: 'database' };
  if (call === 'nextval') return { kind: 'sequence', by: 'database' };
  return { kind: 'expression', by: 'database' };
}
