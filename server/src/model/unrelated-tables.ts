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
  const [first, ...others] = alteredIn(migration);
  if (!first?.changes[0] || others.length === 0) return undefined;
  const ties = tiesIn(migration);
  const reached = [first];
  // What is tied to a table that is reached is reached as well.
  for (const from of reached) reached.push(...others.filter((each) => !reached.includes(each) && (ties.tied(from.name, each.name) || belongTogether(from, each))));
  const second = others.find((each) => !reached.includes(each))?.changes[0];
  return second && { first: first.changes[0], second };
}

interface Altered {
  readonly name: string;
  readonly changes: Change[];
}

/** The existing tables whose columns or constraints the migration changes, in order. */
function alteredIn({ statements }: Migration): readonly Altered[] {
  const byName = new Map<string, Altered>();
  for (const change of statements.flatMap(({ changes }) => changes)) {
    const { table, lifetime, before } = change;
    if (!table || !mayBeInUse(lifetime) || themeOf(change) === undefined || (before && before.objectKind !== 'table')) continue;
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

/** The same is done to both, their names speak of one thing, or a foreign key leads from one to the other. */
function belongTogether(a: Altered, b: Altered): boolean {
  const themes = new Set(a.changes.map(themeOf));
  const subjects = subjectsOf(a);
  return b.changes.some((change) => themes.has(themeOf(change))) || subjectsOf(b).some((word) => subjects.includes(word)) || isReferenced(a, b) || isReferenced(b, a);
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

function isReferenced(from: Altered, to: Altered): boolean {
  return from.changes.some(({ before }) => before?.foreignKeys.some(({ target }) => target.name === to.name));
}

/** Ties by what single statements speak of: a foreign key, an UPDATE from another table, a type that both use. */
function tiesIn(migration: Migration): { tied(a: string, b: string): boolean } {
  const names = new Set(migration.statements.flatMap(({ changes }) => changes.flatMap(namesIn)));
  const parent = new Map<string, string>();
  const root = (name: string): string => {
    let at = name;
    for (let up = parent.get(at); up !== undefined; up = parent.get(at)) at = up;
    return at;
  };
  for (const statement of migration.statements) {
    const [first, ...others] = mentioned(statement, names);
    for (const other of others) if (first !== undefined && root(other) !== root(first)) parent.set(root(other), root(first));
  }
  return { tied: (a, b) => root(a) === root(b) };
}

function namesIn(change: Change): readonly string[] {
  const table: readonly TableName[] = change.table ? [change.table] : [];
  const type = change.verb === 'addEnum' || change.verb === 'addEnumValue' || change.verb === 'dropType' ? [change.name] : [];
  return [...table.map(({ name }) => name), ...(change.verb === 'renameTable' ? [change.newName] : []), ...type];
}

/** Longer statements are data. */
const LONGEST = 20_000;

function mentioned({ text }: Statement, names: ReadonlySet<string>): readonly string[] {
  const found = new Set<string>();
  for (const [word] of text.slice(0, LONGEST).matchAll(/[\p{L}_][\p{L}\p{N}_$]*/gu)) {
    for (const name of [word, word.toLowerCase()]) if (names.has(name)) found.add(name);
  }
  return [...found];
}
