// Helper of the writer tests: an intent in, the text after its edits out.
import assert from 'node:assert/strict';
import { writeIntent } from '../../../server/src/ide/fixes';
import { drizzle } from '../../../server/src/languages/drizzle/index';
import type { WriteContext } from '../../../server/src/languages/language';
import { noFacts, type Facts } from '../../../server/src/model/facts';
import type { Intent } from '../../../server/src/model/intents';
import type { Column, Schema, Table } from '../../../server/src/model/nodes';
import { applyEdits, type Edit } from '../../../server/src/text/edit';
import { lower } from './print';

export interface Choice {
  readonly schema: Schema;
  table(name: string): Table;
  column(name: string): Column;
}

/** The edits that a writer makes, or undefined where it makes none. */
export function edits(intent: Intent, context: WriteContext): readonly Edit[] | undefined {
  return writeIntent(intent, drizzle.write, context);
}

/** Applies the intent chosen from `/a.ts`, and gives that file's new text; undefined where there is no fix. */
export function apply(files: Readonly<Record<string, string>>, choose: (choice: Choice) => Intent, facts: Partial<Facts> = {}): string | undefined {
  const { schema, parsed } = lower(files, { facts });
  const find = (name: string): Table => {
    const table = schema.tables.find((one) => one.name === name);
    if (!table) throw new Error(`no table ${name}`);
    return table;
  };
  const intent = choose({
    schema,
    table: find,
    column: (path) => {
      const [table = '', name] = path.split('.');
      const column = find(table).columns.find((one) => one.name === name);
      if (!column) throw new Error(`no column ${path}`);
      return column;
    },
  });
  const context: WriteContext = {
    schema,
    facts: { ...noFacts, ...facts },
    parsed: (path) => parsed.get(path),
    nextMigrations: () => undefined,
  };
  const made = edits(intent, context);
  return made && applyEdits(files['/a.ts'] ?? '', made.filter(({ file }) => file === '/a.ts'));
}

/**
 * The text after the intent, or undefined where there is no fix; with CRLF the same comes of it. Each result is added to
 * `compiled`, for the compiler to judge them all at once.
 */
export function applyBothEnds(
  compiled: Record<string, string>,
  before: string,
  choose: (choice: Choice) => Intent,
  facts?: Partial<Facts>,
): string | undefined {
  const after = apply({ '/a.ts': before }, choose, facts);
  if (after === undefined) return undefined;
  compiled[`/${Object.keys(compiled).length}.ts`] = after;
  assert.equal(apply({ '/a.ts': before.replaceAll('\n', '\r\n') }, choose, facts), after.replaceAll('\n', '\r\n'));
  return after;
}
