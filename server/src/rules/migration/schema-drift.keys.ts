// The foreign keys and indexes of a table as they are declared and as the migrations make them.
import type { Context, Finding } from '../../linter/rule';
import { deleteRuleDrift, hasColumns, madeIndex, madeKey, sameKey, samePrimaryKey } from '../../model/drift';
import type { ForeignKey, Index, Table } from '../../model/nodes';
import { inBackticks } from '../../model/wording';
import { isReady, missingIndex, missingKey, otherRule, writing, type Sides } from './schema-drift.fixes';
import { missingHelp, otherHelp } from './schema-drift.words';

/** Keys and indexes in one of both only, and foreign keys with another delete rule. */
export function* comparedKeys(table: Table, made: Table, sides: Sides, { table: find }: Context): Generator<Finding> {
  yield* primaryKey(table, made, sides);
  // An ORM that emulates relations makes no foreign keys.
  if (!sides.schema.emulatedRelations) {
    for (const key of table.foreignKeys) yield* comparedKey(key, made, sides);
    for (const key of made.foreignKeys) yield* leftKey(key, table, find);
  }
  for (const index of table.indexes) yield* comparedIndex(index, made, sides);
  yield* leftIndexes(table, made, sides);
}

function* primaryKey(table: Table, made: Table, { history }: Sides): Generator<Finding> {
  const { primaryKey: declared } = table;
  if (!declared || samePrimaryKey(table, made) !== false || !hasColumns(made, namesIn(declared))) return;
  const there = made.primaryKey && inBackticks(namesIn(made.primaryKey));
  yield {
    at: declared.nameSpan,
    message: `The primary key of \`${table.dbName}\` is ${inBackticks(namesIn(declared))} here, and ${there ?? 'missing'} in every database that the migrations have made.`,
    help: otherHelp(history),
    ...(made.primaryKey && { related: [{ at: made.primaryKey.span, message: 'Made here.' }] }),
  };
}

function* comparedKey(key: ForeignKey, made: Table, sides: Sides): Generator<Finding> {
  // Where a column is missing, or what it references, that says it all.
  if (!hasColumns(made, key.columns) || !isReady(key, sides)) return;
  const from = `\`${key.table.dbName}\` (${inBackticks(key.columns)})`;
  const other = madeKey(key, made);
  if (!other) {
    yield {
      at: key.nameSpan,
      message: `No migration makes the foreign key of ${from}, so no database that the migrations have made guards it.`,
      help: missingHelp(sides.history),
      ...writing(missingKey(key, sides), sides, `Add the foreign key of ${from}, validated after it,`),
    };
    return;
  }
  const rule = deleteRuleDrift(key, other);
  if (!rule) return;
  yield {
    at: key.onDelete?.span ?? key.nameSpan,
    message: `The foreign key of ${from} is \`${key.onDelete?.action ?? ''}\` on delete here, and \`${rule}\` in every database that the migrations have made.`,
    help: otherHelp(sides.history),
    related: [{ at: other.span, message: 'Made here.' }],
    ...writing(otherRule(key, other, sides), sides, `Make the foreign key of ${from} \`${key.onDelete?.action ?? ''}\`, validated after it,`),
  };
}

function* leftKey(made: ForeignKey, table: Table, find: Context['table']): Generator<Finding> {
  // Keys to tables that are kept out of the ORM can't be declared, and those of columns that are left over go with them.
  if (!find(made.target) || !hasColumns(table, made.columns) || table.foreignKeys.some((key) => sameKey(key, made))) return;
  yield {
    at: table.nameSpan,
    message: `The migrations tie ${inBackticks(made.columns)} of \`${table.dbName}\` to \`${made.target.name}\` by a foreign key, not declared here, so writes fail that look right to code.`,
    help: 'Declare the foreign key, or write the migration that drops it.',
    related: [{ at: made.span, message: 'Made here.' }],
  };
}

function* comparedIndex(index: Index, made: Table, sides: Sides): Generator<Finding> {
  const names = namesIn(index);
  if (index.where || names.length < index.parts.length || !hasColumns(made, names) || madeIndex(index, made)) return;
  const of = `${inBackticks(names)} of \`${index.table.dbName}\``;
  yield {
    at: index.nameSpan,
    message: index.unique
      ? `No migration makes ${of} unique, so every database that the migrations have made takes duplicates.`
      : `No migration creates the index on ${of}, so every database that the migrations have made searches without it.`,
    help: missingHelp(sides.history),
    ...writing(missingIndex(index, sides), sides, `Create the ${index.unique ? 'unique ' : ''}index on ${of}, without blocking writes,`),
  };
}

/** Indexes that are only in the database, as far as any ORM could declare them. */
function* leftIndexes(table: Table, made: Table, { history }: Sides): Generator<Finding> {
  const declared = [table.primaryKey, ...table.indexes].flatMap((index) => index ?? []);
  const left = made.indexes.filter((index) => isPlain(index, table) && !declared.some((own) => isKnownAs(own, index)));
  for (const index of left.filter(({ unique }) => unique)) {
    yield {
      at: table.nameSpan,
      message: `The migrations make ${inBackticks(namesIn(index))} of \`${table.dbName}\` unique, which isn't declared here, so inserts fail that look right to code.`,
      help: 'Declare what is unique, or write the migration that drops the index.',
      related: [{ at: index.span, message: 'Made here.' }],
    };
  }
  const others = left.filter(({ unique }) => !unique);
  if (others.length === 0) return;
  yield {
    at: table.nameSpan,
    message: `The migrations give \`${table.dbName}\` ${others.length === 1 ? 'an index' : 'indexes'} on ${others.map((index) => `(${inBackticks(namesIn(index))})`).join(', ')}, not declared here.`,
    help: otherHelp(history),
    related: others.map((index) => ({ at: index.span, message: 'Made here.' })),
    quiet: true,
  };
}

/** Partial indexes, those of expressions and of other methods are written by hand because schemas can't say them. */
function isPlain({ where, method, parts, include, nullsNotDistinct }: Index, table: Table): boolean {
  if (where || method !== 'btree' || include.length > 0 || nullsNotDistinct) return false;
  return parts.every(({ column, ops, collation }) => column !== undefined && ops === undefined && collation === undefined && hasColumns(table, [column]));
}

function isKnownAs(declared: Index, made: Index): boolean {
  if (declared.name !== undefined && declared.name === made.name) return true;
  const [own, others] = [namesIn(declared), namesIn(made)];
  if (own.join() === others.join()) return declared.unique || !made.unique;
  // Rows are as unique in any order of the columns.
  return declared.unique && made.unique && own.toSorted().join() === others.toSorted().join();
}

function namesIn({ parts }: Index): string[] {
  return parts.flatMap(({ column }) => column ?? []);
}
