// Writes onto a time what fills it by itself: the moment of the insert, or of every update.
import type { ts } from 'ts-morph';
import { atLeast } from '../../../model/facts';
import type { IntentOf } from '../../../model/intents';
import type { Column } from '../../../model/nodes';
import type { Edit } from '../../../text/edit';
import type { WriteContext } from '../../language';
import { optionsObject } from '../columns';
import { compiler } from '../../typescript/compiler';
import { plain } from '../../typescript/syntax';
import { callAt, draftOf, edit, nodeAt, place, startOf, type Draft } from './draft';
import { importEdits, spelling, type Wanted } from './imports';

export function setNowDefault({ column }: IntentOf<'setNowDefault'>, context: WriteContext): readonly Edit[] | undefined {
  const found = timeOf(column, context);
  if (!found) return undefined;
  const value = nowOf(found, column);
  if (value === undefined) return undefined;
  if (value === '') return [append(found, column.table.dialect === 'sqlserver' ? 'defaultGetDate()' : 'defaultNow()')];
  const sql: Wanted = { module: 'drizzle-orm', name: 'sql' };
  const tag = spelling(found.draft, sql);
  return tag === undefined ? undefined : [...importEdits(found.draft, [sql]), append(found, `default(${tag}\`${value}\`)`)];
}

export function keepUpdated({ column }: IntentOf<'keepUpdated'>, context: WriteContext): readonly Edit[] | undefined {
  const found = timeOf(column, context);
  // 0.30 brought `$onUpdate`.
  if (!found || atLeast(context.facts.drizzleVersion, 0, 30) === false) return undefined;
  const { builder, option } = found;
  const { dialect } = column.table;
  // MySQL takes no ISO text, and its own clause must have the column's precision, which Drizzle leaves out of it.
  if ((dialect === 'mysql' || dialect === 'singlestore') && builder === 'timestamp' && option('fsp') === undefined) return [append(found, 'onUpdateNow()')];
  if (option('mode') !== 'string') return [append(found, '$onUpdate(() => new Date())')];
  return dialect === 'mysql' || dialect === 'singlestore' ? undefined : [append(found, '$onUpdate(() => new Date().toISOString())')];
}

interface Found {
  readonly draft: Draft;
  /** The builder's name, as written. */
  readonly builder: string;
  /** What its options say under a name; `true` for anything but a string. */
  option(name: string): string | true | undefined;
  /** The column's whole chain, to the end of which a link goes. */
  readonly chain: ts.Expression;
}

function timeOf(column: Column, context: WriteContext): Found | undefined {
  const draft = draftOf(column.span.file, context);
  const property = draft && nodeAt(draft, column.span);
  if (!draft || !property || !compiler.isPropertyAssignment(property) || column.type.span.file !== column.span.file) return undefined;
  const base = callAt(draft, column.type.span);
  const builder = /^\w+/.exec(column.type.raw)?.[0];
  if (!base || builder === undefined) return undefined;
  const options = optionsObject(place(draft, base), draft.resolver);
  // Options that can't be read may say that the time is a string.
  if (!options && base.arguments.some((argument) => !compiler.isStringLiteralLike(argument))) return undefined;
  return {
    draft,
    builder,
    chain: property.initializer,
    option(name) {
      const value = options && draft.resolver.property(options, name);
      if (value === undefined || value === 'unknown') return value && true;
      return draft.resolver.text(value) ?? true;
    },
  };
}

/** SQL of the present moment; empty where Drizzle has a call for it, undefined where the builder keeps something else. */
function nowOf({ builder, option }: Found, { table: { dialect } }: Column): string | undefined {
  switch (dialect) {
    case 'postgresql':
    case 'cockroachdb':
    case 'gel':
    case 'sqlserver':
      return '';
    case 'mysql':
    case 'singlestore': {
      if (builder === 'timestamp') return '';
      const digits = option('fsp');
      return digits === undefined ? 'CURRENT_TIMESTAMP' : undefined;
    }
    case 'sqlite':
      return option('mode') === 'timestamp_ms' ? "(cast(unixepoch('subsec') * 1000 as integer))" : '(unixepoch())';
    case 'mongodb':
    case 'clickhouse':
    case 'unknown':
      return undefined;
  }
}

/** One more link at the end of a chain, on a line of its own where the last one has one. */
function append({ draft, chain }: Found, link: string): Edit {
  const last = plain(chain);
  const callee = compiler.isCallExpression(last) ? plain(last.expression) : undefined;
  const before = callee && compiler.isPropertyAccessExpression(callee) ? draft.text.slice(callee.expression.end, startOf(draft, callee.name)) : '.';
  const lead = /^\s*\n[ \t]*\.$/.test(before) ? before.slice(before.lastIndexOf('\n') - (before.includes('\r\n') ? 1 : 0)) : '.';
  return edit(draft, chain.end, chain.end, lead + link);
}
