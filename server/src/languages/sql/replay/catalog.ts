// The state of the database while migrations are replayed: a catalog that effects change one after another.
import type { Act, CheckSpec, ColumnAddition, ForeignKeySpec, IndexSpec, LooseConstraint, TableSpec } from '../lower/effects';
import type { Enum, TableName } from '../../../model/nodes';
import { cloneDraft, Names, newDraft, touch, type Draft } from './draft';
import { Untracked } from './untracked';
import { checkName, foreignKeyName, indexName, looseName } from './object-names';

export interface EnumEntry {
  name: string;
  schema?: string;
  node: Enum;
}

/** Where an index lives. */
export interface IndexEntry {
  name: string;
  schema?: string;
  readonly draft: Draft;
}

/** Tables, indexes and enums by name, with the elementary changes that keep them in step. */
export class Catalog {
  readonly tables = new Names<Draft>();
  readonly indexes = new Names<IndexEntry>();
  readonly enums = new Names<EnumEntry>();
  /** Names of all enums that there ever were. */
  readonly enumNames = new Set<string>();
  /** Drafts in the order of their creation; dropped ones leave a gap. */
  readonly order = new Set<Draft>();
  /** Tables that inherit from another, or once did. */
  readonly heirs = new Set<Draft>();
  /** Tables that end with the session. */
  readonly temporary = new Set<Draft>();
  // By the name of a table, those that refer to it, or once did.
  readonly #referrers = new Map<string, Set<Draft>>();

  constructor(readonly untracked = new Untracked()) {}

  /** A catalog that changes apart from this one. */
  clone(): Catalog {
    const copy = new Catalog(this.untracked.clone());
    const twins = new Map<Draft, Draft>();
    for (const draft of this.order) twins.set(draft, copy.put(cloneDraft(draft)));
    for (const { draft, ...entry } of this.indexes.all()) {
      const twin = twins.get(draft);
      if (twin) copy.indexes.add({ ...entry, draft: twin });
    }
    for (const entry of this.enums.all()) copy.enums.add({ ...entry });
    for (const name of this.enumNames) copy.enumNames.add(name);
    for (const heir of this.heirs) {
      const twin = twins.get(heir);
      if (twin) copy.heirs.add(twin);
    }
    for (const [target, drafts] of this.#referrers) {
      const set = new Set<Draft>();
      for (const draft of drafts) {
        const twin = twins.get(draft);
        if (twin) set.add(twin);
      }
      copy.#referrers.set(target, set);
    }
    return copy;
  }

  /** Tables that may hold references to one of this name. */
  referrers(name: string): readonly Draft[] {
    return [...(this.#referrers.get(name) ?? [])].filter((draft) => this.order.has(draft));
  }

  #noteReference(draft: Draft, target: string): void {
    const known = this.#referrers.get(target);
    if (known) known.add(draft);
    else this.#referrers.set(target, new Set([draft]));
  }

  /** A partial stand-in for a table that this history doesn't create. */
  addStub(spec: TableSpec, cause: Act): Draft {
    return this.put(newDraft(spec, undefined, cause));
  }

  put(draft: Draft): Draft {
    this.tables.add(draft);
    this.order.add(draft);
    if (draft.temporary) this.temporary.add(draft);
    return draft;
  }

  createTable(spec: TableSpec, file: string, cause: Act): Draft {
    const draft = this.put(newDraft(spec, file, cause));
    this.#inherit(draft, spec);
    this.#copyLikes(draft, spec);
    for (const index of spec.indexes) if (index.constraint === 'primary key') this.addIndex(draft, index);
    for (const index of spec.indexes) if (index.constraint !== 'primary key') this.addIndex(draft, index);
    for (const foreignKey of spec.foreignKeys) this.addForeignKey(draft, foreignKey);
    for (const check of spec.checks) this.addCheck(draft, check);
    for (const constraint of spec.loose) this.addLoose(draft, constraint);
    return draft;
  }

  // Columns of a parent come first, and the child's own definitions of the same names refine them.
  #inherit(draft: Draft, spec: TableSpec): void {
    if (!spec.partitionOf) return;
    this.heirs.add(draft);
    const parent = this.tables.find(spec.partitionOf);
    if (!parent) {
      draft.partial = true;
      return;
    }
    touch(draft, parent.state);
    const own = new Map(draft.columns.map((column) => [column.dbName, column]));
    const inherited = parent.columns.map((column) => own.get(column.dbName) ?? column);
    const names = new Set(parent.columns.map((column) => column.dbName));
    draft.columns = [...inherited, ...draft.columns.filter((column) => !names.has(column.dbName))];
    if (parent.partial) draft.partial = true;
  }

