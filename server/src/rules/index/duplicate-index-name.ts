// Reports indexes whose name another index or table of the same database schema has.
import type { Finding, Fix, Rule } from '../../linter/rule';
import type { Change, NameClash } from '../../model/changes';
import { mayBeApplied } from '../../model/history';
import { keyNamesAreChecked, shortName } from '../../model/identifiers';
import type { Index, Schema, Table } from '../../model/nodes';
import { holdsClashes, isWhole, keysOf } from './duplicate-index-name.keys';

export const duplicateIndexName: Rule = {
  id: 'duplicate-index-name',
  meta: {
    title: 'An index has a name that is taken.',
    severity: 'error',
    fix: 'safe',
    dialects: ['postgresql', 'sqlite'],
    bible: '+',
  },
  visit: {
    *schema(schema, { facts }) {
      // Migrations are judged statement by statement: a name may be free again by then.
      if (schema.migrations.length > 0 || !holdsClashes(schema.tables)) return;
      for (const { index, by } of duplicates(schema)) {
        const kind = mayBeApplied(index.span, schema, facts) ? 'review' : 'safe';
        const other = 'kind' in by && by.kind === 'index' ? by.table : by;
        yield finding(index.name ?? '', index.nameSpan, other === by ? 'table' : 'index', other.name, {
          related: [{ at: by.nameSpan, message: `\`${index.name ?? ''}\` is taken here.` }],
          fixes: [rename(index, schema, kind)],
        });
      }
    },
    change: (change, { schema }) => (change.clashes && !movesInSearchPath(change) ? change.clashes.map((clash) => clashFinding(clash, change, schema)) : []),
  },
};

function clashFinding(clash: NameClash, change: Change, schema: Schema): Finding {
  const index = indexOf(change, clash);
  return {
    ...finding(clash.name, clash.at, clash.taken, clash.by.name, {
      related: [{ at: clash.byAt, message: `\`${clash.name}\` is taken here.` }],
      ...(index && { fixes: [rename(index, schema, 'safe')] }),
    }),
    ...(clash.ifNotExists && { message: passedOver(clash) }),
  };
}

interface Duplicate {
  readonly index: Index;
  /** The index or table that has the name already. */
  readonly by: Index | Table;
}

/** In the order of the text, each after the one that has its name. */
function duplicates(schema: Schema): Duplicate[] {
  const taken = new Map<string, Index | Table>();
  for (const table of schema.tables) if (isWhole(table)) taken.set(keysOf(table).own, table);
  const found: Duplicate[] = [];
  const checked = keyNamesAreChecked(schema);
  for (const table of schema.tables) {
    if (!isWhole(table)) continue;
    for (const [name, index] of keysOf(table).indexes) {
      const by = taken.get(name);
      if (!by) taken.set(name, index);
      else if (!table.ignored && table.objectKind === 'table' && !sameDeclaration(by, table) && !(checked && by.kind === 'index')) found.push({ index, by });
    }
  }
  return found;
}

/** A table that is declared a second time has everything twice. */
function sameDeclaration(by: Index | Table, table: Table): boolean {
  const other = by.kind === 'index' ? by.table : by;
  return by.kind === 'index' && other !== table && other.dbName === table.dbName && other.dbSchema === table.dbSchema;
}

function finding(name: string, at: Finding['at'], taken: 'index' | 'table', by: string, rest: Pick<Finding, 'related' | 'fixes'>): Finding {
  const holder = taken === 'table' ? `the table \`${by}\` has` : `an index of \`${by}\` has`;
  return {
    at,
    message: `The migration fails, because ${holder} the name \`${name}\` already.`,
    help: 'Give it a name of its own.',
    ...rest,
  };
}

function passedOver({ name, taken, by }: NameClash): string {
  const holder = taken === 'table' ? `the table \`${by.name}\` has` : `another index of \`${by.name}\` has`;
  return `This index is never made, because ${holder} the name \`${name}\` already and IF NOT EXISTS passes over it.`;
}

function rename(index: Index, schema: Schema, kind: Fix['kind']): Fix {
  return {
    title: 'Give it a name of its own',
    kind,
    preferred: true,
    intent: () => {
      const { table } = index;
      const names = new Set(schema.tables.flatMap((each) => [each.dbName, ...each.indexes.flatMap(({ name }) => name ?? [])]));
      const columns = index.parts.flatMap(({ column }) => column ?? []);
      const name = shortName(table.dbName, columns, index.constraint === 'unique' ? 'key' : 'idx', (each) => names.has(each));
      return { do: 'setIndexName', index, name };
    },
  };
}

function indexOf(change: Change, { name }: NameClash): Index | undefined {
  if (change.verb === 'addIndex' || change.verb === 'addConstraint') return change.index;
  return change.verb === 'addTable' ? change.created.indexes.find((index) => index.name === name) : undefined;
}

/** Which schema a bare name means then is decided where nobody sees it. */
function movesInSearchPath({ statement }: Change): boolean {
  return statement.migration.statements.some(({ changes }) => changes.some((each) => each.verb === 'set' && each.name === 'search_path'));
}
