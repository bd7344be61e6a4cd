// The statements that bring an index to a partitioned table without a lock that writes wait for.
import type { ChangeOf, Migration, Statement } from '../../model/changes';
import type { MigrationStep } from '../../model/intents';
import { byteLength, LONGEST } from '../../model/identifiers';
import { sameTable } from '../../model/names';
import type { TableName } from '../../model/nodes';
import { inCaseOf, isWord, quoted, sourceOf, sqlTokens, type SqlToken } from '../../model/sql-text';
import { stepName } from '../../model/statement-names';

/**
 * An empty index on the parent alone, which is invalid at first; one built CONCURRENTLY on each partition that the
 * history knows; and the partitions' ones attached, with the last of which the parent's becomes valid. Undefined where
 * the index has no name, a partition is split again, no partition is known, or a name would get too long.
 */
export function partitionedIndexSteps(change: ChangeOf<'addIndex'>, migrations: readonly Migration[]): MigrationStep[] | undefined {
  const { statement, table, index } = change;
  const words = wordsOf(statement);
  const name = index.name;
  if (!words || !table || name === undefined) return undefined;
  const partitions = partitionsOf(table, statement, migrations);
  if (partitions.length === 0) return undefined;
  const { text } = statement;
  const { concurrently, on, only, named, rest } = words;
  const written = sourceOf(statement, index.nameSpan) ?? quoted(name, true);
  const quotes = written.startsWith('"');
  const word = (own: string): string => inCaseOf(text, own);
  const head = text.slice(0, concurrently.start);
  const parts = partitions.map((partition) => ({ partition, index: partIndexName(name, table.name, partition.name) }));
  if (parts.some((part) => byteLength(part.index) > LONGEST)) return undefined;
  const parent = `${head}${text.slice(concurrently.end).trimStart()}`;
  const cut = text.length - parent.length;
  const place = (only ? only.end : on.end) - cut;
  const onOnly = only ? parent : `${parent.slice(0, place)} ${word('ONLY')}${parent.slice(place)}`;
  const schema = named.schema === undefined ? '' : `${named.schema}.`;
  const step = stepName(name);
  return [
    { name: `create_${step}`, statements: [`${onOnly};`] },
    ...parts.map((part) => ({
      name: `create_${stepName(part.index)}`,
      outsideTransaction: true as const,
      statements: [
        `${text.slice(0, concurrently.end)} ${quoted(part.index, quotes)} ${word('ON')} ${tableName(part.partition, named)}${text.slice(rest)};`,
      ],
    })),
    {
      name: `attach_${step}`,
      statements: parts.map((part) => `${word('ALTER INDEX')} ${schema}${written} ${word('ATTACH PARTITION')} ${partSchema(part.partition, named)}${quoted(part.index, quotes)};`),
    },
  ];
}

interface Named {
  /** As written. */
  readonly schema: string | undefined;
  readonly quotes: boolean;
}

interface Words {
  readonly concurrently: SqlToken;
  readonly on: SqlToken;
  readonly only: SqlToken | undefined;
  readonly named: Named;
  /** Where the text goes on behind the table's name. */
  readonly rest: number;
}

function wordsOf({ text }: Statement): Words | undefined {
  const tokens = sqlTokens(text);
  const concurrently = tokens.find((token) => isWord(token, 'CONCURRENTLY'));
  const at = tokens.findIndex((token) => isWord(token, 'ON'));
  const on = tokens[at];
  const only = isWord(tokens[at + 1], 'ONLY') ? tokens[at + 1] : undefined;
  const first = only ? at + 2 : at + 1;
  const last = tokens[first + 1]?.text === '.' ? first + 2 : first;
  const table = tokens[last];
  if (!concurrently || !on || !table) return undefined;
  const schema = last > first ? tokens[first]?.text : undefined;
  return { concurrently, on, only, named: { schema, quotes: table.kind === 'quoted' }, rest: table.end };
}

/** The partitions that the table has just before the statement; none where one of them is split itself. */
function partitionsOf(parent: TableName, until: Statement, migrations: readonly Migration[]): readonly TableName[] {
  let found: TableName[] = [];
  for (const { changes, text } of statementsBefore(until, migrations)) {
    for (const change of changes) {
      const { table } = change;
      if (change.verb === 'addTable' && change.created.partitionOf && table && sameTable(change.created.partitionOf, parent)) {
        if (/\bPARTITION\s+BY\b/i.test(text)) return [];
        found.push(table);
      } else if (change.verb === 'attachPartition' && table && sameTable(table, parent)) found.push(change.partition);
      else if (change.verb === 'detachPartition') found = found.filter((each) => !sameTable(each, change.partition));
      else if (change.verb === 'dropTable' && table) found = found.filter((each) => !sameTable(each, table));
      else if (change.verb === 'renameTable' && table && found.some((each) => sameTable(each, table))) return [];
    }
  }
  const parents = migrations.flatMap(({ statements }) =>
    statements.flatMap(({ changes }) => changes.flatMap((change) => (change.verb === 'attachPartition' && change.table ? [change.table] : []))),
  );
  return found.some((each) => parents.some((other) => sameTable(each, other))) ? [] : found;
}

function* statementsBefore(until: Statement, migrations: readonly Migration[]): Iterable<Statement> {
  for (const { statements } of migrations) {
    for (const statement of statements) {
      if (statement === until) return;
      yield statement;
    }
  }
}

function partIndexName(index: string, parent: string, partition: string): string {
  return index.startsWith(`${parent}_`) ? `${partition}${index.slice(parent.length)}` : `${index}_${partition}`;
}

function tableName(partition: TableName, named: Named): string {
  return partSchema(partition, named) + quoted(partition.name, named.quotes);
}

/** An index lives in its table's schema. */
function partSchema({ schema }: TableName, named: Named): string {
  return schema === undefined ? '' : `${quoted(schema, named.schema?.startsWith('"') ?? named.quotes)}.`;
}