  #copyLikes(draft: Draft, spec: TableSpec): void {
    let shift = 0;
    for (const like of spec.likes) {
      const source = this.tables.find(like.source);
      if (!source || source.partial) draft.partial = true;
      if (!source) continue;
      touch(draft, source.state);
      const columns = source.columns.map(({ default: value, ...column }) =>
        like.defaults && value ? { ...column, default: value } : column,
      );
      const at = like.position + shift;
      draft.columns = [...draft.columns.slice(0, at), ...columns, ...draft.columns.slice(at)];
      shift += columns.length;
      if (like.checks) for (const check of source.checks) this.addCheck(draft, check);
      if (!like.indexes) continue;
      for (const { name: _name, ...index } of source.indexes) this.addIndex(draft, index);
    }
  }

  addColumn(draft: Draft, { column, indexes, foreignKeys, checks }: ColumnAddition): void {
    draft.columns = [...draft.columns, column];
    for (const index of indexes) this.addIndex(draft, index);
    for (const foreignKey of foreignKeys) this.addForeignKey(draft, foreignKey);
    for (const check of checks) this.addCheck(draft, check);
  }

  addIndex(draft: Draft, index: IndexSpec): void {
    const name = indexName(draft.name, index, (each) => this.#relationTaken(draft, each));
    draft.indexes = [...draft.indexes, { ...index, name }];
    this.indexes.add({ name, ...schemaOf(draft), draft });
    if (index.constraint !== 'primary key') return;
    const key = new Set(index.parts.map((part) => part.column));
    draft.columns = draft.columns.map((column) => (key.has(column.dbName) ? { ...column, nullable: false } : column));
  }

  /** Makes an existing index a constraint, which then carries the constraint's name. */
  adoptIndex(draft: Draft, constraint: IndexSpec, existing: string): void {
    const at = draft.indexes.findIndex((index) => index.name === existing);
    const index = draft.indexes[at];
    if (!index) {
      draft.partial = true;
      return;
    }
    this.removeIndex(draft, index);
    this.addIndex(draft, { ...index, name: constraint.name ?? existing, ...(constraint.constraint ? { constraint: constraint.constraint } : {}) });
  }

  removeIndex(draft: Draft, index: IndexSpec): void {
    draft.indexes = draft.indexes.filter((each) => each !== index);
    const entry = this.indexes.exact({ name: index.name ?? '', ...schemaOf(draft) });
    if (entry) this.indexes.remove(entry);
  }

  addForeignKey(draft: Draft, foreignKey: ForeignKeySpec): void {
    const name = foreignKeyName(draft.name, foreignKey, (each) => constraintTaken(draft, each));
    draft.foreignKeys = [...draft.foreignKeys, { ...foreignKey, name }];
    this.#noteReference(draft, foreignKey.target.name);
  }

  addCheck(draft: Draft, check: CheckSpec): void {
    const name = check.name ?? checkName(draft.name, check.columns, (each) => constraintTaken(draft, each));
    draft.checks = [...draft.checks, { ...check, name }];
  }

  addLoose(draft: Draft, constraint: LooseConstraint): void {
    const name = constraint.name ?? looseName(draft.name, constraint.columns, constraint.suffix, (each) => constraintTaken(draft, each));
    draft.loose = [...draft.loose, { ...constraint, name }];
  }

  dropTable(draft: Draft, cause: object): void {
    this.tables.remove(draft);
    this.order.delete(draft);
    this.heirs.delete(draft);
    this.temporary.delete(draft);
    for (const index of [...draft.indexes]) this.removeIndex(draft, index);
    for (const other of this.referrers(draft.name)) {
      const kept = other.foreignKeys.filter((each) => !means(each.target, draft));
      if (kept.length === other.foreignKeys.length) continue;
      other.foreignKeys = kept;
      touch(other, cause);
    }
  }

  /** Renames or moves the table; indexes move with it and references follow. */
  renameTable(draft: Draft, to: TableName, cause: object): void {
    const old: TableName = { name: draft.name, ...schemaOf(draft) };
    const entries = draft.indexes.flatMap((index) => this.indexes.exact({ name: index.name ?? '', ...schemaOf(draft) }) ?? []);
    this.tables.remove(draft);
    draft.name = to.name;
    if (to.schema === undefined) delete draft.schema;
    else draft.schema = to.schema;
    this.tables.add(draft);
    for (const entry of entries) {
      if (to.schema === undefined) delete entry.schema;
      else entry.schema = to.schema;
    }
    for (const other of this.referrers(old.name)) {
      if (!other.foreignKeys.some((each) => means(each.target, old))) continue;
      other.foreignKeys = other.foreignKeys.map((each) => (means(each.target, old) ? { ...each, target: to } : each));
      this.#noteReference(other, to.name);
      touch(other, cause);
    }
  }

  #relationTaken(draft: Draft, name: string): boolean {
    const full: TableName = { name, ...schemaOf(draft) };
    return this.indexes.exact(full) !== undefined || this.tables.exact(full) !== undefined || constraintTaken(draft, name);
  }
}

/** Whether a written name means this table, `public` being the schema of what has none written. */
export function means(written: TableName, table: { readonly name: string; readonly schema?: string }): boolean {
  return written.name === table.name && (written.schema ?? 'public') === (table.schema ?? 'public');
}

function constraintTaken(draft: Draft, name: string): boolean {
  const is = (each: { readonly name?: string }): boolean => each.name === name;
  return draft.foreignKeys.some(is) || draft.checks.some(is) || draft.loose.some(is) || draft.indexes.some(is);
}

export function schemaOf({ schema }: { readonly schema?: string }): { schema?: string } {
  return schema === undefined ? {} : { schema };
}
