// Random database schemas, free of any language, and what can be said in each of the three.
import fc from 'fast-check';

export type Kind = 'uuid' | 'text' | 'varchar' | 'integer' | 'bigint' | 'boolean' | 'timestamp' | 'timestamptz' | 'real' | 'json' | 'jsonb' | 'text[]';
export type Form = 'prisma' | 'drizzle' | 'sql';

export interface AbstractColumn {
  readonly name: string;
  readonly kind: Kind;
  readonly nullable: boolean;
}
export interface AbstractPart {
  readonly column: string;
  /** The key is `lower(column)`. */
  readonly lowered: boolean;
  readonly sort: 'asc' | 'desc';
  /** Where the nulls stand, when not where PostgreSQL puts them by itself. */
  readonly nulls?: 'first' | 'last';
}
export interface AbstractIndex {
  readonly name: string;
  readonly parts: readonly AbstractPart[];
  readonly unique: boolean;
  /** A constraint rather than a bare index, where the language knows the difference. */
  readonly constraint: boolean;
  /** Written on its column, where it has one. */
  readonly inline: boolean;
  readonly method: 'btree' | 'hash';
  /** Holds the rows only where this column isn't null. */
  readonly where?: string;
}
export interface AbstractForeignKey {
  readonly name: string;
  readonly columns: readonly string[];
  readonly target: string;
  readonly targetColumns: readonly string[];
  readonly onDelete: 'cascade' | 'restrict' | 'no action' | 'set null' | 'set default';
  readonly inline: boolean;
}
export interface AbstractTable {
  readonly name: string;
  readonly columns: readonly AbstractColumn[];
  /** Empty where the table has none. */
  readonly primaryKey: readonly string[];
  readonly indexes: readonly AbstractIndex[];
  readonly foreignKeys: readonly AbstractForeignKey[];
  readonly rowSecurity: AbstractRowSecurity;
}
export interface AbstractRowSecurity {
  readonly enabled: boolean;
  readonly forced: boolean;
  readonly policies: number;
}
export interface AbstractSchema {
  readonly tables: readonly AbstractTable[];
  /** The languages that can say all of it. */
  readonly forms: readonly Form[];
}

/** What keys are made of, and then what only columns hold. */
const KEY_KINDS: readonly Kind[] = ['uuid', 'text', 'integer', 'bigint', 'timestamp', 'timestamptz', 'varchar'];
const KINDS: readonly Kind[] = ['boolean', ...KEY_KINDS, 'jsonb', 'boolean', ...KEY_KINDS, 'real', 'json', 'boolean', 'text[]'];
/** PostgreSQL has no order for it, so no index either. */
const UNORDERED: Kind = 'json';
// Names that PostgreSQL only keeps in quotes, and some that it folds.
const tableName = (at: number): string => ['alpha', 'Beta', 'gamma_rays', 'deltaForce', 'order'][at] ?? `t${at}`;
const columnName = (at: number): string => ['first', 'secondOne', 'third_one', 'Fourth', 'user', 'sixth'][at] ?? `c${at}`;

const pick = fc.nat(1000);
const wildColumn = fc.record({ kind: pick, nullable: fc.boolean() });
const wildIndex = fc.record({
  columns: fc.array(pick, { minLength: 1, maxLength: 3 }),
  /** Begins with the columns of this foreign key, perhaps turned round. */
  follows: fc.option(pick, { freq: 3 }),
  turned: fc.boolean(),
  descending: fc.nat(7),
  unique: fc.nat(5),
  inline: fc.boolean(),
  hash: fc.nat(7),
  where: fc.option(pick, { freq: 6 }),
  lowered: fc.nat(7),
  nulls: fc.nat(7),
});
const wildReference = fc.record({ target: pick, key: pick, reuse: fc.array(pick, { minLength: 3, maxLength: 3 }), onDelete: fc.nat(5), inline: fc.boolean() });
const wildTable = fc.record({
  columns: fc.array(wildColumn, { minLength: 2, maxLength: 6 }),
  key: fc.array(pick, { minLength: 1, maxLength: 3 }),
  keyless: fc.nat(7),
  security: fc.nat(8),
  policies: fc.nat(2),
  uniques: fc.array(fc.array(pick, { minLength: 1, maxLength: 2 }), { maxLength: 2 }),
  references: fc.array(wildReference, { maxLength: 2 }),
  indexes: fc.array(wildIndex, { minLength: 1, maxLength: 5, size: 'medium' }),
});
type WildTable = typeof wildTable extends fc.Arbitrary<infer T> ? T : never;
type WildIndex = typeof wildIndex extends fc.Arbitrary<infer T> ? T : never;

