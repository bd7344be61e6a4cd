// DROP, RENAME, SET SCHEMA, types, and statements that only touch rows or settings.
import type {
  AlterEnumStmt,
  AlterObjectSchemaStmt,
  CreateEnumStmt,
  DropStmt,
  Node,
  ReindexStmt,
  RenameStmt,
  TransactionStmt,
  TruncateStmt,
  VariableSetStmt,
} from 'libpg-query';
import type { TableName } from '../../../model/nodes';
import { mereChange, type Act, type ChangeDraft, type Effect } from './effects';
import { itemsOf, nameOf, relationAt, stringOf, stringsOf, type Relation } from './names';
import { lowerDropPolicy } from './policies';
import type { Source } from './source';

export function lowerDrop(source: Source, node: DropStmt): Effect[] {
  const objects = (node.objects ?? []).map((object) => ('TypeName' in object ? nameOf(object.TypeName.names) : nameOf(itemsOf(object))));
  const span = source.span(source.all);
  const cascade = node.behavior === 'DROP_CASCADE';
  const each = (draft: (name: TableName) => ChangeDraft, act: (name: TableName) => Act): Effect[] =>
    objects.map((name) => ({ change: draft(name), acts: [act(name)] }));
  switch (node.removeType) {
    case 'OBJECT_TABLE':
    case 'OBJECT_FOREIGN_TABLE':
      return each(
        (table) => ({ verb: 'dropTable', span, table, ...tableSpan(source, table), cascade }),
        (table) => ({ do: 'dropTable', table }),
      );
    case 'OBJECT_VIEW':
    case 'OBJECT_MATVIEW':
      return each(
        (table) => ({ verb: 'dropView', span, table, ...tableSpan(source, table), name: table.name }),
        (table) => ({ do: 'dropTable', table }),
      );
    case 'OBJECT_INDEX':
      return [
        {
          change: { verb: 'dropIndex', span, names: objects, concurrently: node.concurrent ?? false },
          acts: objects.map((index) => ({ do: 'dropIndex', index })),
        },
      ];
    case 'OBJECT_TYPE':
      return each(
        (name) => ({ verb: 'dropType', span, name: name.name }),
        (type) => ({ do: 'dropType', type }),
      );
    case 'OBJECT_POLICY':
      return lowerDropPolicy(node.objects ?? [], span, (table) => tableSpan(source, table));
    case 'OBJECT_SCHEMA':
      return (node.objects ?? []).map((object) => ({
        change: { verb: 'other', span },
        acts: [{ do: 'dropSchema', name: stringOf(object) ?? '' }],
      }));
    default:
      return [mereChange({ verb: 'other', span })];
  }
}

// The tree gives no places for the names of DROP; the tokens do.
function tableSpan(source: Source, table: TableName): { tableSpan?: ReturnType<Source['span']> } {
  for (let i = 0; i < source.tokens.length; i++) {
    const token = source.tokens[i];
    if (!token || (token.kind !== 'word' && token.kind !== 'quoted')) continue;
    const written = source.text.slice(token.start, token.end);
    const name = token.kind === 'quoted' ? written.slice(1, -1).replaceAll('""', '"') : written.toLowerCase();
    if (name !== table.name || source.is(i + 1, '.')) continue;
    const from = table.schema !== undefined && source.is(i - 1, '.') ? i - 2 : i;
    return { tableSpan: source.span({ from, to: i + 1 }) };
  }
  return {};
}

export function lowerRename(source: Source, node: RenameStmt): Effect {
  const span = source.span(source.all);
  const newName = node.newname ?? '';
  const relation = node.relation ? relationAt(source, node.relation) : undefined;
  const table = relation?.table ?? { name: '' };
  const at = relation ? { table, tableSpan: relation.span } : {};
  const old = node.subname ?? '';
  switch (node.renameType) {
    case 'OBJECT_TABLE':
    case 'OBJECT_VIEW':
    case 'OBJECT_MATVIEW':
    case 'OBJECT_FOREIGN_TABLE':
      return { change: { verb: 'renameTable', span, ...at, newName }, acts: [{ do: 'renameTable', table, newName }] };
    case 'OBJECT_COLUMN':
      return {
        change: { verb: 'renameColumn', span, ...at, columnName: old, newName },
        acts: [{ do: 'renameColumn', table, column: old, newName }],
      };
    case 'OBJECT_TABCONSTRAINT':
      return { change: { verb: 'other', span, ...at }, acts: [{ do: 'renameConstraint', table, name: old, newName }] };
    case 'OBJECT_POLICY':
      return { change: { verb: 'other', span, ...at }, acts: [{ do: 'renamePolicy', table, name: old, newName }] };
    case 'OBJECT_INDEX':
      return { change: { verb: 'other', span }, acts: [{ do: 'renameIndex', index: table, newName }] };
    case 'OBJECT_TYPE':
      return { change: { verb: 'other', span }, acts: [{ do: 'renameType', type: nameOf(itemsOf(node.object)), newName }] };
    case 'OBJECT_SCHEMA':
      return { change: { verb: 'other', span }, acts: [{ do: 'renameSchema', name: old, newName }] };
    default:
      return mereChange({ verb: 'other', span, ...at });
  }
}

