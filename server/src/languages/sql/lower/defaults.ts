// What a DEFAULT expression gives a new row.
import type { A_Const, Node } from 'libpg-query';
import type { Default } from '../../../model/nodes';
import type { Span } from '../../../text/span';
import { stringOf, stringsOf } from './names';

const uuidVersions: ReadonlyMap<string, 1 | 4 | 7> = new Map([
  ['gen_random_uuid', 4],
  ['uuidv4', 4],
  ['uuid_generate_v4', 4],
  ['uuid_generate_v1', 1],
  ['uuid_generate_v1mc', 1],
  ['uuidv7', 7],
  ['uuid_v7', 7],
  ['uuid_generate_v7', 7],
  ['gen_uuid_v7', 7],
]);

const clocks = new Set(['now', 'transaction_timestamp', 'statement_timestamp', 'clock_timestamp']);
const sequences = new Set(['nextval']);

/** Reads the expression behind DEFAULT. */
export function lowerDefault(expression: Node | undefined, span: Span, raw: string): Default {
  return { span, raw, by: 'database', ...meaning(expression) };
}

type Meaning =
  | { readonly kind: 'uuid'; readonly version: 1 | 4 | 7 }
  | { readonly kind: 'now' }
  | { readonly kind: 'sequence' }
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'expression' };

function meaning(node: Node | undefined): Meaning {
  if (!node) return { kind: 'expression' };
  if ('TypeCast' in node) return meaning(node.TypeCast.arg);
  if ('CollateClause' in node) return meaning(node.CollateClause.arg);
  if ('A_Const' in node) return literal(node.A_Const);
  if ('SQLValueFunction' in node) return { kind: /TIME|DATE/.test(node.SQLValueFunction.op ?? '') ? 'now' : 'expression' };
  if ('FuncCall' in node) return call(node.FuncCall.funcname, node.FuncCall.args);
  return { kind: 'expression' };
}

function call(funcname: readonly Node[] | undefined, args: readonly Node[] | undefined): Meaning {
  const name = stringsOf(funcname).at(-1) ?? '';
  const version = uuidVersions.get(name);
  if (version !== undefined) return { kind: 'uuid', version };
  if (clocks.has(name)) return { kind: 'now' };
  if (sequences.has(name)) return { kind: 'sequence' };
  // now() AT TIME ZONE 'utc' and timezone('utc', now()) are still the present.
  if (name === 'timezone') {
    const inner = (args ?? []).map(meaning).find((each) => each.kind === 'now');
    if (inner) return inner;
  }
  return { kind: 'expression' };
}

function literal(constant: A_Const): Meaning {
  if (constant.isnull) return { kind: 'literal', value: null };
  if (constant.boolval) return { kind: 'literal', value: constant.boolval.boolval ?? false };
  if (constant.ival) return { kind: 'literal', value: constant.ival.ival ?? 0 };
  if (constant.fval) return { kind: 'literal', value: Number(constant.fval.fval) };
  if (constant.sval) return { kind: 'literal', value: constant.sval.sval ?? '' };
  return { kind: 'expression' };
}

/** Columns that an expression names, each once. */
export function columnsIn(expression: unknown): string[] {
  const found = new Set<string>();
  collect(expression, found);
  return [...found];
}

function collect(value: unknown, found: Set<string>): void {
  if (Array.isArray(value)) {
    for (const each of value) collect(each, found);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'ColumnRef') {
        const fields: unknown = inner.fields;
        const last = Array.isArray(fields) ? stringOf(fields.at(-1)) : undefined;
        if (last !== undefined) found.add(last);
      } else collect(inner, found);
    }
  }
}