/** Schemas; half of them only with what all three languages can say. They shrink to small ones. */
export const schemas: fc.Arbitrary<AbstractSchema> = fc
  .record({ tables: fc.array(wildTable, { minLength: 1, maxLength: 4 }), rich: fc.boolean() })
  .map(({ tables, rich }) => tame(tables, rich));

function tame(wild: readonly WildTable[], rich: boolean): AbstractSchema {
  const drafts = wild.map((table, at) => draft(table, at));
  const tables = wild.map((table, at): AbstractTable => {
    const own = drafts[at] ?? draft(table, at);
    const foreignKeys = table.references.flatMap((reference, n) => refer(reference, n, own, drafts, rich) ?? []);
    const follow = table.indexes.flatMap((index, n) => indexOf(index, n, own, foreignKeys, rich) ?? []);
    const indexes = withoutMerging([...own.uniques, ...follow], own.primaryKey);
    return { name: own.name, columns: own.columns, primaryKey: own.primaryKey, indexes, foreignKeys, rowSecurity: securityOf(table, rich) };
  });
  return { tables, forms: formsOf(tables) };
}

/** The languages that can say everything in the tables. */
function formsOf(tables: readonly AbstractTable[]): Form[] {
  const parts = tables.flatMap(({ indexes }) => indexes.flatMap((index) => index.parts));
  const secured = tables.some(({ rowSecurity }) => rowSecurity.enabled || rowSecurity.policies > 0);
  const actions = tables.flatMap(({ foreignKeys }) => foreignKeys.map(({ onDelete }) => onDelete));
  // Prisma wants to tell rows apart, and refuses to clear what can't be null.
  const identified = tables.every(({ primaryKey, indexes, columns }) => {
    const required = new Set(columns.filter(({ nullable }) => !nullable).map(({ name }) => name));
    return primaryKey.length > 0 || indexes.some((index) => index.constraint && index.parts.every(({ column }) => required.has(column)));
  });
  const prisma = identified && !secured && !actions.includes('set default') && parts.every((part) => !part.lowered && part.nulls === undefined);
  // Drizzle turns row security on with the first policy, and can't force it.
  const drizzle = tables.every(({ rowSecurity: { enabled, forced, policies } }) => !forced && (enabled || policies === 0));
  return ['sql', ...(drizzle ? ['drizzle' as const] : []), ...(prisma ? ['prisma' as const] : [])];
}

function securityOf({ security, policies }: WildTable, rich: boolean): AbstractRowSecurity {
  if (!rich || security > 5) return { enabled: false, forced: false, policies: 0 };
  return { enabled: security > 1, forced: security === 2, policies: security < 2 ? 1 : policies };
}

/**
 * Equal constraints of one CREATE TABLE become a single index in PostgreSQL, so the second is made a bare unique index,
 * which all three languages create for sure.
 */
function withoutMerging(indexes: readonly AbstractIndex[], primaryKey: readonly string[]): AbstractIndex[] {
  const constrained = new Set(primaryKey.length > 0 ? [primaryKey.join()] : []);
  return indexes.map((index) => {
    const columns = index.parts.map(({ column }) => column).join();
    if (!index.constraint) return index;
    if (constrained.has(columns)) return { ...index, constraint: false, inline: false };
    constrained.add(columns);
    return index;
  });
}

interface Draft {
  readonly name: string;
  readonly columns: AbstractColumn[];
  readonly primaryKey: readonly string[];
  readonly uniques: readonly AbstractIndex[];
}

function draft(wild: WildTable, at: number): Draft {
  const name = tableName(at);
  const kinds = wild.columns.map(({ kind }, n) => (n === 0 ? KEY_KINDS[kind % KEY_KINDS.length] : KINDS[kind % KINDS.length]) ?? 'text');
  const keyable = kinds.flatMap((kind, n) => (KEY_KINDS.includes(kind) ? [columnName(n)] : []));
  const keyOf = (picks: readonly number[]): string[] => distinct(picks.map((pick) => keyable[pick % keyable.length] ?? columnName(0)));
  const primaryKey = wild.keyless === 0 ? [] : keyOf(wild.key);
  const uniqueColumns = wild.uniques.map(keyOf);
  const required = new Set([...primaryKey, ...uniqueColumns.flat()]);
  const columns = kinds.map((kind, n) => ({
    name: columnName(n),
    kind,
    nullable: !required.has(columnName(n)) && (wild.columns[n]?.nullable ?? false),
  }));
  // Nothing but references without a key over them is a junction, which a rule of its own speaks of.
  if (primaryKey.length === 0) columns.push({ name: 'plain', kind: 'boolean', nullable: false });
  const uniques = uniqueColumns.map((names, n) => ({
    name: `${name}_key_${n}`,
    parts: names.map((column) => ({ column, lowered: false, sort: 'asc' as const })),
    unique: true,
    constraint: true,
    inline: names.length === 1 && n % 2 === 0,
    method: 'btree' as const,
  }));
  return { name, columns, primaryKey, uniques };
}

