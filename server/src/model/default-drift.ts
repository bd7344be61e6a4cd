// Whether what a column is declared to get by default is what migrations have made of it.
import { sqlIn } from './ddl/defaults';
import { stringConstant } from './ddl/spelling';
import type { Column, ColumnType, Default } from './nodes';

/**
 * How the defaults that the database itself gives differ: `none` where it gives the declared one not at all, `other` where
 * it gives another value, `left` where it gives one that isn't declared. The defaults are spelled in SQL, for messages.
 */
export type DefaultDrift =
  | { readonly kind: 'none'; readonly declared: string }
  | { readonly kind: 'other'; readonly declared: string; readonly made: string }
  | { readonly kind: 'left'; readonly made: string };

/** Undefined where the defaults agree, or where one of them isn't known well enough. */
export function defaultDrift(declared: Column, made: Column): DefaultDrift | undefined {
  if (declared.generated || made.generated || declared.type.array !== made.type.array) return undefined;
  const wanted = given(declared);
  const there = given(made);
  // One that is older than the column's type may be gone with the type that it had.
  const old = there && there.span.file !== made.type.span.file;
  if (!wanted) return there && !old && isLeft(declared) ? { kind: 'left', made: inSql(there) } : undefined;
  if (!there) {
    // A domain may bring a default of its own.
    const silent = made.type.family === 'other' || !isCertain(wanted);
    return silent ? undefined : { kind: 'none', declared: inSql(wanted) };
  }
  if (isSame(wanted, there, declared.type)) return undefined;
  return { kind: 'other', declared: inSql(wanted), made: inSql(there) };
}

/** What the database gives: what an ORM's client does by itself is no default there, and NULL is none at all. */
function given({ default: own }: Column): Default | undefined {
  return own?.by === 'database' && !isNull(own) ? own : undefined;
}

function isNull(own: Default): boolean {
  return own.kind === 'literal' ? own.value === null : own.kind === 'expression' && /^null$/i.test(spelled(own).trim());
}

/** Whether nothing else declares a value: where the client sends one each time, the database's default bothers nobody. */
function isLeft({ default: own, updatedAutomatically }: Column): boolean {
  return own?.by !== 'client' && !updatedAutomatically;
}

/** Whether there is a default, whatever it says: a name that leads elsewhere, or a bare `dbgenerated()`, may mean none. */
function isCertain({ kind, raw }: Default): boolean {
  return kind !== 'expression' || /^(?:\[|\{|sql\b|dbgenerated\(\s*")/.test(raw);
}

function isSame(a: Default, b: Default, type: ColumnType): boolean {
  // What isn't read is never told apart from anything.
  if (a.kind === 'expression' || b.kind === 'expression') return true;
  if (a.kind === 'literal' && b.kind === 'literal') return type.array > 0 || sameValue(a.value, b.value, type);
  // 'now' in quotes is a moment as well.
  if (a.kind === 'literal' || b.kind === 'literal') return !COMPARED.has(type.family);
  if (a.kind === 'uuid' && b.kind === 'uuid') return a.version === b.version;
  return a.kind === b.kind;
}

type Value = string | number | boolean | null;

/** Families whose literals have one meaning each, whoever spells them. */
const COMPARED: ReadonlySet<ColumnType['family']> = new Set(['integer', 'numeric', 'float', 'boolean', 'text', 'enum', 'uuid', 'json']);

function sameValue(a: Value, b: Value, { family }: ColumnType): boolean {
  switch (family) {
    case 'integer':
    case 'numeric':
    case 'float':
      return Number(a) === Number(b) || Number.isNaN(Number(a)) || Number.isNaN(Number(b));
    case 'boolean':
      return truth(a) === truth(b);
    case 'json':
      return canonical(a) === canonical(b);
    case 'uuid':
      return String(a).toLowerCase() === String(b).toLowerCase();
    case 'text':
    case 'enum':
      return String(a) === String(b);
    default:
      // Dates and the like have too many spellings.
      return true;
  }
}

function truth(value: Value): boolean {
  return /^(?:true|t|yes|y|on|1)$/i.test(String(value).trim());
}

/** JSON with its keys in order; a text that is none stays as it is. */
function canonical(value: Value): string {
  if (typeof value !== 'string') return String(value);
  try {
    return JSON.stringify(ordered(JSON.parse(value)));
  } catch {
    return value;
  }
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, ordered(inner)]),
  );
}

const UUIDS = { 1: 'uuid_generate_v1()', 4: 'gen_random_uuid()', 7: 'uuidv7()' } as const;

const LONGEST = 40;

/** A default as SQL spells it, cut where a message would get too long. */
function inSql(own: Default): string {
  const text = spelled(own).replace(/\s+/g, ' ').replaceAll('`', "'");
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function spelled(own: Default): string {
  switch (own.kind) {
    case 'literal':
      return typeof own.value === 'string' ? stringConstant(own.value) : String(own.value);
    case 'now':
      return 'now()';
    case 'uuid':
      return UUIDS[own.version];
    case 'sequence':
      return 'nextval()';
    case 'expression':
      return sqlIn(own.raw) ?? own.raw;
  }
}
