// Whether an expression gives every row a value of its own, so that a new column with it writes the whole table again.
import type { Default } from './nodes';
import { steadyExtensionFunctions, steadyFunctions, volatileExtensionFunctions, volatileFunctions } from './postgres-catalog.generated';
import { sqlTokens, type SqlToken } from './sql-text';

/** Functions that aren't in PostgreSQL's own catalogs, with the schema where only that one is meant. */
const VOLATILE = new Set(['uuid_generate_v7', 'gen_ulid', 'generate_ulid', 'gen_monotonic_ulid', 'uuid_v7', 'gen_uuid_v7', 'nanoid']);
const STEADY = new Set(['auth.uid', 'auth.jwt', 'auth.role', 'auth.email', 'auth.user_id', 'auth.session']);

/** What stands before a parenthesis without being a function that can be looked up. */
const SYNTAX = new Set(
  (
    'AND ANY ALL ARRAY AS BETWEEN CASE CAST CHECK COALESCE COLLATE ELSE EXISTS FROM GREATEST GROUPING ILIKE IN IS LEAST LIKE NOT NULLIF ON OR ' +
    'OPERATOR OVER ROW SELECT SIMILAR SOME THEN TREAT USING VALUES WHEN WHERE XMLELEMENT XMLCONCAT XMLFOREST XMLPARSE XMLPI XMLROOT XMLSERIALIZE ' +
    'TRIM EXTRACT OVERLAY POSITION SUBSTRING NORMALIZE DEFAULT ZONE ' +
    'CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP LOCALTIME LOCALTIMESTAMP ' +
    // Types with a length, where they aren't functions as well.
    'DECIMAL DEC CHARACTER VARYING FLOAT BIT'
  ).split(' '),
);

/**
 * Whether PostgreSQL calls the expression volatile: `random()` is, `now()` isn't. Undefined where it calls a function
 * that isn't known, such as one of the application's own.
 */
export function isVolatile(expression: string | Default): boolean | undefined {
  if (typeof expression !== 'string') {
    if (expression.kind === 'literal') return false;
    if (expression.kind === 'sequence') return true;
    if (expression.kind === 'uuid' && isVolatile(expression.raw) === undefined) return true;
    return isVolatile(expression.raw);
  }
  const found = calls(sqlTokens(expression)).map(({ name, schema }) => volatilityOf(name, schema));
  if (found.includes(true)) return true;
  return found.includes(undefined) ? undefined : false;
}

/** Functions in an expression or statement that neither PostgreSQL nor its usual extensions bring, without their schemas. */
export function unknownFunctions(sql: string): readonly string[] {
  return calls(sqlTokens(sql)).flatMap(({ name, schema }) => (volatilityOf(name, schema) === undefined ? [name] : []));
}

function volatilityOf(name: string, schema: string | undefined): boolean | undefined {
  if (schema === undefined || schema === 'pg_catalog') {
    if (volatileFunctions.has(name)) return true;
    if (steadyFunctions.has(name)) return false;
  }
  if (VOLATILE.has(name) || volatileExtensionFunctions.has(name)) return true;
  if (steadyExtensionFunctions.has(name) || STEADY.has(`${schema ?? ''}.${name}`)) return false;
  return undefined;
}

/** The functions that are called by name, folded as PostgreSQL folds them. */
function calls(tokens: readonly SqlToken[]): { name: string; schema: string | undefined }[] {
  return tokens.flatMap((token, i) => {
    const next = tokens[i + 1];
    if (next?.kind !== 'symbol' || next.text !== '(' || (token.kind !== 'word' && token.kind !== 'quoted')) return [];
    const named = tokens[i - 1]?.text === '.' ? tokens[i - 2] : undefined;
    if (token.kind === 'word' && !named && SYNTAX.has(token.text.toUpperCase())) return [];
    // `x::varchar(10)`: a type with its length.
    if (tokens[named ? i - 3 : i - 1]?.text === ':' && tokens[named ? i - 4 : i - 2]?.text === ':') return [];
    return [{ name: folded(token), schema: named && folded(named) }];
  });
}

function folded({ kind, text }: SqlToken): string {
  return kind === 'quoted' ? text.slice(1, -1).replaceAll('""', '"') : text.toLowerCase();
}
