// Applies what statements do to the catalog. Whatever doesn't fit the known state is passed over, never an error.
import type { Act, ColumnPatch, ColumnSpec, TableSpec } from '../lower/effects';
import type { TableName } from '../../../model/nodes';
import type { Span } from '../../../text/span';
import { means, schemaOf, type Catalog } from './catalog';
import { touch, type Draft } from './draft';
import { applyPolicyAct, type PolicyAct } from './apply-policies';
import { applyTypeAct } from './apply-types';
import { dropColumn, renameColumn } from './apply-columns';

/** Where an act is written, for the stand-in of a table that the history doesn't create. */
interface Place {
  readonly span: Span;
  readonly tableSpan?: Span;
}

export function applyAct(catalog: Catalog, act: Act, file: string, place: Place): void {
  switch (act.do) {
    case 'createTable':
      return createTable(catalog, act, file);
    case 'dropTable': {
      const draft = catalog.tables.find(act.table);
      return draft && catalog.dropTable(draft, act);
    }
    case 'dropSchema':
      for (const draft of [...catalog.order]) if (draft.schema === act.name) catalog.dropTable(draft, act);
      return;
    case 'renameSchema':
      for (const draft of [...catalog.order]) {
        if (draft.schema === act.name) catalog.renameTable(touch(draft, act), { name: draft.name, schema: act.newName }, act);
      }
      return;
    case 'dropIndex': {
      const entry = catalog.indexes.find(act.index);
      const index = entry?.draft.indexes.find((each) => each.name === entry.name);
      if (entry && index) catalog.removeIndex(touch(entry.draft, act), index);
      return;
    }
    case 'renameIndex':
      return renameIndex(catalog, act);
    case 'comment': {
      // A comment alone makes no table known.
      const draft = catalog.tables.find(act.table);
      return draft && comment(touch(draft, act), act);
    }
    case 'addEnum':
    case 'addEnumValue':
    case 'renameEnumValue':
    case 'renameType':
    case 'dropType':
      return applyTypeAct(catalog, act);
    case 'secure':
    case 'force':
    case 'addPolicy':
    case 'alterPolicy':
    case 'renamePolicy':
    case 'dropPolicy':
      return applyPolicyAct(catalog, act, () => catalog.addStub(stub(act.table, place), act));
    default:
      return alterTable(catalog, act, touch(catalog.tables.find(act.table) ?? catalog.addStub(stub(act.table, place), act), act));
  }
}

type TableAct = Exclude<Extract<Act, { readonly table: TableName }>, PolicyAct | { readonly do: 'createTable' | 'dropTable' | 'comment' }>;

function alterTable(catalog: Catalog, act: TableAct, draft: Draft): void {
  switch (act.do) {
    case 'renameTable':
      return catalog.renameTable(draft, { name: act.newName, ...schemaOf(draft) }, act);
    case 'moveTable':
      return catalog.renameTable(draft, { name: draft.name, schema: act.schema }, act);
    case 'addColumn':
      for (const each of family(catalog, draft, act)) {
        const known = each.columns.some((column) => column.dbName === act.added.column.dbName);
        if (!known) catalog.addColumn(each, each === draft ? act.added : { ...act.added, indexes: [], foreignKeys: [] });
      }
      return;
    case 'dropColumn':
      for (const each of family(catalog, draft, act)) dropColumn(catalog, each, act.column, act);
      return;
    case 'renameColumn':
      for (const each of family(catalog, draft, act)) renameColumn(catalog, each, act.column, act.newName, act);
      return;
    case 'alterColumn':
      for (const each of family(catalog, draft, act)) {
        each.columns = each.columns.map((column) => (column.dbName === act.column ? patched(column, act.patch) : column));
      }
      return;
    case 'addIndex':
      if (act.usingIndex !== undefined) return catalog.adoptIndex(draft, act.index, act.usingIndex);
      return taken(draft.indexes, act.index) ? undefined : catalog.addIndex(draft, act.index);
    case 'addForeignKey':
      return taken(draft.foreignKeys, act.foreignKey) ? undefined : catalog.addForeignKey(draft, act.foreignKey);
    case 'addCheck':
      return taken(draft.checks, act.check) ? undefined : catalog.addCheck(draft, act.check);
    case 'addLoose':
      return catalog.addLoose(draft, act.constraint);
    case 'setTiming':
      draft.foreignKeys = draft.foreignKeys.map(({ timing, ...each }) => (each.name === act.name ? { ...each, ...(act.timing && { timing: act.timing }) } : { ...each, ...(timing && { timing }) }));
      return;
    case 'attach':
      catalog.heirs.add(draft);
      if (act.parent) draft.partitionOf = act.parent;
      else delete draft.partitionOf;
      return;
    case 'blur':
      draft.partial = true;
      return;
    case 'dropConstraint':
    case 'validateConstraint':
    case 'renameConstraint':
      return alterConstraint(catalog, act, draft);
    default:
      return act satisfies never;
  }
}

