// A table while the history is replayed.
import type { CheckSpec, ColumnSpec, ForeignKeySpec, IndexSpec, LooseConstraint, TableSpec } from '../lower/effects';
import type { TableName } from '../../../model/nodes';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export interface Draft extends Omit<Mutable<TableSpec>, 'likes' | 'columns' | 'indexes' | 'foreignKeys' | 'checks' | 'loose'> {
  columns: ColumnSpec[];
  indexes: IndexSpec[];
  foreignKeys: ForeignKeySpec[];
  checks: CheckSpec[];
  loose: LooseConstraint[];
  /** Everything that made it what it is; two drafts of equal traces are equal. */
  trace: object[];
  /** The file that created it; undefined where the history only alters it. */
  readonly createdIn: string | undefined;
}

export function newDraft(spec: TableSpec, createdIn: string | undefined, cause: object): Draft {
  const { likes: _likes, ...rest } = spec;
  return {
    ...rest,
    columns: [...spec.columns],
    indexes: [],
    foreignKeys: [],
    checks: [],
    loose: [],
    trace: [cause],
    createdIn,
  };
}

/** A draft that changes apart from this one. */
export function cloneDraft(draft: Draft): Draft {
  return {
    ...draft,
    columns: [...draft.columns],
    indexes: [...draft.indexes],
    foreignKeys: [...draft.foreignKeys],
    checks: [...draft.checks],
    loose: [...draft.loose],
    trace: [...draft.trace],
  };
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
