// The ways to use a new enum value only after the transaction that adds it, as far as the runner knows one.
import type { Fix } from '../../linter/rule';
import { splitFixes } from '../../linter/split-fixes';
import type { Change, Statement } from '../../model/changes';
import type { UsedTooEarly } from '../../model/enum-transactions';
import type { Intent } from '../../model/intents';
import type { Schema } from '../../model/nodes';
import { isNamedLater } from '../../model/runners';
import { stepName } from '../../model/statement-names';

/** COMMIT before the first use where that ends the transaction; else all uses go to the next migration. */
export function useLater({ added, uses }: UsedTooEarly, { migrations }: Schema): Fix[] {
  const [first] = uses;
  const change = first && whole(first.statement);
  if (!first || !change) return [];
  const title = `Use \`${added.value}\` after it is committed`;
  const { migration } = first.statement;
  const own = migration.transaction === 'none' || migration.transaction === 'all';
  const moved = own ? [first.statement] : movable(uses.map(({ statement }) => statement), migrations);
  if (moved.length === 0) return [];
  const steps = [
    { name: '', statements: [] },
    { name: stepName('use', added.value), statements: moved.map(({ text }) => `${text};`) },
  ];
  const others = moved.filter((each) => each !== first.statement);
  return splitFixes(change, steps, { title, kind: 'review' }).flatMap((fix) => {
    const wanted = fix.intent();
    if (wanted.do !== 'splitMigration') return [];
    // A second file ends no transaction that all pending files share.
    if (migration.transaction === 'all' && wanted.where === 'next') return [];
    if (others.length === 0) return [{ ...fix, preferred: true as const }];
    return [{ ...fix, intent: (): Intent => ({ do: 'all', intents: [...others.flatMap(removal), wanted] }) }];
  });
}

/** A change that stands for all that the statement does. */
function whole({ changes: [first], span }: Statement): Change | undefined {
  return first && { ...first, span };
}

function removal(statement: Statement): Intent[] {
  const change = whole(statement);
  return change ? [{ do: 'splitMigration', statement, change, steps: [{ name: '', statements: [] }], where: 'here' }] : [];
}

/** The uses, where nothing that stays builds on what they make; else all from the first one on, where no file follows. */
function movable(uses: readonly Statement[], migrations: Schema['migrations']): readonly Statement[] {
  const [first] = uses;
  if (!first) return [];
  const { migration } = first;
  const names = uses.flatMap(namesIn);
  const last = migrations.at(-1) === migration;
  const behind = migration.statements.filter(({ position }) => position > first.position && !uses.some((use) => use.position === position));
  const stays = { ...first, migration: { ...migration, statements: behind } };
  const later = migrations.slice(migrations.indexOf(migration) + 1);
  if (!names.some((name) => isNamedLater(name, stays, [stays.migration, ...later]))) return uses;
  const rest = migration.statements.filter(({ position }) => position >= first.position);
  return last && rest.every(({ changes }) => changes.length > 0 && changes.every(({ verb }) => verb !== 'transaction')) ? rest : [];
}

/** What later statements call the things that it makes or changes. */
function namesIn({ changes }: Statement): string[] {
  return changes.flatMap((change) => [
    ...(change.table ? [change.table.name] : []),
    ...(change.verb === 'addIndex' && change.index.name !== undefined ? [change.index.name] : []),
  ]);
}