function createTable(catalog: Catalog, act: Act & { readonly do: 'createTable' }, file: string): void {
  const name: TableName = { name: act.table.name, ...schemaOf(act.table) };
  const present = catalog.tables.exact(name);
  if (present?.createdIn !== undefined) {
    // IF NOT EXISTS leaves what is there; OR REPLACE of a view replaces it; anything else fails in the database.
    if (!act.replace || present.objectKind !== 'view') return;
  }
  const stubbed = present ? { ...present } : undefined;
  if (present) catalog.dropTable(present, act);
  const draft = catalog.createTable(act.table, file, act);
  if (!stubbed) return;
  draft.partial ||= stubbed.partial;
  touch(draft, stubbed.state);
}

// What is there already stays, whether the statement says IF NOT EXISTS, a DO block asks first, or it would fail.
function taken(present: readonly { readonly name?: string }[], { name }: { readonly name?: string }): boolean {
  return name !== undefined && present.some((each) => each.name === name);
}

/** The table and all that inherit from it. */
function* family(catalog: Catalog, draft: Draft, act: Act): Generator<Draft> {
  yield draft;
  for (const other of catalog.heirs) {
    if (other === draft || !other.partitionOf || !means(other.partitionOf, draft)) continue;
    yield* family(catalog, touch(other, act), act);
  }
}

function patched(column: ColumnSpec, patch: ColumnPatch): ColumnSpec {
  const { default: value, typeName, collation, generatedAs, ...rest } = column;
  const newDefault = patch.default === 'none' ? undefined : (patch.default ?? value);
  const newTypeName = patch.type ? patch.type.typeName : typeName;
  const newCollation = patch.type ? patch.type.collation : collation;
  return {
    ...rest,
    ...(patch.type ? { type: patch.type.type } : {}),
    ...(newTypeName ? { typeName: newTypeName } : {}),
    ...(newCollation === undefined ? {} : { collation: newCollation }),
    ...(generatedAs === undefined || patch.generated === false ? {} : { generatedAs }),
    ...(patch.nullable === undefined ? {} : { nullable: patch.nullable }),
    ...(patch.generated === undefined ? {} : { generated: patch.generated }),
    ...(newDefault ? { default: newDefault } : {}),
  };
}

function comment(draft: Draft, act: Act & { readonly do: 'comment' }): void {
  draft.columns = draft.columns.map((column) => {
    if (column.dbName !== act.column) return column;
    const { comment: _old, ...rest } = column;
    return act.text === '' ? rest : { ...rest, comment: act.text };
  });
}

type ConstraintAct =
  | Extract<Act, { readonly do: 'dropConstraint' | 'validateConstraint' }>
  | Extract<Act, { readonly do: 'renameConstraint' }>;

function alterConstraint(catalog: Catalog, act: ConstraintAct, draft: Draft): void {
  const named = (each: { readonly name?: string }): boolean => each.name === act.name;
  const index = draft.indexes.find((each) => named(each) && each.constraint !== undefined);
  if (act.do === 'renameConstraint') {
    const { newName } = act;
    const rename = <T extends { readonly name?: string }>(each: T): T => (named(each) ? { ...each, name: newName } : each);
    if (index) renameIndex(catalog, { do: 'renameIndex', index: { name: act.name, ...schemaOf(draft) }, newName });
    draft.foreignKeys = draft.foreignKeys.map(rename);
    draft.checks = draft.checks.map(rename);
    draft.loose = draft.loose.map(rename);
  } else if (act.do === 'validateConstraint') {
    draft.foreignKeys = draft.foreignKeys.map((each) => (named(each) ? { ...each, validated: true } : each));
    draft.checks = draft.checks.map((each) => (named(each) ? { ...each, validated: true } : each));
    const present = new Set(draft.loose.flatMap((each) => (named(each) && each.suffix === 'not_null' ? each.columns : [])));
    draft.columns = draft.columns.map((column) => (present.has(column.dbName) ? { ...column, nullable: false } : column));
  } else {
    if (index) catalog.removeIndex(draft, index);
    draft.foreignKeys = draft.foreignKeys.filter((each) => !named(each));
    draft.checks = draft.checks.filter((each) => !named(each));
    draft.loose = draft.loose.filter((each) => !named(each));
  }
}

function renameIndex(catalog: Catalog, act: Act & { readonly do: 'renameIndex' }): void {
  const entry = catalog.indexes.find(act.index);
  if (!entry) return;
  const draft = touch(entry.draft, act);
  const old = entry.name;
  catalog.indexes.remove(entry);
  entry.name = act.newName;
  catalog.indexes.add(entry);
  draft.indexes = draft.indexes.map((index) => (index.name === old ? { ...index, name: act.newName } : index));
}

function stub({ name, schema }: TableName, { span, tableSpan }: Place): TableSpec {
  return {
    span,
    nameSpan: tableSpan ?? span,
    objectKind: 'table',
    name,
    ...(schema === undefined ? {} : { schema }),
    partial: true,
    temporary: false,
    columns: [],
    indexes: [],
    foreignKeys: [],
    checks: [],
    loose: [],
    likes: [],
  };
}
