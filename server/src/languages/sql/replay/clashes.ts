// Names that are taken at the moment a statement gives them to an index: PostgreSQL has one space of names for tables and
// indexes, so the statement fails, or quietly does nothing where it says IF NOT EXISTS.
import type { NameClash } from '../../../model/changes';
import type { Act, IndexSpec } from '../lower/effects';
import { schemaOf, type Catalog } from './catalog';
import type { Draft } from './draft';

/** What is in the way of an act, looked at before it happens. */
export function clashesOf(catalog: Catalog, act: Act): readonly NameClash[] {
  switch (act.do) {
    case 'addIndex': {
      const draft = catalog.tables.find(act.table);
      // An index that becomes a constraint has its name already.
      return act.usingIndex === undefined ? clash(catalog, act.index, draft ?? schemaOf(act.table), draft, act.ifNotExists) : NONE;
    }
    case 'addColumn': {
      const draft = catalog.tables.find(act.table);
      const { column, indexes } = act.added;
      if (indexes.length === 0 || draft?.columns.some(({ dbName }) => dbName === column.dbName)) return NONE;
      return indexes.flatMap((index) => clash(catalog, index, draft ?? schemaOf(act.table), draft, false));
    }
    case 'createTable': {
      const { table } = act;
      if (table.temporary || catalog.tables.exact({ name: table.name, ...schemaOf(table) })?.createdIn !== undefined) return NONE;
      return table.indexes.flatMap((index) => clash(catalog, index, table, undefined, false));
    }
    default:
      return NONE;
  }
}

const NONE: readonly NameClash[] = [];

function clash(
  catalog: Catalog,
  index: IndexSpec,
  home: { readonly schema?: string },
  draft: Draft | undefined,
  ifNotExists: boolean,
): readonly NameClash[] {
  const { name } = index;
  if (name === undefined || draft?.temporary) return NONE;
  const full = { name, ...schemaOf(home) };
  const entry = catalog.indexes.exact(full);
  const owner = entry?.draft ?? catalog.tables.exact(full);
  // A view may have gone with another one that it was made of.
  if (!owner || owner.temporary || owner.objectKind !== 'table') return NONE;
  const present = entry?.draft.indexes.find((each) => each.name === entry.name);
  // Asked for once more: there it is.
  if (ifNotExists && present && entry?.draft === draft && sameParts(present, index)) return NONE;
  return [
    {
      name,
      at: index.nameSpan,
      ifNotExists,
      taken: entry ? 'index' : 'table',
      by: { name: owner.name, ...schemaOf(owner) },
      byAt: present?.nameSpan ?? owner.nameSpan,
    },
  ];
}

function sameParts(a: IndexSpec, b: IndexSpec): boolean {
  const said = ({ parts }: IndexSpec): string => JSON.stringify(parts.map(({ column, expression, sort }) => [column, expression, sort]));
  return said(a) === said(b);
}
