// Reports migrations that nobody has written the way back of, where their runner keeps one.
import type { Rule } from '../../linter/rule';
import type { Migration, Rollback, RunnerId, Statement } from '../../model/changes';
import { firstLineOf } from '../../model/sql-text';

export const missingRollback: Rule = {
  id: 'missing-rollback',
  meta: {
    title: 'A migration has no down half, where its runner keeps one.',
    severity: 'info',
    fix: 'review',
    languages: ['sql'],
    dialects: ['postgresql'],
    bible: '§7 M4',
  },
  visit: {
    *migration(migration, { schema }) {
      const { rollback, statements } = migration;
      const changing = statements.find(changesSchema);
      if (!rollback || rollback.kind === 'written' || !changing || !hasPlace(migration)) return;
      const { migrations } = schema;
      const optional = isOptional(migration, migrations);
      // Where nobody writes them, the one that is being worked on is all that may still want one.
      if (optional && migration !== migrations.at(-1)) return;
      yield {
        at: firstLineOf(changing),
        message: `Nobody has written how this migration is taken back: ${consequence(migration.runner)}.`,
        help: rollback.at === 'section' ? 'Write what undoes it into the down half of this file.' : `Write what undoes it into \`${nameOf(rollback)}\`.`,
        fixes: [{ title: 'Write the down half', kind: 'review', preferred: true, intent: () => ({ do: 'writeRollback', migration }) }],
        ...(optional && { quiet: true as const }),
      };
    },
  },
};

/** Where nobody writes down halves, one more that is missing is no news. */
function isOptional({ runner, file }: Migration, migrations: readonly Migration[]): boolean {
  const others = migrations.filter((other) => other.file !== file && other.rollback);
  return !others.some(({ rollback }) => rollback?.kind === 'written') && (OPTIONAL.has(runner) || others.length >= CUSTOM);
}

/** Runners that do without down halves as a rule: Prisma never runs one, and Flyway's are no part of its free edition. */
const OPTIONAL = new Set<RunnerId>(['prisma', 'flyway']);

/** So many migrations without a down half make a custom. */
const CUSTOM = 3;

/** sqlx refuses a folder that mixes single files with pairs. */
function hasPlace({ runner, file }: Migration): boolean {
  return runner !== 'sqlx' || file.endsWith('.up.sql');
}

/** What only reads or writes rows, or sets something for the session, is seldom taken back by a script. */
function changesSchema({ changes, node }: Statement): boolean {
  return changes.some(({ verb }) => !ROWS.has(verb) && (verb !== 'other' || !PASSING.test(node)));
}

const ROWS = new Set(['transaction', 'set', 'reindex', 'refreshView', 'write', 'truncate']);
const PASSING = /^(?:Select|Merge|Vacuum|Cluster|Explain|Lock|VariableShow|Discard|Notify|CheckPoint|Copy)Stmt$/;

function nameOf({ file }: Rollback): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

function consequence(runner: RunnerId): string {
  switch (runner) {
    case 'dbmate':
      return '`dbmate rollback` leaves the schema as it is, and still forgets that it ever ran';
    case 'goose':
      return '`goose down` leaves the schema as it is, and still forgets that it ever ran';
    case 'liquibase':
      return '`liquibase rollback` stops at it with an error';
    default:
      return 'when a release fails, somebody has to write the inverse of it in a hurry';
  }
}
