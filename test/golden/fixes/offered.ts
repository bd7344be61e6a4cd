// Which forms of each fix each runner is offered: a fix that silently isn't offered any more is a failure.

/**
 * One word a runner, in the order of the runners (in its own transaction: of those whose files may say BEGIN): `h` here,
 * `c` here with COMMIT, `n` next migrations; `.` is no way, and `-` nothing to mend. `/` where names make a difference.
 */
export const offered: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'required column without a value': {
    alone:              'n h nc n n n n n n n n n n n h nc n n n h n n h n n',
    'among others':     'n h nc n n n n n n n n n n n h nc n n n h n n h n n',
    'in one statement': 'n h nc n n n n n n n n n n n h nc n n n h n n h n n',
  },
  'checked SET NOT NULL': {
    alone:              'n h nc n n n n n n n n n n n h nc n n n h n n h n h',
    'among others':     'n h nc n n n n n n n n n n n h nc n n n h n n h n h',
    'in one statement': 'n h nc n n n n n n n n n n n h nc n n n h n n h n h',
  },
  'SET NOT NULL of PostgreSQL 18': {
    alone:              'n h nc n n n n n n n n n n n h nc n n n h n n h n h',
    'among others':     'n h nc n n n n n n n n n n n h nc n n n h n n h n h',
    'in one statement': 'n h nc n n n n n n n n n n n h nc n n n h n n h n h',
  },
  'volatile default': {
    alone:              'n h nc n n n n n n n n n n n h nc n n n h n n h n n',
    'among others':     'n h nc n n n n n n n n n n n h nc n n n h n n h n n',
    'in one statement': 'n h nc n n n n n n n n n n n h nc n n n h n n h n n',
  },
  'required column of a table without a key': {
    alone:              'n h nc n n n n n n n n n n n h nc n n n h n n h n n',
    'among others':     'n h nc n n n n n n n n n n n h nc n n n h n n h n n',
  },
  'type of a column': {
    alone:              'n c nc n n n n n . . n n n n c nc n n n c n n c n n',
    'among others':     'n c nc n n n n n . . n n n n c nc n n n c n n c n n',
    'in one statement': 'n c nc n n n n n . . n n n n c nc n n n c n n c n n',
  },
  'rename of a column': {
    alone:              'n h nc n n n n n n n n n n n h nc n n n h n n h n n',
    'among others':     'n h nc n n n n n n n n n n n h nc n n n h n n h n n',
  },
  'rename of a required column': {
    alone:              'n h nc n n n n n n n n n n n h nc n n n h n n h n n',
    'among others':     'n h nc n n n n n n n n n n n h nc n n n h n n h n n',
  },
  'rename of a table': {
    alone:              'h c h h h h h h h h h h h h c h h h h c c h c h c',
    'among others':     'h c h h h h h h h h h h h h c h h h h c c h c h c',
  },
  'foreign key': {
    alone:              'n h nc n n n n n n n n n n n h nc n n n h n n h n h',
    'among others':     'n h nc n n n n n n n n n n n h nc n n n h n n h n h',
    'in one statement': 'n h nc n n n n n n n n n n n h nc n n n h n n h n h',
  },
  'CHECK': {
    alone:              'n h nc n n n n n n n n n n n h nc n n n h n n h n h',
    'among others':     'n h nc n n n n n n n n n n n h nc n n n h n n h n h',
    'in one statement': 'n h nc n n n n n n n n n n n h nc n n n h n n h n h',
  },
  'CHECK without a name': {
    alone:              'n h nc n n n n n n n n n n n h nc n n n h n n h n h',
    'among others':     'n h nc n n n n n n n n n n n h nc n n n h n n h n h',
    'in one statement': 'n h nc n n n n n n n n n n n h nc n n n h n n h n h',
  },
  'UNIQUE': {
    alone:              'n h nc n n n n n . . n n n n h nc n n n h n n h n h',
    'among others':     'n h nc n n n n n . . n n n n h nc n n n h n n h n h',
    'in one statement': 'n h nc n n n n n . . n n n n h nc n n n h n n h n h',
  },
  'UNIQUE without a name': {
    alone:              'n h nc n n n n n . . n n n n h nc n n n h n n h n h',
    'among others':     'n h nc n n n n n . . n n n n h nc n n n h n n h n h',
    'in one statement': 'n h nc n n n n n . . n n n n h nc n n n h n n h n h',
  },
  'PRIMARY KEY': {
    alone:              'n h nc n n n n n . . n n n n h nc n n n h n n h n h',
    'among others':     'n h nc n n n n n . . n n n n h nc n n n h n n h n h',
  },
  'PRIMARY KEY in place of another': {
    alone:              'n h nc n n n n n . . n n n n h nc n n n h n n h n h',
    'among others':     'n h nc n n n n n . . n n n n h nc n n n h n n h n h',
    'in one statement': '. . . . . . . . . . . . . . . . . . . . . . . . .',
  },
  'PRIMARY KEY over an index': {
    alone:              'n h nc n n n n n n n n n n n h nc n n n h n n h n h',
    'among others':     'n h nc n n n n n n n n n n n h nc n n n h n n h n h',
  },
  'exclusion constraint': {
    alone:              '. . . . . . . . . . . . . . . . . . . . . . . . .',
    'among others':     '. . . . . . . . . . . . . . . . . . . . . . . . .',
    'in one statement': '. . . . . . . . . . . . . . . . . . . . . . . . .',
  },
  'domain constraint': {
    alone:              'n h nc n n n n n n n n n n n h nc n n n h n n h n h',
    'among others':     'n h nc n n n n n n n n n n n h nc n n n h n n h n h',
  },
  'new value of an enum': {
    alone:              'n - c n n n n n . n n n n n - c n n n - - n - n -',
  },
  'constraint that is validated at once': {
    alone:              'n - nc n n n n n n n n n n n - nc n n n - - n - n -',
  },
  'reading behind a lock': {
    alone:              'n - nc n n n n n n n n n n n - nc n n n - - n - n -',
  },
  'index': {
    alone:              'h h c h h h h h . . h h h h h c h h h h h h h h h',
    'among others':     'n h n n n n n n . . n n n n h n n n n h h n h n h',
  },
  'dropped index': {
    alone:              'h h c h h h h h . . h h h h h c h h h h h h h h h',
    'among others':     '- n - - - - - - - - - - - - h - - - - h h - h - h',
  },
  'rebuilt index': {
    alone:              'h h c h h h h h . . h h h h h c h h h h h h h h h',
    'among others':     'n n n n n n n n . . n n n n h n n n n h h n h n h',
  },
  'index CONCURRENTLY': {
    alone:              '- - c h h - - h . . h h - h - c h h - - - - - - -',
    'among others':     'n - n n n n n n . . n n - n - n n n n - - n - n -',
  },
  'dropped index CONCURRENTLY': {
    alone:              '- - c h h - - h . . h h - h - c h h - - - - - - -',
    'among others':     'n n n n n n n n . . n n - n - n n n n - - n - n -',
  },
  'rebuilt index CONCURRENTLY': {
    alone:              '- - c h h - h h . . h h - h - c h h - - - - - - -',
    'among others':     'n n n n n n n n . . n n - n - n n n n - - n - n -',
  },
  'index on partitions': {
    alone:              'n h nc n n n n n . . n n h n h nc n n n h n n h n h',
    'among others':     'n h nc n n n n n . . n n h n h nc n n n h n n h n h',
  },
  'attached partition': {
    alone:              '. . . . . . . . . . . . . . . . . . . . . . . . .',
    'among others':     '. . . . . . . . . . . . . . . . . . . . . . . . .',
  },
  'detached partition': {
    alone:              'h h - - - h - - - - - - - - h - - - h h h h h h h',
    'among others':     '- - - - - - - - - - - - - - h - - - - h h - h - h',
  },
  'update of all rows': {
    alone:              'h h nc n n h n n . . n n . n h nc n n h h h h h h h',
    'among others':     'n h nc n n n n n . . n n . n h nc n n n h h n h n n',
  },
  'update of a table without a key': {
    alone:              'h h nc n n h n n . . n n . n h nc n n h h h h h h h',
    'among others':     'n h nc n n n n n . . n n . n h nc n n n h h n h n n',
  },
  'delete of all rows': {
    alone:              'h h nc n n h n n . . n n . n h nc n n h h h h h h h',
    'among others':     'n h nc n n n n n . . n n . n h nc n n n h h n h n n',
  },
  'update behind a lock': {
    alone:              'n - n n n n n n n n n n n n - n n n n - - n - n -',
  },
};
