// Reports names in the database that aren't in snake_case like the others.
import type { Finding, Rule } from '../../linter/rule';
import type { Facts } from '../../model/facts';
import { mayBeApplied } from '../../model/history';
import { plural } from '../../model/named-tables';
import { databaseStyle, isSnakeCase, snakeCase, type DatabaseStyle } from '../../model/naming-style';
import type { Column, Schema, Table } from '../../model/nodes';

interface Options {
  readonly always: boolean;
}

export const unmappedName: Rule<Options> = {
  id: 'unmapped-name',
  meta: {
    title: 'A name in the database is not in snake_case.',
    severity: 'off',
    fix: 'safe',
    dialects: ['postgresql', 'cockroachdb'],
    bible: '§3 X1',
    options: {
      always: { default: false, description: "Report every such name, also in a schema most of whose names aren't in snake_case." },
    },
  },
  visit: {
    *table(table, { schema, facts, options }) {
      const style = styleOf(schema.tables);
      if ((options.always || style.tables) && !isSnakeCase(table.dbName)) yield finding(table, tableName(table, style), schema, facts);
      if (!options.always && !style.columns) return;
      for (const column of table.columns) {
        if (!isSnakeCase(column.dbName)) yield finding(column, snakeCase(column.dbName), schema, facts);
      }
    },
  },
};

interface Style extends DatabaseStyle {
  readonly plural: boolean;
}

const styles = new WeakMap<readonly Table[], Style>();

function styleOf(tables: readonly Table[]): Style {
  const known = styles.get(tables);
  if (known) return known;
  const snake = tables.filter(({ dbName }) => isSnakeCase(dbName));
  const style = { ...databaseStyle(tables), plural: snake.filter(({ dbName }) => dbName.endsWith('s')).length * 2 >= snake.length };
  styles.set(tables, style);
  return style;
}

/** `order_items` for `OrderItem`, where the others are in the plural. */
function tableName({ dbName }: Table, style: Style): string {
  const name = snakeCase(dbName);
  return style.plural && !name.endsWith('s') ? plural(name) : name;
}

function finding(of: Table | Column, name: string, schema: Schema, facts: Facts): Finding {
  const applied = mayBeApplied(of.span, schema, facts);
  const rename =
    of.kind === 'table'
      ? `ALTER TABLE "${of.dbName}" RENAME TO ${name}`
      : `ALTER TABLE "${of.table.dbName}" RENAME COLUMN "${of.dbName}" TO ${name}`;
  return {
    at: of.nameSpan,
    message: `The ${of.kind} \`${of.dbName}\` needs quotes in SQL that is written by hand, unlike names in snake_case.`,
    help: applied ? `Call it \`${name}\`, and have the migration say \`${rename}\`, which keeps the rows.` : `Call it \`${name}\`.`,
    fixes: [
      {
        title: `Call it \`${name}\` in the database`,
        kind: applied ? 'review' : 'safe',
        preferred: true,
        intent: () => ({ do: 'setDatabaseName', of, name }),
      },
    ],
  };
}
