// Whether lock_timeout limits how long a statement waits for its locks.
import type { Migration, Statement } from './changes';
import { isWord, sqlTokens } from './sql-text';

/** Whether an earlier statement of the file has set it for this one, or an earlier migration for everybody who connects. */
export function waitIsLimited(statement: Statement, migrations: readonly Migration[]): boolean {
  const { migration, position } = statement;
  let session = false;
  let local: { readonly transaction: number | undefined; readonly on: boolean } | undefined;
  for (const earlier of migration.statements) {
    if (earlier.position >= position) break;
    const said = settingIn(earlier);
    if (!said) continue;
    if (!said.local) {
      session = said.on;
      local = undefined;
    } else if (earlier.inTransaction) {
      // Outside of a transaction, SET LOCAL is over as soon as it is said.
      local = { transaction: earlier.transaction, on: said.on };
    }
  }
  const now = local && local.transaction === statement.transaction ? local.on : session;
  return now || isLimitedForAll(migration, migrations);
}

interface Setting {
  /** A limit; 0 and the default are none. */
  readonly on: boolean;
  readonly local: boolean;
}

/** What the statement does to lock_timeout. */
function settingIn({ node, text, changes }: Statement): Setting | undefined {
  if (node === 'DiscardStmt' || (node === 'VariableSetStmt' && /^RESET\s+ALL\b/i.test(text))) return { on: false, local: false };
  if (!/\block_timeout\b/i.test(text)) return undefined;
  const set = changes.find((change) => change.verb === 'set');
  if (set?.verb === 'set') return set.name.toLowerCase() === 'lock_timeout' ? { on: !/^RESET\b/i.test(text) && !isNone(valueOf(text)), local: set.local } : undefined;
  // set_config, and a block of code that sets it somehow.
  return node === 'SelectStmt' || node === 'DoStmt' || node === 'CallStmt' ? { on: true, local: /,\s*true\s*\)/i.test(text) } : undefined;
}

/** What stands behind the sign. */
function valueOf(text: string): string {
  const tokens = sqlTokens(text);
  const sign = tokens.findIndex((token) => token.text === '=' || isWord(token, 'TO'));
  return tokens.slice(sign + 1).map((token) => token.text).join('');
}

function isNone(value: string): boolean {
  return /^(?:DEFAULT|'?0\s*[a-z]*'?)$/i.test(value);
}

const FOR_ALL: ReadonlySet<string> = new Set(['AlterRoleSetStmt', 'AlterDatabaseSetStmt', 'AlterSystemStmt']);

const known = new WeakMap<readonly Migration[], Migration | undefined>();

/** ALTER ROLE and its like hold for connections that begin later. */
function isLimitedForAll(migration: Migration, migrations: readonly Migration[]): boolean {
  if (!known.has(migrations)) known.set(migrations, migrations.find(({ statements }) => statements.some((each) => FOR_ALL.has(each.node) && /\block_timeout\b/i.test(each.text))));
  const first = known.get(migrations);
  return first !== undefined && migrations.indexOf(first) < migrations.indexOf(migration);
}
