// A table while the history is replayed. Its lists are never changed in place, so a copy of it is a snapshot.
import type { CheckSpec, ColumnSpec, ForeignKeySpec, IndexSpec, LooseConstraint, TableSpec } from '../lower/effects';
import type { TableName } from '../../../model/nodes';
import { after, begin, type State } from './state';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export interface Draft extends Omit<Mutable<TableSpec>, 'likes' | 'columns' | 'indexes' | 'foreignKeys' | 'checks' | 'loose'> {
  columns: readonly ColumnSpec[];
  indexes: readonly IndexSpec[];
  foreignKeys: readonly ForeignKeySpec[];
  checks: readonly CheckSpec[];
  loose: readonly LooseConstraint[];
  /** Everything that made it what it is: two drafts of the same state are equal. */
  state: State;
  /** The file that created it; undefined where the history only alters it. */
  readonly createdIn: string | undefined;
}

export function newDraft(spec: TableSpec, createdIn: string | undefined, cause: object): Draft {
  const { likes: _likes, ...rest } = spec;
  return {
    ...rest,
    columns: spec.columns,
    indexes: [],
    foreignKeys: [],
    checks: [],
    loose: [],
    state: begin(cause),
    createdIn,
  };
}

/** Notes what has changed the draft. */
export function touch(draft: Draft, cause: object): Draft {
  draft.state = after(draft.state, cause);
  return draft;
}

/** A draft that changes apart from this one. */
export function cloneDraft(draft: Draft): Draft {
  return { ...draft };
}

const schemaOf = (schema: string | undefined): string => schema ?? 'public';

/** Objects by name; one name may exist in several schemas. */
export class Names<T extends { name: string; schema?: string }> {
  readonly #byName = new Map<string, T[]>();

  /** The object that the name means: the one in its schema, or the only one of that name where no schema is written. */
  find({ name, schema }: TableName): T | undefined {
    const named = this.#byName.get(name);
    if (!named) return undefined;
    const exact = named.find((each) => schemaOf(each.schema) === schemaOf(schema));
    if (exact) return exact;
    return schema === undefined && named.length === 1 ? named[0] : undefined;
  }

  /** The object in exactly that schema; an unwritten one means `public`. */
  exact({ name, schema }: TableName): T | undefined {
    return this.#byName.get(name)?.find((each) => schemaOf(each.schema) === schemaOf(schema));
  }

  /** Whether there is one of that name, in whatever schema. */
  has(name: string): boolean {
    return this.#byName.has(name);
  }

  add(object: T): void {
    const named = this.#byName.get(object.name);
    if (named) named.push(object);
    else this.#byName.set(object.name, [object]);
  }

  remove(object: T): void {
    const named = this.#byName.get(object.name);
    if (!named) return;
    const rest = named.filter((each) => each !== object);
    if (rest.length > 0) this.#byName.set(object.name, rest);
    else this.#byName.delete(object.name);
  }

  *all(): Generator<T> {
    for (const named of this.#byName.values()) yield* named;
  }
}