export function lowerSetSchema(source: Source, node: AlterObjectSchemaStmt): Effect {
  const span = source.span(source.all);
  if (!node.relation) return mereChange({ verb: 'other', span });
  const relation = relationAt(source, node.relation);
  return {
    change: { verb: 'other', span, table: relation.table, tableSpan: relation.span },
    acts: [{ do: 'moveTable', table: relation.table, schema: node.newschema ?? '' }],
  };
}

export function lowerCreateEnum(source: Source, node: CreateEnumStmt): Effect {
  const span = source.span(source.all);
  const type = nameOf(node.typeName);
  let at = source.find(source.all, 'TYPE') + 1;
  while (source.is(at + 1, '.')) at += 2;
  const values = stringsOf(node.vals);
  return {
    change: { verb: 'addEnum', span, name: type.name, values },
    acts: [
      {
        do: 'addEnum',
        node: {
          kind: 'enum',
          span,
          nameSpan: source.nameSpan(at),
          name: type.name,
          dbName: type.name,
          ...(type.schema ? { dbSchema: type.schema } : {}),
          values,
        },
      },
    ],
  };
}

export function lowerAlterEnum(source: Source, node: AlterEnumStmt): Effect {
  const span = source.span(source.all);
  const type = nameOf(node.typeName);
  const value = node.newVal ?? '';
  if (node.oldVal) return { change: { verb: 'other', span }, acts: [{ do: 'renameEnumValue', type, value: node.oldVal, newName: value }] };
  const neighbor = node.newValNeighbor ? { neighbor: node.newValNeighbor } : {};
  return {
    change: { verb: 'addEnumValue', span, name: type.name, value },
    acts: [{ do: 'addEnumValue', type, value, ...neighbor, after: node.newValIsAfter ?? false }],
  };
}

export function lowerReindex(source: Source, node: ReindexStmt): Effect {
  const relation: Relation | undefined = node.relation ? relationAt(source, node.relation) : undefined;
  const ofTable = relation !== undefined && node.kind === 'REINDEX_OBJECT_TABLE';
  const concurrently = (node.params ?? []).some((param) => 'DefElem' in param && param.DefElem.defname === 'concurrently' && !isOff(param.DefElem.arg));
  return mereChange({
    verb: 'reindex',
    span: source.span(source.all),
    ...(ofTable ? { table: relation.table, tableSpan: relation.span } : {}),
    names: relation ? [relation.table] : node.name ? [{ name: node.name }] : [],
    concurrently,
  });
}

/** Whether an option in parentheses is turned off, as in `(CONCURRENTLY false)`; without a value it is on. */
function isOff(value: Node | undefined): boolean {
  if (!value) return false;
  if ('Integer' in value) return (value.Integer.ival ?? 0) === 0;
  return 'String' in value && /^(?:false|off)$/i.test(value.String.sval ?? '');
}

export function lowerTruncate(source: Source, node: TruncateStmt): Effect[] {
  const cascade = node.behavior === 'DROP_CASCADE';
  return (node.relations ?? []).flatMap((each) => {
    if (!('RangeVar' in each)) return [];
    const relation = relationAt(source, each.RangeVar);
    return [mereChange({ verb: 'truncate', span: source.span(source.all), table: relation.table, tableSpan: relation.span, cascade })];
  });
}

export function lowerTransaction(source: Source, node: TransactionStmt): Effect {
  const span = source.span(source.all);
  switch (node.kind) {
    case 'TRANS_STMT_BEGIN':
    case 'TRANS_STMT_START':
      return mereChange({ verb: 'transaction', span, command: 'begin' });
    case 'TRANS_STMT_COMMIT':
      return mereChange({ verb: 'transaction', span, command: 'commit' });
    case 'TRANS_STMT_ROLLBACK':
      return mereChange({ verb: 'transaction', span, command: 'rollback' });
    default:
      return mereChange({ verb: 'other', span });
  }
}

export function lowerSet(source: Source, node: VariableSetStmt): Effect {
  const span = source.span(source.all);
  if (!node.name) return mereChange({ verb: 'other', span });
  return mereChange({ verb: 'set', span, name: node.name, local: node.is_local ?? false });
}
