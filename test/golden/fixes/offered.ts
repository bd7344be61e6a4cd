// Which forms of each fix each runner is offered: a fix that silently isn't offered any more is a failure.

/**
 * One word a runner, in the order of the runners: `h` here, `c` here with COMMIT, `n` next migrations; `.` is no way, and
 * `-` nothing to mend. Two words where names make a difference.
 */
export const offered: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  //                                   Prisma 7.3, 7.4, Drizzle, dbmate, goose, golang-migrate, Flyway, sqlx, node-pg-migrate, Hasura, Atlas, diesel, Supabase, Liquibase, psql
  'required column without a value': {
    alone:              'n h nc n n n n n n n n n n n h',
    'among others':     'n h nc n n n n n n n n n n n h',
    'in one statement': 'n h nc n n n n n n n n n n n h',
  },
  'checked SET NOT NULL': {
    alone:              'n h nc n n n n n n n n n n n h',
    'among others':     'n h nc n n n n n n n n n n n h',
    'in one statement': 'n h nc n n n n n n n n n n n h',
  },
  'SET NOT NULL of PostgreSQL 18': {
    alone:              'n h nc n n n n n n n n n n n h',
    'among others':     'n h nc n n n n n n n n n n n h',
    'in one statement': 'n h nc n n n n n n n n n n n h',
  },
  'volatile default': {
    alone:              'n h nc n n n n n n n n n n n h',
    'among others':     'n h nc n n n n n n n n n n n h',
    'in one statement': 'n h nc n n n n n n n n n n n h',
  },
  'rename of a column': {
    alone:              'n h nc n n n n n n n n n n n h',
    'among others':     'n h nc n n n n n n n n n n n h',
  },
  'rename of a required column': {
    alone:              'n h nc n n n n n n n n n n n h',
    'among others':     'n h nc n n n n n n n n n n n h',
  },
  'rename of a table': {
    alone:              'h c h h h h h h h h h h h h c',
    'among others':     'h c h h h h h h h h h h h h c',
  },
  'foreign key': {
    alone:              'n h nc n n n n n n n n n n n h',
    'among others':     'n h nc n n n n n n n n n n n h',
    'in one statement': 'n h nc n n n n n n n n n n n h',
  },
  'CHECK': {
    alone:              'n h nc n n n n n n n n n n n h',
    'among others':     'n h nc n n n n n n n n n n n h',
    'in one statement': 'n h nc n n n n n n n n n n n h',
  },
  'CHECK without a name': {
    alone:              'n h nc n n n n n n n n n n n h',
    'among others':     'n h nc n n n n n n n n n n n h',
    'in one statement': 'n h nc n n n n n n n n n n n h',
  },
  'UNIQUE': {
    alone:              'n h nc n n n n n . . n n n n h',
    'among others':     'n h nc n n n n n . . n n n n h',
    'in one statement': 'n h nc n n n n n . . n n n n h',
  },
  'UNIQUE without a name': {
    alone:              'n h nc n n n n n . . n n n n h',
    'among others':     'n h nc n n n n n . . n n n n h',
    'in one statement': 'n h nc n n n n n . . n n n n h',
  },
  'PRIMARY KEY': {
    alone:              'n h nc n n n n n . . n n n n h',
    'among others':     'n h nc n n n n n . . n n n n h',
  },
  'exclusion constraint': {
    alone:              '. . . . . . . . . . . . . . .',
    'among others':     '. . . . . . . . . . . . . . .',
    'in one statement': '. . . . . . . . . . . . . . .',
  },
  'domain constraint': {
    alone:              'n h nc n n n n n n n n n n n h',
    'among others':     'n h nc n n n n n n n n n n n h',
  },
  'index': {
    alone:              'h h c h h h h h . . h h h h h',
    'among others':     'n h n n n n n n . . n n n n h',
  },
  'dropped index': {
    alone:              'h h c h h h h h . . h h h h h',
    'among others':     '- n - - - - - - - - - - - - h',
  },
  'rebuilt index': {
    alone:              'h h c h h h h h . . h h h h h',
    'among others':     'n n n n n n n n . . n n n n h',
  },
  'index CONCURRENTLY': {
    alone:              '- - c h h - - h . . h h - h -',
    'among others':     'n - n n n n n n . . n n - n -',
  },
  'dropped index CONCURRENTLY': {
    alone:              '- - c h h - - h . . h h - h -',
    'among others':     'n n n n n n n n . . n n - n -',
  },
  'rebuilt index CONCURRENTLY': {
    alone:              '- - c h h - h h . . h h - h -',
    'among others':     'n n n n n n n n . . n n - n -',
  },
  'index on partitions': {
    alone:              'n h nc n n n n n . . n n h n h',
    'among others':     'n h nc n n n n n . . n n h n h',
  },
  'attached partition': {
    alone:              '. . . . . . . . . . . . . . .',
    'among others':     '. . . . . . . . . . . . . . .',
  },
  'detached partition': {
    alone:              'h h - - - h - - - - - - - - h',
    'among others':     '- - - - - - - - - - - - - - h',
  },
  'update of all rows': {
    alone:              'h h nc n n h n n . . n n . n h',
    'among others':     'n h nc n n n n n . . n n . n h',
  },
  'update of a table without a key': {
    alone:              'h h nc n n h n n . . n n . n h',
    'among others':     'n h nc n n n n n . . n n . n h',
  },
  'delete of all rows': {
    alone:              'h h nc n n h n n . . n n . n h',
    'among others':     'n h nc n n n n n . . n n . n h',
  },
  'update behind a lock': {
    alone:              'n - n n n n n n n n n n n n -',
  },
};
