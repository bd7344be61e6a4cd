// Reports indexes that another index makes needless.
import type { Rule } from '../../linter/rule';
import { replacementOf } from '../../model/covering';
import type { Index } from '../../model/nodes';

export const redundantIndex: Rule = {
  id: 'redundant-index',
  meta: {
    title: 'An index repeats another index, or its first columns.',
    severity: 'warning',
    fix: 'safe',
    // SingleStore's indexes are hashes, of which none serves what a shorter one does.
    dialects: ['postgresql', 'cockroachdb', 'mysql', 'sqlite', 'sqlserver', 'mongodb', 'gel', 'unknown'],
    bible: '§5 L',
  },
  visit: {
    *index(index) {
      if (index.table.partitionOf) return;
      const by = replacementOf(index);
      if (!by) return;
      const { table } = index;
      yield {
        at: index.nameSpan,
        message: `Every write to \`${table.name}\` also updates this index on ${columnsOf(index)}, though ${describe(by)} serves the same queries.`,
        help: 'Remove it.',
        related: [{ at: by.nameSpan, message: `${capital(describe(by))} is declared here.` }],
        unnecessary: true,
        fixes: [
          {
            title: `Remove the index on ${columnsOf(index)}`,
            // A unique index may be what a foreign key or ON CONFLICT relies on, and an older file's index is in use.
            kind: !index.unique && index.span.file === table.span.file ? 'safe' : 'review',
            preferred: true,
            intent: () => ({ do: 'removeIndex', index, coveredBy: by }),
          },
        ],
      };
    },
  },
};

function describe(index: Index): string {
  if (index.constraint === 'primary key') return `the primary key on ${columnsOf(index)}`;
  return `${index.unique ? 'the unique index' : 'the index'} on ${columnsOf(index)}`;
}

function columnsOf({ table, parts }: Index): string {
  return parts
    .map((part) => {
      const column = table.columns.find((each) => each.dbName === part.column);
      return `\`${column?.name ?? part.column ?? part.expression ?? '?'}\``;
    })
    .join(', ');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
