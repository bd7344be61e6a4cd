// Reports names that the database cuts or refuses because they are too long.
import type { Finding, Fix, Rule } from '../../linter/rule';
import type { Facts } from '../../model/facts';
import { mayBeApplied } from '../../model/history';
import { byteLength, keyNamesAreChecked, longestName, shortened, shortName, truncated } from '../../model/identifiers';
import type { Intent } from '../../model/intents';
import type { Column, ForeignKey, Index, Schema, Table } from '../../model/nodes';
import type { Span } from '../../text/span';
import { longNamesIn } from './long-identifier.changes';

export const longIdentifier: Rule = {
  id: 'long-identifier',
  meta: {
    title: 'A name is longer than the database keeps.',
    severity: 'warning',
    fix: 'safe',
    dialects: ['postgresql', 'mysql'],
    bible: '+',
  },
  visit: {
    *table(table, { schema, facts }) {
      let said = false;
      for (const named of namesIn(table, schema)) {
        if (!isTooLong(named.name, table)) continue;
        const clash = clashOf(named, table, schema);
        const quiet = !clash && (said || isHarmless(named, table, facts));
        said = true;
        yield {
          at: named.at,
          message: messageFor(named, table, facts, clash),
          help: 'Give it a shorter name.',
          ...(quiet && { quiet }),
          fixes: fixesFor(named, table, schema, facts),
        } satisfies Finding;
      }
    },
    // Most changes hold none, and this is asked for each of them.
    change: (change) => (change.statement.longNames ? longNamesIn(change) : []),
  },
};

/** Something that has a name of its own in the database. */
interface Named {
  readonly of: Table | Column | Index | ForeignKey;
  readonly what: 'table' | 'column' | 'index' | 'constraint';
  readonly name: string;
  readonly at: Span;
}

function namesIn(table: Table, schema: Schema): Named[] {
  const { columns, indexes, foreignKeys, primaryKey } = table;
  const shapes = [table, ...columns].map((of): Named => ({ of, what: of.kind, name: of.dbName, at: of.nameSpan }));
  if (keyNamesAreChecked(schema)) return shapes;
  // The name of a key that is written on a column is the database's own.
  const keys = primaryKey && !primaryKey.inline ? [primaryKey, ...indexes] : indexes;
  return [
    ...shapes,
    ...keys.map((of): Named => ({ of, what: of.constraint ? 'constraint' : 'index', name: of.name ?? '', at: of.nameSpan })),
    ...foreignKeys.map((of): Named => ({ of, what: 'constraint', name: of.dbName ?? '', at: of.nameSpan })),
  ];
}

/** MySQL counts characters, PostgreSQL bytes. */
function isTooLong(name: string, { dialect }: Table): boolean {
  return (dialect === 'mysql' ? [...name].length : byteLength(name)) > longestName(dialect);
}

/** Another name of the same kind that is cut to the same one. */
function clashOf({ of, name }: Named, table: Table, schema: Schema): Named | undefined {
  if (table.dialect === 'mysql') return undefined;
  const cut = truncated(name);
  const before = namesIn(table, schema);
  return before.slice(0, before.findIndex((each) => each.of === of)).find((each) => each.of.kind === of.kind && truncated(each.name) === cut);
}

/** Whoever only runs migrations meets the name of an index or constraint again when one drops it, and there it is cut as well. */
function isHarmless({ what }: Named, { dialect }: Table, facts: Facts): boolean {
  return dialect !== 'mysql' && what !== 'table' && what !== 'column' && !facts.pushes;
}

function messageFor({ what, name }: Named, { dialect }: Table, facts: Facts, clash: Named | undefined): string {
  if (dialect === 'mysql') return `The migration fails, because MySQL takes no name of more than 64 characters for the ${what} \`${name}\`.`;
  const cut = `PostgreSQL cuts the name of the ${what} \`${name}\` to \`${truncated(name)}\``;
  if (clash) return `${cut}, which \`${clash.name}\` has already, so the migration fails.`;
  if (what === 'table' || what === 'column') return `${cut}, so a comparison with the schema finds one ${what} to drop and one to add.`;
  return facts.pushes ? `${cut}, so each push drops it and makes it again.` : `${cut}, where nobody finds it by the whole name.`;
}

function fixesFor(named: Named, table: Table, schema: Schema, facts: Facts): Fix[] {
  const applied = mayBeApplied(named.at, schema, facts);
  const name = newName(named, table, schema, applied);
  if (name === undefined) return [];
  const title = name === truncated(named.name) ? `Name it \`${name}\`, as the database does` : `Name it \`${name}\``;
  return [{ title, kind: applied ? 'review' : 'safe', preferred: true, intent: () => intentFor(named, name) }];
}

/** What the database calls it already, where it may exist; else a name that doesn't end in the middle of a word. */
function newName({ of, name }: Named, table: Table, schema: Schema, applied: boolean): string | undefined {
  const taken = (each: string): boolean => namesIn(table, schema).some((other) => other.of !== of && other.of.kind === of.kind && truncated(other.name) === each);
  if (applied && !taken(truncated(name))) return truncated(name);
  switch (of.kind) {
    case 'table':
    case 'column':
      return taken(shortened(name)) ? undefined : shortened(name);
    case 'index':
      return shortName(table.dbName, of.parts.flatMap(({ column }) => column ?? []), of.constraint === 'unique' ? 'key' : of.constraint ? 'pkey' : 'idx', taken);
    case 'foreignKey':
      return shortName(table.dbName, of.columns, name.endsWith('_fkey') ? 'fkey' : 'fk', taken);
    default:
      return of satisfies never;
  }
}

function intentFor({ of }: Named, name: string): Intent {
  switch (of.kind) {
    case 'index':
      return { do: 'setIndexName', index: of, name };
    case 'foreignKey':
      return { do: 'setForeignKeyName', foreignKey: of, name };
    default:
      return { do: 'setDatabaseName', of, name };
  }
}
