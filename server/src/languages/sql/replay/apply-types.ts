// Enum types while migrations are replayed.
import type { Act, ColumnSpec } from '../lower/effects';
import { nameOf } from '../../../model/names';
import { schemaOf, type Catalog } from './catalog';
import { touch, type Draft } from './draft';

type TypeAct = Extract<Act, { readonly do: 'addEnum' | 'addEnumValue' | 'renameEnumValue' | 'renameType' | 'dropType' }>;

export function applyTypeAct(catalog: Catalog, act: TypeAct): void {
  if (act.do === 'addEnum') {
    const { node } = act;
    const name = nameOf(node);
    catalog.enumNames.add(name.name);
    if (!catalog.enums.exact(name)) catalog.enums.add({ ...name, node });
    return;
  }
  const entry = catalog.enums.find(act.type);
  if (!entry) return;
  switch (act.do) {
    case 'addEnumValue':
      if (!entry.node.values.includes(act.value)) entry.node = { ...entry.node, values: inserted(entry.node.values, act) };
      return;
    case 'renameEnumValue':
      entry.node = { ...entry.node, values: entry.node.values.map((value) => (value === act.value ? act.newName : value)) };
      for (const draft of catalog.order) renameDefault(draft, entry.name, act);
      return;
    case 'dropType':
      return catalog.enums.remove(entry);
    case 'renameType': {
      const { name: old } = entry;
      catalog.enums.remove(entry);
      catalog.enumNames.add(act.newName);
      entry.name = act.newName;
      entry.node = { ...entry.node, name: act.newName, dbName: act.newName };
      catalog.enums.add(entry);
      // Columns keep their type under its new name.
      for (const draft of catalog.order) {
        if (!draft.columns.some((column) => column.typeName?.name === old)) continue;
        draft.columns = draft.columns.map((column) =>
          column.typeName?.name === old ? { ...column, typeName: { name: act.newName, ...schemaOf(column.typeName) } } : column,
        );
        touch(draft, act);
      }
      return;
    }
    default:
      return act satisfies never;
  }
}

/** A default that is the value follows its name. */
function renameDefault(draft: Draft, type: string, act: Act & { readonly do: 'renameEnumValue' }): void {
  const old = `'${act.value.replaceAll("'", "''")}'`;
  const has = ({ typeName, default: value }: ColumnSpec): boolean => typeName?.name === type && value?.raw.startsWith(old) === true;
  if (!draft.columns.some(has)) return;
  draft.columns = draft.columns.map((column) => {
    const value = column.default;
    if (!value || !has(column)) return column;
    const raw = `'${act.newName.replaceAll("'", "''")}'${value.raw.slice(old.length)}`;
    return { ...column, default: value.kind === 'literal' ? { ...value, raw, value: act.newName } : { ...value, raw } };
  });
  touch(draft, act);
}

function inserted(values: readonly string[], act: Act & { readonly do: 'addEnumValue' }): string[] {
  const at = act.neighbor === undefined ? -1 : values.indexOf(act.neighbor);
  const position = at < 0 ? values.length : act.after ? at + 1 : at;
  return [...values.slice(0, position), act.value, ...values.slice(position)];
}
