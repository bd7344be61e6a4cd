// Existing tables that one migration alters though they have nothing to do with each other.
import type { Change, Migration, Statement } from './changes';
import { mayBeInUse } from './lifetime';
import type { TableName } from './nodes';
import { stems } from './words';

export interface Unrelated {
  /** The first change of the migration that alters an existing table. */
  readonly first: Change;
  /** The first of a table that nothing ties to that one. */
  readonly second: Change;
}

const known = new WeakMap<Migration, Unrelated | undefined>();

/** The first two unrelated tables that the migration alters; undefined where all belong together. */
export function unrelatedTables(migration: Migration): Unrelated | undefined {
  if (!known.has(migration)) known.set(migration, firstUnrelated(migration));
  return known.get(migration);
}

function firstUnrelated(migration: Migration): Unrelated | undefined {
  const altered = alteredIn(migration);
  const ties = new Ties();
  for (const each of altered) ties.tie(each.name, ...[...each.changes.map(themeOf), ...subjectsOf(each)].map((subject) => `(${subject ?? ''})`));
  if (!areApart(altered, ties)) return undefined;
  const names = new Set(migration.statements.flatMap(({ changes }) => changes.flatMap(namesIn)));
  for (const statement of migration.statements) ties.tie(...mentioned(statement, names));
  if (!areApart(altered, ties)) return undefined;
  // The tables as they were are put together only where nothing else has told.
  const tables = altered.filter(({ changes: [first] }) => first?.before === undefined || first.before.objectKind === 'table');
  const own = new Set(tables.map(({ name }) => name));
  for (const { name, changes } of tables) {
    const targets = (changes[0]?.before?.foreignKeys ?? []).map(({ target }) => target.name);
    ties.tie(name, ...targets.filter((target) => own.has(target)));
  }
  const [first, ...others] = tables;
  const second = others.find((each) => first && !ties.tied(first.name, each.name));
  return first?.changes[0] && second?.changes[0] && { first: first.changes[0], second: second.changes[0] };
}

function areApart([first, ...others]: readonly Altered[], ties: Ties): boolean {
  return first !== undefined && others.some(({ name }) => !ties.tied(first.name, name));
}

/** Names that belong together, whatever each is the name of. */
class Ties {
  readonly #parents = new Map<string, string>();

  tie(first: string, ...others: readonly string[]): void {
    for (const other of others) if (!this.tied(first, other)) this.#parents.set(this.#root(other), this.#root(first));
  }

  tied(a: string, b: string): boolean {
    return this.#root(a) === this.#root(b);
  }

  #root(name: string): string {
    let at = name;
    for (let up = this.#parents.get(at); up !== undefined; up = this.#parents.get(at)) at = up;
    return at;
  }
}

interface Altered {
  readonly name: string;
  readonly changes: Change[];
}

/** The existing tables whose columns or constraints the migration changes, in order. */
function alteredIn({ statements }: Migration): readonly Altered[] {
  const byName = new Map<string, Altered>();
  for (const change of statements.flatMap(({ changes }) => changes)) {
    const { table, lifetime } = change;
    if (!table || !mayBeInUse(lifetime) || themeOf(change) === undefined) continue;
    const own = byName.get(table.name);
    if (own) own.changes.push(change);
    else byName.set(table.name, { name: table.name, changes: [change] });
  }
  return [...byName.values()];
}

/** What is done, as far as doing the same to another table is one matter; undefined where no table is altered. */
function themeOf(change: Change): string | undefined {
  switch (change.verb) {
    case 'addColumn':
      return `${change.verb} ${change.column.dbName}`;
    case 'dropColumn':
    case 'renameColumn':
      return `${change.verb} ${change.columnName}`;
    case 'renameTable':
    case 'setNotNull':
    case 'dropNotNull':
    case 'setDefault':
    case 'dropDefault':
    case 'setType':
    case 'addForeignKey':
    case 'addConstraint':
    case 'dropConstraint':
      return change.verb;
    default:
      return undefined;
  }
}

/** The words that the names of the table and of its changed columns are made of. */
function subjectsOf({ name, changes }: Altered): readonly string[] {
  const others = changes.flatMap((change) => {
    const old = change.verb === 'addColumn' ? [change.column.dbName] : 'columnName' in change ? [change.columnName] : [];
    return 'newName' in change ? [...old, change.newName] : old;
  });
  return [name, ...others].flatMap(stems).filter((word) => word.length > 4 && !COMMON.has(word));
}

/** Words that are in names of any kind. */
const COMMON: ReadonlySet<string> = new Set(
  `active amount archived array boolean change column config configuration content count created current data default deleted description detail disabled display
  enabled entry external field first hidden image index internal items label last limit metadata model month order other owner parent position price public
  record reference setting source start state status table target title token total type updated usage value version visible`.split(/\s+/),
);

function namesIn(change: Change): readonly string[] {
  const table: readonly TableName[] = change.table ? [change.table] : [];
  const type = change.verb === 'addEnum' || change.verb === 'addEnumValue' || change.verb === 'dropType' ? [change.name] : [];
  return [...table.map(({ name }) => name), ...(change.verb === 'renameTable' ? [change.newName] : []), ...type];
}

/** Longer statements are data. */
const LONGEST = 20_000;

/** The names that the statement speaks of; at least one, which may be nobody's. */
function mentioned({ text }: Statement, names: ReadonlySet<string>): readonly [string, ...string[]] {
  const found = new Set<string>();
  for (const [word] of text.slice(0, LONGEST).matchAll(/[\p{L}_][\p{L}\p{N}_$]*/gu)) {
    for (const name of [word, word.toLowerCase()]) if (names.has(name)) found.add(name);
  }
  const [first = '', ...others] = found;
  return [first, ...others];
}
