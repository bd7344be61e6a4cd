// Reports what a schema declares and its migrations don't make, and the other way round.
import type { Finding, Rule } from '../../linter/rule';
import { deleteRuleDrift, madeIndex, madeKey, typeDrift } from '../../model/drift';
import { finderOf, nameOf } from '../../model/names';
import type { Column, Schema, Table, TableName } from '../../model/nodes';
import { inBackticks } from '../../model/wording';

export const schemaDrift: Rule = {
  id: 'schema-drift',
  meta: {
    title: 'A schema and the migrations that are written from it disagree.',
    severity: 'warning',
    fix: 'none',
    history: true,
    absence: true,
    languages: ['prisma', 'drizzle'],
    dialects: ['postgresql'],
    bible: '+',
  },
  visit: {
    *table(table, { history }) {
      if (!history) return;
      const made = finder(history)(nameOf(table));
      if (!made) {
        yield {
          at: table.nameSpan,
          message: `No migration creates \`${table.dbName}\`, so queries of it fail in every database that the migrations have made.`,
          help: 'Write the missing migration.',
        };
      } else if (made.objectKind === 'table' && !made.partial) yield* compared(table, made);
    },
    *enum(declared, { history }) {
      const made = history?.enums.find(({ dbName }) => dbName === declared.dbName);
      if (!made) return;
      const missing = declared.values.filter((value) => !made.values.includes(value));
      if (missing.length === 0) return;
      yield {
        at: declared.nameSpan,
        message: `No migration adds ${inBackticks(missing)} to \`${declared.dbName}\`, so each query with that value fails in every database that the migrations have made.`,
        help: 'Write the missing migration.',
        related: [{ at: made.nameSpan, message: 'Made here.' }],
      };
    },
  },
};

const finders = new WeakMap<Schema, (name: TableName) => Table | undefined>();

function finder(history: Schema): (name: TableName) => Table | undefined {
  let find = finders.get(history);
  if (!find) finders.set(history, (find = finderOf(history.tables)));
  return find;
}

function* compared(table: Table, made: Table): Generator<Finding> {
  const present = new Map(made.columns.map((column) => [column.dbName, column]));
  for (const column of table.columns) {
    const other = present.get(column.dbName);
    if (other) yield* comparedColumn(column, other);
    else {
      yield {
        at: column.nameSpan,
        message: `No migration adds \`${column.dbName}\` to \`${table.dbName}\`, so each query that names the column fails in every database that the migrations have made.`,
        help: 'Write the missing migration.',
      };
    }
  }
  yield* leftOver(table, made);
  yield* comparedKeys(table, made);
}

function* comparedColumn(column: Column, made: Column): Generator<Finding> {
  const name = `\`${column.table.dbName}.${column.dbName}\``;
  const related = [{ at: made.span, message: 'As the migrations leave it.' }];
  const types = typeDrift(column, made);
  if (types) {
    yield { at: column.nameSpan, message: `${name} is \`${types.declared}\` here, and \`${types.made}\` in every database that the migrations have made.`, help: HELP, related };
  } else if (column.nullable !== made.nullable && column.type.array === 0) {
    const consequence = made.nullable ? 'may hold NULL, which code that trusts this schema never expects' : 'refuses NULL, so inserts that leave it out fail';
    yield { at: column.nameSpan, message: `${name} is ${column.nullable ? 'optional' : 'required'} here, but in every database that the migrations have made it ${consequence}.`, help: HELP, related };
  }
}

function* leftOver(table: Table, made: Table): Generator<Finding> {
  const declared = new Set(table.columns.map(({ dbName }) => dbName));
  const left = made.columns.filter(({ dbName }) => !declared.has(dbName));
  if (left.length === 0) return;
  const required = left.find((column) => !column.nullable && !column.default && !column.generated);
  const names = inBackticks(left.map(({ dbName }) => dbName));
  const told = `The migrations give \`${table.dbName}\` ${names}, not declared here`;
  yield {
    at: table.nameSpan,
    message: required ? `${told}, so each insert that leaves out \`${required.dbName}\` fails.` : `${told}.`,
    help: 'Declare what is in the database, or write the migration that drops it.',
    related: left.map((column) => ({ at: column.nameSpan, message: 'Added here.' })),
    // Columns that nobody misses may wait for their removal.
    ...(!required && { quiet: true as const }),
  };
}

function* comparedKeys(table: Table, made: Table): Generator<Finding> {
  for (const key of table.foreignKeys) {
    const other = madeKey(key, made);
    const from = `\`${table.dbName}\` (${inBackticks(key.columns)})`;
    if (!other) {
      yield { at: key.nameSpan, message: `No migration makes the foreign key of ${from}, so no database that the migrations have made guards it.`, help: 'Write the missing migration.' };
      continue;
    }
    const rule = deleteRuleDrift(key, other);
    if (rule) yield { at: key.onDelete?.span ?? key.nameSpan, message: `The foreign key of ${from} is \`${key.onDelete?.action ?? ''}\` on delete here, and \`${rule}\` in every database that the migrations have made.`, help: HELP, related: [{ at: other.span, message: 'Made here.' }] };
  }
  for (const index of table.indexes) {
    if (index.where || index.parts.some(({ column }) => column === undefined) || madeIndex(index, made)) continue;
    const columns = inBackticks(index.parts.flatMap(({ column }) => column ?? []));
    yield {
      at: index.nameSpan,
      message: index.unique
        ? `No migration makes ${columns} of \`${table.dbName}\` unique, so every database that the migrations have made takes duplicates.`
        : `No migration creates the index on ${columns} of \`${table.dbName}\`, so every database that the migrations have made searches without it.`,
      help: 'Write the missing migration.',
    };
  }
}

const HELP = 'Write the migration that makes both the same.';
