// Reports UUIDs that are kept as text.
import type { Rule } from '../../linter/rule';
import { isGeneratedAuthTable } from '../../model/auth-tables';
import { isForeignKeyMember, isKeyMember, isSecret } from '../../model/column-roles';
import { isFirstInFile } from '../../model/first';
import { mayBeApplied } from '../../model/history';
import type { Intent } from '../../model/intents';
import type { Column, Table } from '../../model/nodes';
import { tiedColumns } from '../../model/references';

export const uuidAsText: Rule = {
  id: 'uuid-as-text',
  meta: {
    title: 'A UUID is kept as text.',
    severity: 'warning',
    fix: 'review',
    dialects: ['postgresql', 'cockroachdb'],
    bible: '§3 X1',
  },
  visit: {
    *column(column, { schema, facts }) {
      const { table, name } = column;
      if (!keepsUuids(column)) return;
      const key = isKeyMember(column);
      const places = key ? 'each row, each index and each reference' : 'each row and each index';
      yield {
        at: column.type.span,
        message: `\`${name}\` of \`${table.name}\` keeps UUIDs as text, which takes 37 bytes in place of 16 in ${places}, and accepts any other text.`,
        help: mayBeApplied(column.span, schema, facts)
          ? `Use the type \`uuid\` for it and what refers to it; its migration drops the foreign keys, converts each column with \`TYPE uuid USING "${column.dbName}"::uuid\` and adds them again.`
          : 'Use the type `uuid`, for it and for what refers to it.',
        // A schema makes all its keys in one way, so one decision serves all of them.
        ...((!isPressing(column) || !isFirstInFile(column, schema, isPressing)) && { quiet: true as const }),
        fixes: [
          {
            title: key ? `Make \`${name}\` and what refers to it a uuid` : `Make \`${name}\` a uuid`,
            kind: 'review',
            preferred: true,
            intent: () => together(column, schema.tables),
          },
        ],
      };
    },
  },
};

function keepsUuids(column: Column): boolean {
  // What refers to a key changes with it.
  if (column.default?.kind !== 'uuid' || !isText(column) || isForeignKeyMember(column)) return false;
  // A token comes from outside in any shape, and only a text can be asked for all of them.
  return isKeyMember(column) || !isSecret(column);
}

/** A key that others refer to. An authentication library may fill its own tables with ids of another kind. */
function isPressing(column: Column): boolean {
  return keepsUuids(column) && isKeyMember(column) && !isGeneratedAuthTable(column.table);
}

/** The column and all that foreign keys tie to it; nothing at all where one of them may hold something else. */
function together(column: Column, tables: readonly Table[]): Intent {
  const tied = tiedColumns(column, tables);
  const fits = tied.every((each) => each.type.family === 'uuid' || (isText(each) && (!each.default || each.default.kind === 'uuid')));
  if (!fits) return { do: 'all', intents: [] };
  return { do: 'setType', column, to: { family: 'uuid' }, also: tied.filter(isText) };
}

function isText({ type }: Column): boolean {
  return type.family === 'text' && type.array === 0;
}
