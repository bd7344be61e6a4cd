// Reports keys of 32 bits that are numbered by the database, and references of 32 bits to keys of 64.
import type { Context, Fix, Rule } from '../../linter/rule';
import { isAppendOnly, isStream } from '../../model/append-only';
import { isForeignKeyMember, isKeyMember } from '../../model/column-roles';
import { isCountingKey } from '../../model/counting-keys';
import type { Intent } from '../../model/intents';
import { refusesReference } from '../../model/joinable-types';
import type { Column, ForeignKey, Table } from '../../model/nodes';
import { referencePairs, tiedColumns } from '../../model/references';
import { isUnsigned } from '../../model/type-names';

export const smallIntegerKey: Rule = {
  id: 'small-integer-key',
  meta: {
    title: 'A key has only 32 bits.',
    severity: 'warning',
    fix: 'review',
    dialects: ['postgresql', 'cockroachdb', 'mysql', 'sqlserver'],
    bible: '+',
  },
  visit: {
    *column(column, { schema }) {
      // What refers to a key is as wide as the key, and changes with it.
      if (!isSmall(column) || column.default?.kind !== 'sequence' || !isKeyMember(column) || isForeignKeyMember(column)) return;
      const { name, table, type } = column;
      const urgent = isStream(table);
      // Most tables never come near it; what counts up where keys are seen is told of that first.
      const toldOtherwise = table.dialect === 'postgresql' && isCountingKey(column);
      if (!urgent && (toldOtherwise || table.foreignKeys.length === 0 || isAppendOnly(table))) return;
      yield {
        at: type.span,
        message: `\`${table.name}\` takes no more rows once \`${name}\` has counted to ${limit(column)}, deleted rows and failed inserts included.`,
        help: helpFor(column),
        ...(!urgent && { quiet: true as const }),
        fixes: [widen(`Make \`${name}\` and what refers to it 64 bits wide`, column, schema)],
      };
    },
    *foreignKey(foreignKey, { schema, table: find }) {
      for (const { column, target } of pairs(foreignKey, find)) {
        if (!isSmall(column) || !isWide(target) || refusesReference(column.type, target.type, column.table.dialect)) continue;
        const { name, table, type } = column;
        yield {
          at: type.span,
          message: `\`${name}\` of \`${table.name}\` can't refer to rows of \`${target.table.name}\` beyond ${limit(column)}, because it has 32 bits and \`${target.name}\` has 64.`,
          help: 'Use the type of the key.',
          related: [{ at: target.type.span, message: `\`${target.name}\` has 64 bits here.` }],
          fixes: [widen(`Make \`${name}\` 64 bits wide`, column, schema)],
        };
      }
    },
  },
};

/** What widening costs where the table holds rows. */
function helpFor({ dbName, table: { dialect } }: Column): string {
  switch (dialect) {
    case 'postgresql':
      return `Use 64 bits; on a table with rows \`ALTER COLUMN "${dbName}" TYPE bigint\` rewrites it under a lock, and \`ALTER SEQUENCE … AS bigint\` has to widen a sequence of its own.`;
    case 'mysql':
      return 'Use 64 bits; on a table with rows that copies it under a lock, and MySQL refuses it while foreign keys use the column.';
    case 'sqlserver':
      return 'Use 64 bits; on a table with rows that rewrites it under a lock, and SQL Server refuses it while a primary or foreign key uses the column.';
    default:
      return 'Use 64 bits.';
  }
}

function pairs(foreignKey: ForeignKey, find: Context['table']): { column: Column; target: Column }[] {
  const target = find(foreignKey.target);
  return target ? referencePairs(foreignKey, target) : [];
}

function widen(title: string, column: Column, schema: { readonly tables: readonly Table[] }): Fix {
  const intent = (): Intent => ({
    do: 'setType',
    column,
    to: { family: 'integer', bits: 64 },
    also: tiedColumns(column, schema.tables).filter(({ type }) => type.family === 'integer' && type.bits < 64 && type.array === 0),
  });
  // The code that handles the key gets another type, too.
  return { title, kind: 'review', preferred: true, intent };
}

function isSmall({ type }: Column): boolean {
  return type.family === 'integer' && type.bits === 32 && type.array === 0;
}

function isWide({ type }: Column): boolean {
  return type.family === 'integer' && type.bits === 64 && type.array === 0;
}

function limit({ type, table }: Column): string {
  return isUnsigned(type, table.dialect) ? '4.3 billion' : '2.1 billion';
}
