// Reports foreign keys that set columns to a default which they don't have.
import type { Fix, Rule } from '../../linter/rule';
import { columnsSet, restrictiveRule } from '../../model/delete-rules';
import type { Column, ForeignKey } from '../../model/nodes';
import { inBackticks } from '../../model/wording';

export const setDefaultWithoutDefault: Rule = {
  id: 'set-default-without-default',
  meta: {
    title: 'A foreign key sets a column to a default that it does not have.',
    severity: 'error',
    fix: 'review',
    dialects: ['postgresql', 'cockroachdb', 'sqlite', 'sqlserver', 'unknown'],
    bible: '§6',
  },
  visit: {
    *foreignKey(foreignKey, { table: find }) {
      const { onDelete, onUpdate } = foreignKey;
      const targetName = find(foreignKey.target)?.name ?? foreignKey.target.name;
      for (const rule of [onDelete, onUpdate]) {
        if (rule?.action !== 'set default') continue;
        const bare = columnsSet(foreignKey, rule).filter((column) => !hasDefault(column));
        if (bare.length === 0) continue;
        const isDelete = rule === onDelete;
        yield {
          at: rule.span,
          message: message(foreignKey, targetName, bare, isDelete),
          help: isDelete ? 'Forbid the delete, or give the column a default.' : 'Give the column a default.',
          related: bare.map((column) => ({ at: column.nameSpan, message: `\`${column.name}\` has no default in the database.` })),
          ...(isDelete && { fixes: fixes(foreignKey, targetName, bare) }),
        };
      }
    },
  },
};

/** What an ORM's client fills in, the database can't. */
function hasDefault(column: Column): boolean {
  const { default: value, generated } = column;
  return generated || (value?.by === 'database' && !(value.kind === 'literal' && value.value === null));
}

function message({ table }: ForeignKey, target: string, bare: readonly Column[], isDelete: boolean): string {
  const act = `${isDelete ? 'Deleting a row' : 'Changing the key'} of \`${target}\``;
  const refusing = bare.filter(({ nullable }) => !nullable);
  // SQL Server looks at it when the key is made.
  if (refusing.length > 0 && table.dialect === 'sqlserver') {
    return `The database refuses this foreign key of \`${table.name}\`, because it sets ${names(refusing)} to a default that the database doesn't have.`;
  }
  return refusing.length > 0
    ? `${act} fails while \`${table.name}\` refers to it, because its foreign key sets ${names(refusing)} to a default that the database doesn't have.`
    : `${act} clears ${names(bare)} in \`${table.name}\`, because its foreign key sets ${bare.length === 1 ? 'it' : 'them'} to a default that the database doesn't have.`;
}

function fixes(foreignKey: ForeignKey, target: string, bare: readonly Column[]): Fix[] {
  const found: Fix[] = [
    {
      title: `Restrict: a row of \`${target}\` can't be deleted while \`${foreignKey.table.name}\` refers to it`,
      kind: 'review',
      preferred: true,
      intent: () => ({ do: 'setOnDelete', foreignKey, action: restrictiveRule(foreignKey) }),
    },
  ];
  // What happens now, said as it is: only where it happens to all columns.
  if (bare.length === foreignKey.columns.length && bare.every(({ nullable }) => nullable)) {
    found.push({
      title: `Set null: rows of \`${foreignKey.table.name}\` lose the reference, as they do now`,
      kind: 'review',
      intent: () => ({ do: 'setOnDelete', foreignKey, action: 'set null' }),
    });
  }
  return found;
}

function names(columns: readonly Column[]): string {
  return inBackticks(columns.map(({ name }) => name));
}