/** A foreign key to a key of some table, over columns that are there already or new ones. */
function refer(wild: WildTable['references'][number], n: number, own: Draft, drafts: readonly Draft[], rich: boolean): AbstractForeignKey | undefined {
  const target = drafts[wild.target % drafts.length] ?? own;
  const keys = [target.primaryKey, ...target.uniques.map(({ parts }) => parts.map(({ column }) => column))].filter((key) => key.length > 0);
  const targetColumns = keys[wild.key % keys.length];
  if (!targetColumns) return undefined;
  const columns: string[] = [];
  targetColumns.forEach((name, at) => {
    const kind = target.columns.find((column) => column.name === name)?.kind ?? 'text';
    const fitting = own.columns.filter((column) => column.kind === kind && !columns.includes(column.name) && !(own === target && targetColumns.includes(column.name)));
    const choice = fitting[(wild.reuse[at] ?? 0) % (fitting.length + 1)];
    if (choice) columns.push(choice.name);
    else {
      const fresh = `ref${n}_${at}`;
      own.columns.push({ name: fresh, kind, nullable: (wild.reuse[at] ?? 0) % 2 === 0 });
      columns.push(fresh);
    }
  });
  const clearing = (['set null', 'set null', 'set default'] as const)[wild.onDelete - 3];
  const optional = columns.every((name) => own.columns.find((column) => column.name === name)?.nullable);
  // Prisma refuses to clear what can't be null, so only rich schemas do.
  const allowed = clearing !== undefined && (rich || (optional && clearing === 'set null')) ? clearing : undefined;
  const onDelete = allowed ?? (['cascade', 'restrict', 'no action'] as const)[wild.onDelete % 3] ?? 'cascade';
  return { name: `${own.name}_ref_${n}`, columns, target: target.name, targetColumns, onDelete, inline: wild.inline && columns.length === 1 };
}

function indexOf(wild: WildIndex, n: number, own: Draft, foreignKeys: readonly AbstractForeignKey[], rich: boolean): AbstractIndex | undefined {
  const followed = wild.follows === null ? undefined : foreignKeys[wild.follows % Math.max(1, foreignKeys.length)]?.columns;
  const led = followed ? (wild.turned ? [...followed].reverse() : followed) : [];
  const kindOf = (name: string): Kind | undefined => own.columns.find((column) => column.name === name)?.kind;
  const ordered = own.columns.filter(({ kind }) => kind !== UNORDERED);
  const others = wild.columns.map((pick) => ordered[pick % ordered.length]?.name ?? '');
  const hash = wild.hash === 0;
  // One of the few values of a boolean is what people index alone.
  const flag = wild.hash === 1 || wild.hash === 2 ? ordered.find(({ kind }) => kind === 'boolean') : undefined;
  const all = flag ? [flag.name] : distinct([...led, ...(led.length > 0 && wild.turned ? [] : others)]);
  const columns = hash ? all.slice(0, 1) : all;
  const parts = columns.map((column, at) => {
    const text = kindOf(column) === 'text';
    const sort = !hash && wild.descending === at ? ('desc' as const) : ('asc' as const);
    const nulls = rich && !hash && wild.nulls === at ? { nulls: sort === 'asc' ? ('first' as const) : ('last' as const) } : {};
    return { column, lowered: rich && text && wild.lowered === at, sort, ...nulls };
  });
  const plain = parts.every((part) => part.sort === 'asc' && part.nulls === undefined && !part.lowered);
  // An index of the rows where the key itself isn't null is a question of its own: the planner uses it for the key.
  const conditions = own.columns.filter(({ name }) => !foreignKeys.some(({ columns }) => columns.includes(name)));
  const where = wild.where === null || wild.where % 3 > 0 ? undefined : conditions[wild.where % Math.max(1, conditions.length)]?.name;
  const unique = !hash && wild.unique < 2;
  const constraint = wild.unique === 0 && plain && where === undefined && unique;
  return {
    name: `${own.name}_idx_${n}`,
    parts,
    unique,
    constraint,
    inline: constraint && wild.inline && parts.length === 1,
    method: hash ? 'hash' : 'btree',
    ...(where !== undefined && { where }),
  };
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)];
}
