// Makes an index hold only some rows: in the schema where Prisma can say that, else in the next migrations.
import type { Edit } from '../../../text/edit';
import { atLeast } from '../../../model/facts';
import type { IntentOf, MigrationStep, RowsGoal } from '../../../model/intents';
import type { Dialect, Index } from '../../../model/nodes';
import { quoted } from '../../../model/sql-text';
import type { Parsed, WriteContext } from '../../language';
import type { Chunk } from '../parse/parse';
import { argument, fieldsOf, type Attribute, type Block, type Value } from '../parse/syntax';
import { removeIndex } from './indexes';
import { insert, isPrisma, lineBreak, placeOf, replace, wholeLineEnd, type Place } from './place';

type Edits = readonly Edit[] | undefined;

export function setRows(intent: IntentOf<'setRows'>, context: WriteContext): Edits {
  const { index } = intent;
  if (index.where || index.constraint === 'primary key' || !hasPartialIndexes(context.schema.dialect)) return undefined;
  switch (atLeast(context.facts.prismaVersion, 7, 4)) {
    case true:
      return inSchema(intent, context);
    case false:
      return inMigrations(intent, context);
    case undefined:
      // Older versions refuse the schema, and newer ones drop an index that the schema doesn't have.
      return undefined;
  }
}

function hasPartialIndexes(dialect: Dialect): boolean {
  return dialect === 'postgresql' || dialect === 'cockroachdb' || dialect === 'sqlite' || dialect === 'sqlserver';
}

/** `where: { deletedAt: null }` with the name of the field, and the preview feature that allows it. */
function inSchema({ index, rows }: IntentOf<'setRows'>, context: WriteContext): Edits {
  const place = placeOf(index.span, context);
  const attribute = place && attributeAt(place, index);
  const preview = previewFeature('partialIndexes', context);
  if (!place || !attribute || !preview || argument(attribute, 'where')) return undefined;
  const where = `where: { ${rows.column.name}: ${String(rows.is)} }`;
  const last = attribute.args.at(-1);
  if (last) return [...preview, insert(place, last.to, `, ${where}`)];
  return [...preview, replace(place, { from: attribute.nameAt.to, to: attribute.to }, `(${where})`)];
}

function attributeAt({ chunk, block }: Place, { span, inline }: Index): Attribute | undefined {
  const at = span.start - chunk.anchor.offset;
  if (inline) return fieldsOf(block).flatMap(({ attributes }) => attributes).find(({ from }) => from === at);
  for (const member of block.members) if (member.kind === 'attribute' && member.from === at) return member.attribute;
  return undefined;
}

/**
 * Before 7.4 Prisma doesn't see partial indexes at all: the schema must not ask for the index any more, or the next
 * migration would make it once again.
 */
function inMigrations(intent: IntentOf<'setRows'>, context: WriteContext): Edits {
  const { index, rows } = intent;
  // A unique key is part of the client's interface, so it can't leave the schema.
  if (index.unique || context.schema.dialect !== 'postgresql') return undefined;
  const steps = stepsFor(index, rows);
  const next = steps && context.nextMigrations(undefined, steps);
  const removed = next && removeIndex({ do: 'removeIndex', index }, context);
  return removed && [...removed, ...next];
}

/** A migration each, because Prisma wraps a file of several statements in a transaction. */
function stepsFor(index: Index, { column, is }: RowsGoal): readonly MigrationStep[] | undefined {
  const { table, name, parts, method } = index;
  const plainly = parts.every((part) => part.column !== undefined && part.ops === undefined && part.collation === undefined);
  if (name === undefined || method !== 'btree' || !plainly) return undefined;
  const schema = table.dbSchema === undefined ? '' : `${quoted(table.dbSchema, true)}.`;
  const list = parts.map((part) => quoted(part.column ?? '', true) + (part.sort === 'desc' ? ' DESC' : '')).join(', ');
  const rows = `${quoted(column.dbName, true)} ${is === null ? 'IS NULL' : `= ${String(is)}`}`;
  const live = `${name.replace(/_idx$/, '')}_${is === null ? 'live' : String(is)}_idx`;
  const create = `CREATE INDEX CONCURRENTLY ${quoted(live, true)} ON ${schema}${quoted(table.dbName, true)} (${list}) WHERE ${rows};`;
  const drop = `DROP INDEX CONCURRENTLY ${schema}${quoted(name, true)};`;
  return [
    { name: fileName(`index_${live}`), statements: [create], outsideTransaction: true },
    { name: fileName(`drop_${name}`), statements: [drop], outsideTransaction: true },
  ];
}

function fileName(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9]+/g, '_').toLowerCase();
}

/** The edits that turn a preview feature on; none where it is on already, undefined where there is no generator. */
function previewFeature(feature: string, context: WriteContext): readonly Edit[] | undefined {
  let client: Place | undefined;
  for (const path of context.schema.files) {
    for (const chunk of chunksOf(context.parsed(path))) {
      const { block } = chunk;
      if (block?.kind !== 'generator' || !/^prisma-client(?:-js)?$/.test(textOf(setting(block, 'provider')) ?? '')) continue;
      if (features(block)?.some((each) => textOf(each) === feature)) return [];
      client ??= { chunk, block };
    }
  }
  return client && turnOn(client, feature);
}

function turnOn(place: Place, feature: string): readonly Edit[] | undefined {
  const { block } = place;
  const list = setting(block, 'previewFeatures');
  if (list?.kind === 'array') {
    const last = list.items.at(-1);
    if (last) return [insert(place, last.to, `, "${feature}"`)];
    return [replace(place, list, `["${feature}"]`)];
  }
  const last = block.members.findLast((member) => member.kind === 'assignment');
  if (list || last?.kind !== 'assignment') return undefined;
  const { text } = place.chunk;
  const key = text.slice(last.from, last.value.from);
  const indent = /[^\S\r\n]*$/.exec(text.slice(0, last.from))?.[0] ?? '  ';
  // The equals signs of a block stand below each other.
  const padded = `${'previewFeatures'.padEnd(key.indexOf('=') - 1)} `;
  return [insert(place, wholeLineEnd(text, last.to), `${lineBreak(place)}${indent}${padded}= ["${feature}"]`)];
}

function chunksOf(parsed: Parsed | undefined): readonly Chunk[] {
  return parsed && isPrisma(parsed) ? parsed.chunks : [];
}

function features(block: Block): readonly Value[] | undefined {
  const value = setting(block, 'previewFeatures');
  return value?.kind === 'array' ? value.items : undefined;
}

function setting({ members }: Block, key: string): Value | undefined {
  for (const member of members) if (member.kind === 'assignment' && member.key === key) return member.value;
  return undefined;
}

function textOf(value: Value | undefined): string | undefined {
  return value?.kind === 'string' ? value.text : undefined;
}
