// Whether lock_timeout limits how long a statement waits for its locks.
import type { Migration, Statement } from './changes';
import { isWord, sqlTokens } from './sql-text';

/** Whether an earlier statement of the file has set it for this one, or an earlier migration for everybody who connects. */
export function waitIsLimited(statement: Statement, migrations: readonly Migration[]): boolean {
  return limitBefore(statement) !== undefined || isLimitedForAll(statement.migration, migrations);
}

/** The statement of the file whose lock_timeout holds when this one begins. */
export function limitBefore({ migration, position, transaction }: Statement): Statement | undefined {
  let session: Setting | undefined;
  let local: Setting | undefined;
  for (const setting of settingsIn(migration)) {
    const { by } = setting;
    if (by.position >= position) break;
    // Outside of a transaction, SET LOCAL is over as soon as it is said.
    if (setting.local && (!by.inTransaction || by.transaction !== transaction)) continue;
    local = setting.local ? setting : undefined;
    if (!setting.local) session = setting;
  }
  const now = local ?? session;
  return now?.on ? now.by : undefined;
}

/** Whether the statement sets lock_timeout, or takes it back. */
export function setsLimit(statement: Statement): boolean {
  return settingsIn(statement.migration).some(({ by }) => by === statement);
}

interface Setting {
  readonly by: Statement;
  /** A limit; 0 and the default are none. */
  readonly on: boolean;
  readonly local: boolean;
}

const settings = new WeakMap<Migration, readonly Setting[]>();

/** What the migration does to lock_timeout, in order. */
function settingsIn(migration: Migration): readonly Setting[] {
  let own = settings.get(migration);
  if (!own) settings.set(migration, (own = migration.statements.flatMap((statement) => settingBy(statement) ?? [])));
  return own;
}

function settingBy(by: Statement): Setting | undefined {
  const { node, text, changes } = by;
  if (node === 'DiscardStmt' || (node === 'VariableSetStmt' && /^RESET\s+ALL\b/i.test(text))) return { by, on: false, local: false };
  if (!SETTERS.has(node) || !/\block_timeout\b/i.test(text)) return undefined;
  const set = changes.find((change) => change.verb === 'set');
  if (set?.verb === 'set') return set.name.toLowerCase() === 'lock_timeout' ? { by, on: !/^RESET\b/i.test(text) && !isNone(valueOf(text)), local: set.local } : undefined;
  // By set_config, or somehow in a block of code.
  return { by, on: true, local: /,\s*true\s*\)/i.test(text) };
}

const SETTERS: ReadonlySet<string> = new Set(['VariableSetStmt', 'SelectStmt', 'DoStmt', 'CallStmt']);

/** What stands behind the sign. */
function valueOf(text: string): string {
  const tokens = sqlTokens(text);
  const sign = tokens.findIndex((token) => token.text === '=' || isWord(token, 'TO'));
  return tokens
    .slice(sign + 1)
    .map((token) => token.text)
    .join('');
}

function isNone(value: string): boolean {
  return /^(?:DEFAULT|'?0\s*[a-z]*'?)$/i.test(value);
}

const FOR_ALL: ReadonlySet<string> = new Set(['AlterRoleSetStmt', 'AlterDatabaseSetStmt', 'AlterSystemStmt']);

const known = new WeakMap<readonly Migration[], Migration | undefined>();

/** ALTER ROLE and its like hold for connections that begin later. */
export function isLimitedForAll(migration: Migration, migrations: readonly Migration[]): boolean {
  if (!known.has(migrations)) known.set(migrations, migrations.find(({ statements }) => statements.some((each) => FOR_ALL.has(each.node) && /\block_timeout\b/i.test(each.text))));
  const first = known.get(migrations);
  return first !== undefined && migrations.indexOf(first) < migrations.indexOf(migration);
}
