// Names in migrations that PostgreSQL cuts: its own tables hold what is left of them, so only the text tells.
import type { Finding, Fix } from '../../linter/rule';
import type { Change } from '../../model/changes';
import { shortName, truncated } from '../../model/identifiers';
import type { Intent } from '../../model/intents';
import type { Index } from '../../model/nodes';

/** The too long names that a change gives to something, each where it does so. */
export function* longNamesIn(change: Change): Generator<Finding> {
  const { longNames } = change.statement;
  if (!longNames) return;
  const given = new Set(namesGiven(change));
  for (const { name, at } of longNames) {
    const cut = truncated(name);
    // A name is given once, and then used.
    if (!given.delete(cut)) continue;
    yield {
      at,
      message: `PostgreSQL cuts the name \`${name}\` to \`${cut}\`, where nobody finds it by the whole name.`,
      help: 'Give it a shorter name.',
      fixes: fixesFor(change, name),
    };
  }
}

function namesGiven(change: Change): string[] {
  switch (change.verb) {
    case 'addTable': {
      const { dbName, columns, indexes, primaryKey, foreignKeys, checks } = change.created;
      const keys = [...(primaryKey ? [primaryKey] : []), ...indexes, ...foreignKeys, ...checks];
      return [dbName, ...columns.map((column) => column.dbName), ...keys.flatMap(({ name }) => name ?? [])];
    }
    case 'addColumn':
      return [change.column.dbName];
    case 'addIndex':
      return change.index.name === undefined ? [] : [change.index.name];
    case 'addForeignKey':
      return change.foreignKey.name === undefined ? [] : [change.foreignKey.name];
    case 'addConstraint':
      return change.name === undefined ? [] : [change.name];
    case 'renameTable':
    case 'renameColumn':
      return [change.newName];
    default:
      return [];
  }
}

function fixesFor(change: Change, name: string): Fix[] {
  const fix = (short: string, intent: () => Intent): Fix[] => [{ title: `Name it \`${short}\``, kind: 'safe', preferred: true, intent }];
  if (change.verb === 'addIndex' || (change.verb === 'addConstraint' && change.index)) {
    const { index } = change;
    if (!index) return [];
    const short = shortName(index.table.dbName, columnsOf(index), suffix(index), (each) => each === truncated(name));
    return fix(short, () => ({ do: 'setIndexName', index, name: short }));
  }
  if (change.verb !== 'addForeignKey') return [];
  const { foreignKey } = change;
  const short = shortName(foreignKey.table.dbName, foreignKey.columns, 'fkey');
  return fix(short, () => ({ do: 'setForeignKeyName', foreignKey, name: short }));
}

function columnsOf({ parts }: Index): string[] {
  return parts.flatMap(({ column }) => column ?? []);
}

function suffix({ constraint }: Index): string {
  return constraint === 'unique' ? 'key' : constraint ? 'pkey' : 'idx';
}
