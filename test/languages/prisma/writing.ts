// Applies fixes to Prisma schemas for tests; Prisma itself judges each result.
import assert from 'node:assert/strict';
import { writeIntent } from '../../../server/src/ide/fixes';
import { prisma, type PrismaParsed } from '../../../server/src/languages/prisma/index';
import type { WriteContext } from '../../../server/src/languages/language';
import type { Facts } from '../../../server/src/model/facts';
import type { Intent } from '../../../server/src/model/intents';
import type { Column, ForeignKey, Index, Schema, Table } from '../../../server/src/model/nodes';
import { applyEdits, type Edit } from '../../../server/src/text/edit';
import { read, withDatasource } from './model';
import { validate } from './oracle';

export interface Writing {
  readonly text: string;
  readonly facts?: Partial<Facts>;
  intent(schema: Schema): Intent;
}

/** The edits of a fix on a fresh reading of the text. */
export function edits({ text, facts, intent }: Writing): readonly Edit[] | undefined {
  const { parsed, schema } = read(text);
  const context: WriteContext = {
    schema,
    facts: { dependencies: new Set(), hasMigrations: false, ...facts },
    parsed: (path): PrismaParsed | undefined => parsed.find((file) => file.path === path),
    nextMigrations: () => undefined,
  };
  return writeIntent(intent(schema), prisma.write, context);
}

/** The text after the fix, which Prisma must accept; undefined where there is no fix. */
export function written(writing: Writing): string | undefined {
  const made = edits(writing);
  if (!made) return undefined;
  const after = applyEdits(writing.text, made);
  assert.equal(validate(after), undefined, after);
  return after;
}

/** The lines that differ, those taken away with `-` in front and the new ones with `+`. */
function difference(before: string, after: string): string[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  let front = 0;
  while (front < old.length && old[front] === now[front]) front++;
  let back = 0;
  while (back < Math.min(old.length, now.length) - front && old.at(-1 - back) === now.at(-1 - back)) back++;
  return [...old.slice(front, old.length - back).map((line) => `-${line}`), ...now.slice(front, now.length - back).map((line) => `+${line}`)];
}

/** Expects the fix to change exactly these lines, and the same under CRLF. */
export function expectChange(writing: Writing, ...expected: string[]): void {
  const after = written(writing);
  assert.ok(after !== undefined, 'nothing was written');
  assert.deepEqual(difference(writing.text, after), expected);
  // The same under CRLF, with as many carriage returns as lines.
  const crlf = written({ ...writing, text: writing.text.replace(/\n/g, '\r\n') });
  assert.equal(crlf, after.replace(/\n/g, '\r\n'));
}

export function found<T>(value: T | undefined): T {
  assert.ok(value !== undefined);
  return value;
}

export const table = (schema: Schema, name = 'T'): Table => found(schema.tables.find((one) => one.name === name));
export const column = (schema: Schema, name: string, of = 'T'): Column => found(table(schema, of).columns.find((one) => one.name === name));
export const foreignKey = (schema: Schema, name: string, of = 'T'): ForeignKey => found(table(schema, of).foreignKeys.find((one) => one.name === name));
export const index = (schema: Schema, name: string, of = 'T'): Index => found(table(schema, of).indexes.find((one) => one.name === name));

/** A schema with a model `T` of this body, and a model `U` to refer to. */
export function model(body: string, provider = 'postgresql', settings = ''): string {
  return withDatasource(`model T {\n${body}\n}\n\nmodel U {\n  id Int @id\n  ts T[]\n}\n`, provider, settings);
}
