// Reports primary keys made of random UUIDs.
import type { Rule } from '../../linter/rule';
import { isForeignKeyMember, isKeyMember, isSecret } from '../../model/column-roles';

export const randomUuidKey: Rule = {
  id: 'random-uuid-key',
  meta: {
    title: 'A primary key is a random UUID.',
    severity: 'info',
    fix: 'safe',
    dialects: ['postgresql', 'mysql', 'sqlite'],
    bible: '§1 L M5',
  },
  visit: {
    *column(column) {
      const value = column.default;
      if (value?.kind !== 'uuid' || value.version !== 4) return;
      // A secret must not tell when it was made, and a referencing column takes what its target has.
      if (!isKeyMember(column) || isForeignKeyMember(column) || isSecret(column)) return;
      yield {
        at: value.span,
        message: `Random keys scatter new rows of \`${column.table.name}\` all over the index of \`${column.name}\`, which grows larger and slower than one in order of time.`,
        help: 'Use a UUID v7.',
        fixes: [
          {
            title: `Use a UUID v7 for \`${column.name}\``,
            // A default of the database serves every writer; moving it into the client is the author's choice.
            kind: value.by === 'client' ? 'safe' : 'review',
            preferred: true,
            intent: () => ({ do: 'setTimeOrderedDefault', column }),
          },
        ],
      };
    },
  },
};
