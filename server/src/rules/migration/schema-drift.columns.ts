// The columns of a table as they are declared and as the migrations make them.
import type { Finding } from '../../linter/rule';
import { defaultDrift } from '../../model/default-drift';
import { typeDrift } from '../../model/drift';
import type { Column, Table } from '../../model/nodes';
import { inBackticks } from '../../model/wording';
import { missingColumn, optional, otherDefault, otherType, required, writing, type Sides } from './schema-drift.fixes';
import { missingHelp, otherHelp } from './schema-drift.words';

/** Columns in one of both only, and those that are another thing there. */
export function* comparedColumns(table: Table, made: Table, sides: Sides): Generator<Finding> {
  const present = new Map(made.columns.map((column) => [column.dbName, column]));
  for (const column of table.columns) {
    const other = present.get(column.dbName);
    if (other) yield* comparedColumn(column, other, sides);
    else {
      yield {
        at: column.nameSpan,
        message: `No migration adds \`${column.dbName}\` to \`${table.dbName}\`, so each query that names the column fails in every database that the migrations have made.`,
        help: missingHelp(sides.history),
        ...writing(missingColumn(column, made, sides), sides, `Add \`${column.dbName}\` to \`${table.dbName}\``),
      };
    }
  }
  yield* leftOver(table, made);
}

function* comparedColumn(column: Column, made: Column, sides: Sides): Generator<Finding> {
  const name = `\`${column.table.dbName}.${column.dbName}\``;
  const rest = { at: column.nameSpan, help: otherHelp(sides.history), related: [{ at: made.span, message: 'As the migrations leave it.' }] };
  const types = typeDrift(column, made);
  if (types) {
    const message = `${name} is \`${types.declared}\` here, and \`${types.made}\` in every database that the migrations have made.`;
    yield { ...rest, message, ...writing(otherType(column, made, sides), sides, `Make ${name} \`${types.declared}\``) };
    return;
  }
  if (column.nullable !== made.nullable && column.type.array === 0) {
    const consequence = made.nullable ? 'may hold NULL, which code that trusts this schema never expects' : 'refuses NULL, so inserts that leave it out fail';
    yield {
      ...rest,
      message: `${name} is ${column.nullable ? 'optional' : 'required'} here, but in every database that the migrations have made it ${consequence}.`,
      ...(column.nullable ? writing(optional(column, sides), sides, `Make ${name} optional`) : writing(required(column, sides), sides, `Fill and require ${name}`)),
    };
  }
  yield* comparedDefault(column, made, sides, { ...rest, name });
}

function* comparedDefault(column: Column, made: Column, sides: Sides, { name, ...rest }: Omit<Finding, 'message'> & { readonly name: string }): Generator<Finding> {
  const message = defaultMessage(column, made);
  if (message === undefined) return;
  const title = column.default ? `Set the default of ${name}` : `Drop the default of ${name}`;
  // What a database does beyond what is declared surprises few.
  yield { ...rest, message: `${name} ${message}.`, ...(!column.default && { quiet: true as const }), ...writing(otherDefault(column, made, sides), sides, title) };
}

function defaultMessage(column: Column, made: Column): string | undefined {
  const drift = defaultDrift(column, made);
  switch (drift?.kind) {
    case 'none': {
      const consequence = made.nullable ? 'so rows that leave it out hold NULL' : 'so inserts that leave it out fail';
      return `has the default \`${drift.declared}\` here, but none in the databases that the migrations have made, ${consequence}`;
    }
    case 'other':
      return `has the default \`${drift.declared}\` here, and \`${drift.made}\` in every database that the migrations have made`;
    case 'left':
      return `has no default here, and \`${drift.made}\` in every database that the migrations have made`;
    case undefined:
      return undefined;
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
