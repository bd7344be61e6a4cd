// Reports foreign keys that set columns to NULL which refuse it.
import type { Fix, Rule } from '../../linter/rule';
import { isKeyMember } from '../../model/column-roles';
import { columnsSet, restrictiveRule } from '../../model/delete-rules';
import type { Column, ForeignKey, ReferentialRule, Schema, Table } from '../../model/nodes';
import { inBackticks } from '../../model/wording';

export const setNullOnRequired: Rule = {
  id: 'set-null-on-required',
  meta: {
    title: 'A foreign key sets a required column to NULL.',
    severity: 'error',
    fix: 'review',
    dialects: ['postgresql', 'cockroachdb', 'mysql', 'sqlite', 'sqlserver', 'unknown'],
    bible: '§6',
  },
  visit: {
    *foreignKey(foreignKey, { schema, table: find }) {
      const { table, onDelete, onUpdate } = foreignKey;
      const target = find(foreignKey.target);
      const targetName = target?.name ?? foreignKey.target.name;
      for (const rule of [onDelete, onUpdate]) {
        const refusing = rule?.action === 'set null' ? columnsSet(foreignKey, rule).filter(({ nullable }) => !nullable) : [];
        const [first] = refusing;
        if (!rule || !first) continue;
        const refused = isRefused(table, schema);
        const cause = refused ? 'it' : schema.emulatedRelations ? 'its relation' : 'its foreign key';
        yield {
          at: rule.span,
          message: `${refused ? `The database refuses this foreign key of \`${table.name}\`` : outcome(foreignKey, targetName, rule === onDelete)}, because ${cause} sets ${names(refusing)} to NULL, which the ${refusing.length === 1 ? 'column refuses' : 'columns refuse'}.`,
          help: rule === onDelete ? `Let ${names(refusing)} take NULL, or forbid the delete.` : `Let ${names(refusing)} take NULL.`,
          saidByPrisma: true,
          related: refusing.map((column) => ({ at: column.nameSpan, message: `\`${column.name}\` of \`${table.name}\` is required.` })),
          fixes: fixes(foreignKey, targetName, refusing, rule),
        };
      }
    },
  },
};

function outcome({ table }: ForeignKey, target: string, isDelete: boolean): string {
  return `${isDelete ? 'Deleting a row' : 'Changing the key'} of \`${target}\` fails while \`${table.name}\` refers to it`;
}

/** MySQL and SQL Server look at it when the key is made, the others when they have to act. */
function isRefused({ dialect }: Table, { emulatedRelations }: Schema): boolean {
  return !emulatedRelations && (dialect === 'mysql' || dialect === 'sqlserver');
}

function fixes(foreignKey: ForeignKey, target: string, refusing: readonly Column[], rule: ReferentialRule): Fix[] {
  const found: Fix[] = [];
  if (!refusing.some(isKeyMember)) {
    found.push({
      title: `Let ${names(refusing)} take NULL: rows of \`${foreignKey.table.name}\` outlive \`${target}\``,
      kind: 'review',
      preferred: true,
      intent: () => ({ do: 'all', intents: refusing.map((column) => ({ do: 'setNullable', column })) }),
    });
  }
  if (rule === foreignKey.onDelete) {
    found.push({
      title: `Restrict: a row of \`${target}\` can't be deleted while \`${foreignKey.table.name}\` refers to it`,
      kind: 'review',
      intent: () => ({ do: 'setOnDelete', foreignKey, action: restrictiveRule(foreignKey) }),
    });
  }
  return found;
}

function names(columns: readonly Column[]): string {
  return inBackticks(columns.map(({ name }) => name));
}
