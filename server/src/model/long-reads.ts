// Queries of a migration that read an existing table through.
import type { Statement } from './changes';
import { sameTable } from './names';
import type { Table, TableName } from './nodes';
import { isWord, nameIn, sqlTokens, type SqlToken } from './sql-text';

/** Whether a condition chooses rows by constants: a few of them, most often one. `tokens` are those behind WHERE. */
export function choosesFew(tokens: readonly SqlToken[]): boolean {
  // A constant that a column must equal, not combined by OR.
  const flat = tokens.filter(({ depth }) => depth === 0);
  const equals = flat.some(({ text }, at) => text === '=' && ['string', 'number'].includes(flat[at + 1]?.kind ?? ''));
  const lists = flat.some((token, at) => isWord(token, 'IN') && flat[at + 1]?.text === '(') && !tokens.some((token) => token.depth > 0 && isWord(token, 'SELECT'));
  return equals || lists;
}

/** The existing table that a SELECT, or a table or view made from one, reads through; undefined where none is known to be. */
export function tableRead(statement: Statement, find: (name: TableName) => Table | undefined): TableName | undefined {
  const { node, text } = statement;
  if (node !== 'SelectStmt' && node !== 'CreateTableAsStmt') return undefined;
  const tokens = sqlTokens(text);
  const flat = tokens.filter(({ depth }) => depth === 0);
  if (flat.some((token, at) => isWord(token, 'LIMIT') || (isWord(token, 'NO') && isWord(flat[at + 1], 'DATA')))) return undefined;
  const from = flat.findIndex((token, at) => isWord(token, 'FROM') && !isWord(flat[at - 1], 'DISTINCT'));
  if (from < 0 || asksEdges(flat.slice(0, from))) return undefined;
  const where = flat.findIndex((token) => isWord(token, 'WHERE'));
  if (where > from && choosesFew(tokens.filter(({ start }) => start > (flat[where]?.start ?? 0)))) return undefined;
  const name = nameAt(flat, from + 1);
  const table = name && find(name);
  return name && table?.objectKind === 'table' && !table.temporary && !isOfMigration(name, statement) ? name : undefined;
}

/** The least and the greatest value are looked up in an index. */
function asksEdges(tokens: readonly SqlToken[]): boolean {
  return tokens.some((token) => isWord(token, 'MIN', 'MAX', 'SETVAL'));
}

function nameAt(tokens: readonly SqlToken[], at: number): TableName | undefined {
  const first = isWord(tokens[at], 'ONLY') ? at + 1 : at;
  const name = nameIn(tokens[first]);
  if (name === undefined || tokens[first + 1]?.text !== '.') return name === undefined ? undefined : { name };
  const own = nameIn(tokens[first + 2]);
  return own === undefined ? undefined : { schema: name, name: own };
}

function isOfMigration(name: TableName, { migration, position }: Statement): boolean {
  return migration.statements.some((each) => each.position < position && each.changes.some((change) => change.verb === 'addTable' && change.table && sameTable(change.table, name)));
}
