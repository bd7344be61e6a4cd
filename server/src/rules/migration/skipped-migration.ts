// Reports migrations that Drizzle silently passes over, because its journal dates them before one that was applied.
import type { Rule } from '../../linter/rule';
import type { Migration } from '../../model/changes';
import { firstLineOf } from '../../model/sql-text';

export const skippedMigration: Rule = {
  id: 'skipped-migration',
  meta: {
    title: 'Drizzle never runs a migration that its journal dates before another one.',
    severity: 'error',
    fix: 'none',
    languages: ['sql'],
    dialects: ['postgresql'],
    bible: '+',
  },
  visit: {
    *migration(migration, context) {
      const { dated } = migration;
      const [first] = migration.statements;
      const at = first && firstLineOf(first);
      const other = dated && at && overtaker({ ...migration, dated }, context.schema.migrations);
      if (!at || !other) return;
      yield {
        at,
        message: `Databases that have \`${nameOf(other)}\` never run this migration, and nobody is told, because the journal dates it no later.`,
        help: 'Give it the latest `when` in `meta/_journal.json`, or generate it again.',
      };
    },
  },
};

type DatedMigration = Migration & Required<Pick<Migration, 'dated'>>;

/** The migration that a database has already when this one comes, and that is dated no earlier. */
function overtaker({ dated, committed }: DatedMigration, migrations: readonly Migration[]): Migration | undefined {
  const all = datedOf(migrations);
  const later = (other: DatedMigration): boolean => other.dated.place !== dated.place && other.dated.when >= dated.when;
  // What the main branch has was applied before this one came, wherever the journal lists it.
  if (!committed && all.some((other) => other.committed)) return latest(all.filter((other) => other.committed && later(other)));
  // Without that knowledge the order of the journal must do. Where later ones followed, this has long been decided.
  const other = latest(all.filter((each) => each.dated.place < dated.place && later(each)));
  if (!other || committed) return other;
  const after = latest(all.filter((each) => each.dated.place > dated.place));
  return after && after.dated.when > other.dated.when ? undefined : other;
}

function latest(all: readonly DatedMigration[]): DatedMigration | undefined {
  return all.reduce<DatedMigration | undefined>((last, each) => (last && last.dated.when >= each.dated.when ? last : each), undefined);
}

const lists = new WeakMap<readonly Migration[], readonly DatedMigration[]>();

function datedOf(migrations: readonly Migration[]): readonly DatedMigration[] {
  let dated = lists.get(migrations);
  if (!dated) lists.set(migrations, (dated = migrations.filter((each): each is DatedMigration => each.dated !== undefined)));
  return dated;
}

function nameOf({ file }: Migration): string {
  return file.slice(file.lastIndexOf('/') + 1).replace(/\.sql$/, '');
}
