// Reports edits of migrations that the main branch has: databases that have run one never see what is changed in it.
import type { Rule } from '../../linter/rule';
import type { RunnerId } from '../../model/changes';

export const editedMigration: Rule = {
  id: 'edited-migration',
  meta: {
    title: 'A migration that the main branch already has is edited.',
    severity: 'warning',
    fix: 'none',
    dialects: ['postgresql'],
    bible: '§7 L',
  },
  visit: {
    *migration({ edited, runner }) {
      if (!edited) return;
      yield {
        at: edited,
        message: `The main branch already has this migration without this change, and ${consequence(runner)}.`,
        help: 'Take the edit back and write a new migration instead.',
        aboutHistory: true,
      };
    },
  },
};

function consequence(runner: RunnerId): string {
  switch (runner) {
    case 'prisma':
      return 'databases that ran it keep the old version: `migrate deploy` only warns, `migrate dev` wants to reset them';
    case 'flyway':
      return 'Flyway refuses to migrate databases that ran the old version, because its checksum differs';
    case 'sqlx':
      return 'sqlx refuses to migrate databases that ran the old version, because its checksum differs';
    case 'liquibase':
      return 'Liquibase refuses to update databases that ran the old version, because its checksum differs';
    case 'atlas':
      return 'Atlas refuses to go on until `atlas.sum` has its new hash, and databases that ran the old version keep it';
    default:
      return 'databases that ran it keep the old version, because a migration runs only once';
  }
}
