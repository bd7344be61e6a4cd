// Reports foreign keys whose delete rule nobody chose.
import type { Fix, Rule } from '../../linter/rule';
import { authorName } from '../../model/column-roles';
import { defaultDeleteRule, isOptional, likelyDeleteRule, restrictiveRule } from '../../model/delete-rules';
import type { ForeignKey, ReferentialAction } from '../../model/nodes';
import { inBackticks } from '../../model/wording';

export const implicitDeleteRule: Rule = {
  id: 'implicit-delete-rule',
  meta: {
    title: 'A foreign key does not say what happens when its target is deleted.',
    severity: 'info',
    fix: 'review',
    dialects: ['postgresql', 'cockroachdb', 'mysql', 'sqlite', 'sqlserver', 'unknown'],
    bible: '§6 L',
  },
  visit: {
    *foreignKey(foreignKey, { schema, table: find }) {
      const { table } = foreignKey;
      if (foreignKey.onDelete || foreignKey.columns.length === 0 || table.partitionOf) return;
      const target = find(foreignKey.target);
      const targetName = target?.name ?? foreignKey.target.name;
      yield {
        at: foreignKey.nameSpan,
        message: `${outcome(foreignKey, targetName)}, because its ${schema.emulatedRelations ? 'relation' : 'foreign key'} has no delete rule.`,
        help: 'Choose a delete rule.',
        ...(target && { related: [{ at: target.nameSpan, message: `\`${targetName}\` is referenced here.` }] }),
        fixes: choices(foreignKey, targetName),
      };
    },
  },
};

function outcome(foreignKey: ForeignKey, target: string): string {
  const { table } = foreignKey;
  return defaultDeleteRule(foreignKey) === 'set null'
    ? `Deleting a row of \`${target}\` clears ${columnNames(foreignKey)} in \`${table.name}\``
    : `Deleting a row of \`${target}\` fails while \`${table.name}\` refers to it`;
}

/** The likely rule first; SET NULL only where every column takes it. */
function choices(foreignKey: ForeignKey, target: string): Fix[] {
  const likely = likelyDeleteRule(foreignKey, target);
  const order: ('cascade' | 'restrict' | 'set null')[] = ['cascade', 'restrict'];
  if (isOptional(foreignKey)) order.push('set null');
  order.sort((a, b) => Number(b === likely) - Number(a === likely));
  return order.map((choice, at) => {
    const action: ReferentialAction = choice === 'restrict' ? restrictiveRule(foreignKey) : choice;
    return {
      title: title(choice, foreignKey, target),
      kind: 'review',
      ...(at === 0 && { preferred: true as const }),
      intent: () => ({ do: 'setOnDelete', foreignKey, action }),
    };
  });
}

function title(choice: 'cascade' | 'restrict' | 'set null', foreignKey: ForeignKey, target: string): string {
  const child = `\`${foreignKey.table.name}\``;
  switch (choice) {
    case 'cascade':
      return `Cascade: rows of ${child} belong to \`${target}\` and are deleted with it`;
    case 'restrict':
      return `Restrict: a row of \`${target}\` can't be deleted while ${child} refers to it`;
    case 'set null':
      return `Set null: rows of ${child} outlive \`${target}\` and lose the reference`;
  }
}

function columnNames({ table, columns }: ForeignKey): string {
  return inBackticks(columns.map((dbName) => authorName(table, dbName)));
}
