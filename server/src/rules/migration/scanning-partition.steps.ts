// The statements that attach a filled partition without reading it under a lock that everybody waits for.
import type { ChangeOf } from '../../model/changes';
import type { MigrationStep } from '../../model/intents';
import { sameTable } from '../../model/names';
import type { ForeignKey, Index, Table } from '../../model/nodes';
import { inCaseOf, isWord, quoted, sourceOf, sqlTokens, type SqlToken } from '../../model/sql-text';
import { freeName, stepName } from '../../model/statement-names';

type Attach = ChangeOf<'attachPartition' | 'detachPartition'>;

/**
 * Promise by a CHECK, which reads nothing, what the bounds say; prove it under a lock that blocks nobody; and attach, which
 * then reads nothing. Undefined where the bounds are more than plain values of one column, or where attaching would build an
 * index or check a key as well, because the partition lacks one that the table has.
 */
export function attachSteps(change: Attach, key: readonly string[] | undefined, partition: Table | undefined): MigrationStep[] | undefined {
  const { statement, before } = change;
  const [column, other] = key ?? [];
  const written = partitionAsWritten(change);
  if (column === undefined || other !== undefined || !written || !before || !partition || partition.partial || !carries(partition, before)) return undefined;
  const quotes = written.includes('"');
  const condition = conditionOf(change, quoted(column, quotes));
  if (condition === undefined) return undefined;
  const name = quoted(freeName(partition, `${change.partition.name.slice(0, 55)}_bounds`), quotes);
  const word = (own: string): string => inCaseOf(statement.text, own);
  const alter = `${word('ALTER TABLE')} ${written}`;
  const step = stepName(change.partition.name);
  return [
    { name: `check_${step}`, statements: [`${alter} ${word('ADD CONSTRAINT')} ${name} ${word('CHECK')} (${condition}) ${word('NOT VALID')};`] },
    {
      name: `attach_${step}`,
      statements: [`${alter} ${word('VALIDATE CONSTRAINT')} ${name};`, `${statement.text};`, `${alter} ${word('DROP CONSTRAINT')} ${name};`],
    },
  ];
}

/** What stands between PARTITION and its bounds. */
function partitionAsWritten({ statement, span }: Attach): string | undefined {
  const text = sourceOf(statement, span) ?? '';
  const tokens = sqlTokens(text);
  const [from, to] = [tokens.findIndex((token) => isWord(token, 'PARTITION')), tokens.findIndex((token) => isWord(token, 'FOR'))];
  return from < 0 || to <= from + 1 ? undefined : text.slice(tokens[from + 1]?.start, tokens[to - 1]?.end);
}

/** The bounds as a condition; undefined where they are anything but plain values. */
function conditionOf({ statement, span }: Attach, column: string): string | undefined {
  const text = sourceOf(statement, span) ?? '';
  const tokens = sqlTokens(text);
  const word = (own: string): string => inCaseOf(statement.text, own);
  const present = `${column} ${word('IS NOT NULL')}`;
  const list = listBehind(tokens, 'IN');
  if (list) return isPlain(list, true) ? `${present} ${word('AND')} ${column} ${word('IN')} (${text.slice(list[0]?.start, list.at(-1)?.end)})` : undefined;
  const [from, to] = [listBehind(tokens, 'FROM'), listBehind(tokens, 'TO')];
  if (!from || !to) return undefined;
  const sides: string[] = [present];
  for (const [bound, sign, open] of [[from, '>=', 'MINVALUE'], [to, '<', 'MAXVALUE']] as const) {
    if (bound.length === 1 && isWord(bound[0], open)) continue;
    if (!isPlain(bound, false)) return undefined;
    sides.push(`${column} ${sign} ${text.slice(bound[0]?.start, bound.at(-1)?.end)}`);
  }
  return sides.join(` ${word('AND')} `);
}

/** The tokens in the parentheses behind a keyword. */
function listBehind(tokens: readonly SqlToken[], keyword: string): readonly SqlToken[] | undefined {
  const at = tokens.findIndex((token, i) => token.depth === 0 && isWord(token, keyword) && tokens[i + 1]?.text === '(');
  const end = tokens.findIndex((token, i) => i > at + 1 && token.depth === 0 && token.text === ')');
  return at < 0 || end < 0 ? undefined : tokens.slice(at + 2, end);
}

/** Strings and numbers, `several` of them with commas between. */
function isPlain(tokens: readonly SqlToken[], several: boolean): boolean {
  const values = tokens.filter(({ kind }) => kind === 'string' || kind === 'number');
  const rest = tokens.filter((token) => !values.includes(token));
  return (several ? values.length > 0 : values.length === 1) && rest.every(({ text }) => text === '-' || (several && text === ','));
}

/** Whether the partition has all indexes and keys of the table that it becomes a part of. */
function carries(partition: Table, parent: Table): boolean {
  const own = new Set(indexesOf(partition));
  const keyed = (key: ForeignKey): boolean =>
    partition.foreignKeys.some((each) => each.validated && sameTable(each.target, key.target) && each.columns.join() === key.columns.join() && each.onDelete === key.onDelete);
  return indexesOf(parent).every((each) => own.has(each)) && parent.foreignKeys.every(keyed) && parent.exclusions === undefined;
}

function indexesOf({ primaryKey, indexes }: Table): string[] {
  const made = ({ constraint, unique, method, parts, include, where, nullsNotDistinct }: Index): string => {
    const keys = parts.map(({ column, expression, sort, nulls, ops, collation }) => [column, expression, sort, nulls, ops, collation]);
    return JSON.stringify([constraint ?? '', unique, method, keys, include, where?.raw, nullsNotDistinct]);
  };
  return [...(primaryKey ? [primaryKey] : []), ...indexes].map(made);
}
