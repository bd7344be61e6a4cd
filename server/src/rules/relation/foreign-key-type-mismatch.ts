// Reports foreign keys between columns that the database can't compare.
import type { Rule } from '../../linter/rule';
import { mayBeApplied } from '../../model/history';
import { refusesReference } from '../../model/joinable-types';
import type { Column, ForeignKey } from '../../model/nodes';
import { referencePairs } from '../../model/references';
import { typeName } from '../../model/type-names';

export const foreignKeyTypeMismatch: Rule = {
  id: 'foreign-key-type-mismatch',
  meta: {
    title: 'A foreign key has another type than the column it refers to.',
    severity: 'error',
    fix: 'review',
    dialects: ['postgresql', 'cockroachdb', 'mysql', 'sqlserver'],
    bible: '+',
  },
  visit: {
    *foreignKey(foreignKey, { schema, facts, table: find }) {
      const target = schema.emulatedRelations ? undefined : find(foreignKey.target);
      const pair = target && referencePairs(foreignKey, target).find((each) => refusesReference(each.column.type, each.target.type, target.dialect));
      if (!pair) return;
      const { column, target: key } = pair;
      const applied = mayBeApplied(column.span, schema, facts) || column.type.span.file !== column.span.file;
      yield {
        at: placeOf(foreignKey, column),
        message: `The database refuses this foreign key, because \`${column.name}\` of \`${column.table.name}\` is ${type(column)} and \`${key.name}\` of \`${key.table.name}\` is ${type(key)}.`,
        help: applied ? `Give both columns one type${conversion(column, key)}.` : 'Give both columns one type.',
        related: [{ at: key.type.span, message: `\`${key.name}\` is ${type(key)} here.` }],
        fixes: [
          {
            title: `Give \`${column.name}\` the type of \`${key.name}\` of \`${key.table.name}\``,
            // Either of the two may be the one that is wrong.
            kind: 'review',
            preferred: true,
            intent: () => ({ do: 'setType', column, to: { family: 'like', column: key } }),
          },
        ],
      };
    },
  },
};

/** The column's type, or the foreign key where it comes later, in a file of its own. */
function placeOf(foreignKey: ForeignKey, { type }: Column): Column['span'] {
  return foreignKey.nameSpan.file === type.span.file ? type.span : foreignKey.nameSpan;
}

/** How the migration says what becomes of the values; MySQL and SQL Server convert them unasked. */
function conversion({ dbName, table: { dialect } }: Column, key: Column): string {
  return dialect === 'mysql' || dialect === 'sqlserver' ? '' : `, in a migration with \`USING "${dbName}"::${typeName(key.type)}\``;
}

function type(column: Column): string {
  return `\`${typeName(column.type, column.table.dialect)}\``;
}
