// Enums as they were: one that was made or dropped, and one that got a value, which PostgreSQL can't take out again.
import {
  alterTable,
  createEnum,
  dropDefault,
  dropEnum,
  identifier,
  qualified,
  setDefault,
  setType,
  sqlDefault,
  stringConstant,
} from '../../../../model/ddl';
import type { Column, Enum, Table } from '../../../../model/nodes';
import { sqlTokens } from '../../../../model/sql-text';
import type { Act } from '../../lower/effects';
import { holdersOf } from './holders';
import { readsColumn } from './words';
import { byHand, note, spelledIn, tableIn, type Lines, type Moment } from './undoing';

type EnumAct = Extract<Act, { readonly do: 'addEnum' | 'addEnumValue' | 'renameEnumValue' | 'renameType' | 'dropType' }>;

export function restoreEnum(act: EnumAct, moment: Moment): Lines {
  const { before, after, spelling } = moment;
  switch (act.do) {
    case 'addEnum': {
      const name = { name: act.node.dbName, ...(act.node.dbSchema !== undefined && { schema: act.node.dbSchema }) };
      return before.enums.exact(name) ? [] : [dropEnum(act.node, spelling)];
    }
    case 'dropType': {
      const known = before.enums.find(act.type);
      return known ? [createEnum(known.node, spelling)] : [];
    }
    case 'addEnumValue': {
      const [was, is] = [before.enums.find(act.type)?.node, after.enums.find(act.type)?.node];
      if (!was || !is) return [byHand(`ALTER TYPE ${act.type.name} ADD VALUE ${stringConstant(act.value)}`)];
      return was.values.includes(act.value) ? [] : withoutValue(was, act.value, moment);
    }
    case 'renameEnumValue':
      return [`ALTER TYPE ${qualified(act.type, spelling)} RENAME VALUE ${stringConstant(act.newName)} TO ${stringConstant(act.value)};`];
    case 'renameType':
      return [`ALTER TYPE ${qualified({ ...act.type, name: act.newName }, spelling)} RENAME TO ${identifier(act.type.name, spelling)};`];
    default:
      return act satisfies never;
  }
}

/** The type is made again without the value, and every column that has it is moved over. */
function withoutValue(was: Enum, value: string, moment: Moment): Lines {
  const spelling = spelledIn(moment, moment.before);
  const users = usersOf(was, moment);
  const old = { ...was, dbName: `${was.dbName}_old` };
  const hindrance = hindranceOf(was, users, moment);
  if (hindrance !== undefined) return [note(`PostgreSQL can't take ${stringConstant(value)} out of ${was.dbName} again, and ${hindrance} keeps the type from being made anew: undo by hand.`)];
  const named = qualified({ name: was.dbName, ...(was.dbSchema !== undefined && { schema: was.dbSchema }) }, spelling);
  const held = users.flatMap(({ column }) => holdersOf(column, was.dbName));
  return [
    note(`PostgreSQL can't take a value out of an enum, so the type is made again. Fails as long as rows hold ${stringConstant(value)}.`),
    ...held.map(({ without }) => without(spelling)),
    `ALTER TYPE ${named} RENAME TO ${identifier(old.dbName, spelling)};`,
    createEnum(was, spelling),
    ...users.flatMap(({ column }) => moved(column, moment)),
    dropEnum(old, spelling),
    ...held.map(({ restored }) => restored(spelling)),
  ];
}

interface User {
  readonly table: Table;
  readonly column: Column;
}

/** The columns of the type; those of partitions follow their parents'. */
function usersOf(type: Enum, { before }: Moment): User[] {
  return [...before.order].flatMap((draft) => {
    if (draft.partitionOf || draft.objectKind !== 'table') return [];
    const table = tableIn(before, draft);
    return table.columns.flatMap((column) => (column.type.family === 'enum' && column.type.enumName === type.dbName ? [{ table, column }] : []));
  });
}

/** What else PostgreSQL ties to the type, in words; undefined where nothing is known to be. */
function hindranceOf({ dbName }: Enum, users: readonly User[], { before, objects, textAt }: Moment): string | undefined {
  for (const draft of before.order) {
    const text = textAt(draft.span);
    if (text !== undefined && draft.objectKind === 'table' && draft.partial && names(text, dbName)) return `the table ${draft.name}, whose columns aren't known,`;
    if (draft.objectKind !== 'table' && text !== undefined && users.some(({ table, column }) => readsColumn(text, table.dbName, column.dbName))) return `the view ${draft.name}`;
  }
  const routine = objects.naming(dbName).find(({ object, texts }) => /^(?:FUNCTION|PROCEDURE) /.test(object.key) && texts.some((text) => names(text.split('$')[0] ?? '', dbName)));
  if (routine) return routine.object.drop.toLowerCase().replace(/\(.*$/, '');
  const computed = users.flatMap(({ table, column }) => table.columns.filter(({ generatedAs }) => generatedAs !== undefined && names(generatedAs, column.dbName)));
  return computed.length > 0 ? `the computed column ${computed[0]?.dbName ?? ''}` : undefined;
}

function names(text: string, name: string): boolean {
  return sqlTokens(text).some((token) => (token.kind === 'quoted' ? token.text.slice(1, -1).replaceAll('""', '"') : token.text.toLowerCase()) === name || (token.kind === 'string' && token.text.includes(name)));
}

function moved(column: Column, moment: Moment): Lines {
  const spelling = spelledIn(moment, moment.before);
  const value = sqlDefault(column, spelling);
  const type = setType(column, spelling, column.type.array > 0 ? 'texts' : 'text');
  const own = value?.kind === 'expression' ? setDefault(column, spelling) : undefined;
  return [...(own === undefined ? [] : [dropDefault(column, spelling)]), ...(type === undefined ? [byHand(`${alterTable(column.table, spelling)} …`)] : [type]), ...(own === undefined ? [] : [own])];
}
