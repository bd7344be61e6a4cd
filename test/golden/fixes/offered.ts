// Which forms of each fix each runner is offered: a fix that silently isn't offered any more is a failure.

/**
 * One word a runner, in the order of the runners (in its own transaction: of those whose files may say BEGIN): `h` here,
 * `c` here with COMMIT, `n` next migrations; `.` is no way, and `-` nothing to mend. `/` where names make a difference.
 */
export const offered: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'required column without a value': {
    alone:                    'n h nc n n n n n n n n n n n h nc n n n h n n h n n',
    'among others':           'n h nc n n n n n n n n n n n h nc n n n h n n h n n',
    'in one statement':       'n h nc n n n n n n n n n n n h nc n n n h n n h n n',
    'in its own transaction': 'n c n c',
  },
  'checked SET NOT NULL': {
    alone:                    'n h nc n n n n n n n n n n n h nc n n n h n n h n h',
    'among others':           'n h nc n n n n n n n n n n n h nc n n n h n n h n h',
    'in one statement':       'n h nc n n n n n n n n n n n h nc n n n h n n h n h',
    'in its own transaction': 'n c n c',
  },
  'SET NOT NULL of PostgreSQL 18': {
    alone:                    'n h nc n n n n n n n n n n n h nc n n n h n n h n h',
    'among others':           'n h nc n n n n n n n n n n n h nc n n n h n n h n h',
    'in one statement':       'n h nc n n n n n n n n n n n h nc n n n h n n h n h',
    'in its own transaction': 'n c n c',
  },
  'volatile default': {
    alone:                    'n h nc n n n n n n n n n n n h nc n n n h n n h n n',
    'among others':           'n h nc n n n n n n n n n n n h nc n n n h n n h n n',
    'in one statement':       'n h nc n n n n n n n n n n n h nc n n n h n n h n n',
    'in its own transaction': 'n c n c',
  },
  'required column of a table without a key': {
    alone:                    'n h nc n n n n n n n n n n n h nc n n n h n n h n n',
    'among others':           'n h nc n n n n n n n n n n n h nc n n n h n n h n n',
    'in its own transaction': 'n c n c',
  },
  'type of a column': {
    alone:                    'n c nc n n n n n . . n n n n c nc n n n c n n c n n',
    'among others':           'n c nc n n n n n . . n n n n c nc n n n c n n c n n',
    'in one statement':       'n c nc n n n n n . . n n n n c nc n n n c n n c n n',
    'in its own transaction': 'n c n c',
  },
  'rename of a column': {
    alone:                    'n h nc n n n n n n n n n n n h nc n n n h n n h n n',
    'among others':           'n h nc n n n n n n n n n n n h nc n n n h n n h n n',
    'in its own transaction': 'n c n c',
  },
  'rename of a required column': {
    alone:                    'n h nc n n n n n n n n n n n h nc n n n h n n h n n',
    'among others':           'n h nc n n n n n n n n n n n h nc n n n h n n h n n',
    'in its own transaction': 'n c n c',
  },
  'rename of a table': {
    alone:                    'h c h h h h h h h h h h h h c h h h h c c h c h c',
    'among others':           'h c h h h h h h h h h h h h c h h h h c c h c h c',
    'in its own transaction': 'h h h h',
  },
  'foreign key': {
    alone:                    'n h nc n n n n n n n n n n n h nc n n n h n n h n h',
    'among others':           'n h nc n n n n n n n n n n n h nc n n n h n n h n h',
    'in one statement':       'n h nc n n n n n n n n n n n h nc n n n h n n h n h',
    'in its own transaction': 'n c n c',
  },
  CHECK: {
    alone:                    'n h nc n n n n n n n n n n n h nc n n n h n n h n h',
    'among others':           'n h nc n n n n n n n n n n n h nc n n n h n n h n h',
    'in one statement':       'n h nc n n n n n n n n n n n h nc n n n h n n h n h',
    'in its own transaction': 'n c n c',
  },
  'CHECK without a name': {
    alone:                    'n h nc n n n n n n n n n n n h nc n n n h n n h n h',
    'among others':           'n h nc n n n n n n n n n n n h nc n n n h n n h n h',
    'in one statement':       'n h nc n n n n n n n n n n n h nc n n n h n n h n h',
    'in its own transaction': 'n c n c',
  },
  UNIQUE: {
    alone:                    'n h nc n n n n n . . n n n n h nc n n n h n n h n h',
    'among others':           'n h nc n n n n n . . n n n n h nc n n n h n n h n h',
    'in one statement':       'n h nc n n n n n . . n n n n h nc n n n h n n h n h',
    'in its own transaction': 'n c n c',
  },
  'UNIQUE without a name': {
    alone:                    'n h nc n n n n n . . n n n n h nc n n n h n n h n h',
    'among others':           'n h nc n n n n n . . n n n n h nc n n n h n n h n h',
    'in one statement':       'n h nc n n n n n . . n n n n h nc n n n h n n h n h',
    'in its own transaction': 'n c n c',
  },
  'PRIMARY KEY': {
    alone:                    'n h nc n n n n n . . n n n n h nc n n n h n n h n h',
    'among others':           'n h nc n n n n n . . n n n n h nc n n n h n n h n h',
    'in its own transaction': 'n c n c',
  },
  'PRIMARY KEY in place of another': {
    alone:                    'n h nc n n n n n . . n n n n h nc n n n h n n h n h',
    'among others':           'n h nc n n n n n . . n n n n h nc n n n h n n h n h',
    'in one statement':       '. . . . . . . . . . . . . . . . . . . . . . . . .',
    'in its own transaction': 'n c n c',
  },
  'PRIMARY KEY over an index': {
    alone:                    'n h nc n n n n n n n n n n n h nc n n n h n n h n h',
    'among others':           'n h nc n n n n n n n n n n n h nc n n n h n n h n h',
    'in its own transaction': 'n c n c',
  },
  'exclusion constraint': {
    alone:                    '. . . . . . . . . . . . . . . . . . . . . . . . .',
    'among others':           '. . . . . . . . . . . . . . . . . . . . . . . . .',
    'in one statement':       '. . . . . . . . . . . . . . . . . . . . . . . . .',
    'in its own transaction': '. . . .',
  },
  'domain constraint': {
    alone:                    'n h nc n n n n n n n n n n n h nc n n n h n n h n h',
    'among others':           'n h nc n n n n n n n n n n n h nc n n n h n n h n h',
    'in its own transaction': 'n c n c',
  },
  index: {
    alone:                    'h h c h h h h h . . h h h h h c h h h h h h h h h',
    'among others':           'n h n n n n n n . . n n n n h n n n n h h n h n h',
    'in its own transaction': 'n n n n',
  },
  'dropped index': {
    alone:                    'h h c h h h h h . . h h h h h c h h h h h h h h h',
    'among others':           '- n - - - - - - - - - - - - h - - - - h h - h - h',
    'in its own transaction': '- - - -',
  },
  'rebuilt index': {
    alone:                    'h h c h h h h h . . h h h h h c h h h h h h h h h',
    'among others':           'n n n n n n n n . . n n n n h n n n n h h n h n h',
    'in its own transaction': 'n n n n',
  },
  'index CONCURRENTLY': {
    alone:                    '- - c h h - - h . . h h - h - c h h - - - - - - -',
    'among others':           'n - n n n n n n . . n n - n - n n n n - - n - n -',
    'in its own transaction': 'n c n c',
  },
  'dropped index CONCURRENTLY': {
    alone:                    '- - c h h - - h . . h h - h - c h h - - - - - - -',
    'among others':           'n n n n n n n n . . n n - n - n n n n - - n - n -',
    'in its own transaction': 'n n n c',
  },
  'rebuilt index CONCURRENTLY': {
    alone:                    '- - c h h - h h . . h h - h - c h h - - - - - - -',
    'among others':           'n n n n n n n n . . n n - n - n n n n - - n - n -',
    'in its own transaction': 'n n n c',
  },
  'index on partitions': {
    alone:                    'n h nc n n n n n . . n n h n h nc n n n h n n h n h',
    'among others':           'n h nc n n n n n . . n n h n h nc n n n h n n h n h',
    'in its own transaction': 'n c n c',
  },
  'attached partition': {
    alone:                    'n h nc n n n n n n n n n n n h nc n n n h n n h n h',
    'among others':           'n h nc n n n n n n n n n n n h nc n n n h n n h n h',
    'in its own transaction': 'n c n c',
  },
  'attached partition with an index': {
    alone:                    'n h nc n n n n n n n n n n n h nc n n n h n n h n h',
    'among others':           'n h nc n n n n n n n n n n n h nc n n n h n n h n h',
    'in its own transaction': 'n c n c',
  },
  'detached partition': {
    alone:                    'h h - - - h - - - - - - - - h - - - h h h h h h h',
    'among others':           '- - - - - - - - - - - - - - h - - - - h h - h - h',
    'in its own transaction': '- - - -',
  },
  'update of all rows': {
    alone:                    'h h nc n n h n n . . n n . n h nc n n h h h h h h h',
    'among others':           'n h nc n n n n n . . n n . n h nc n n n h h n h n n',
    'in its own transaction': 'n c n c',
  },
  'update of a table without a key': {
    alone:                    'h h nc n n h n n . . n n . n h nc n n h h h h h h h',
    'among others':           'n h nc n n n n n . . n n . n h nc n n n h h n h n n',
    'in its own transaction': 'n c n c',
  },
  'delete of all rows': {
    alone:                    'h h nc n n h n n . . n n . n h nc n n h h h h h h h',
    'among others':           'n h nc n n n n n . . n n . n h nc n n n h h n h n n',
    'in its own transaction': 'n c n c',
  },
  'update behind a lock': {
    alone:                    'n - n n n n n n n n n n n n - n n n n - - n - n -',
  },
  'new value of an enum': {
    alone:                    'n - c n n n n n . n n n n n - c n n n - - n - n -',
  },
  'constraint that is validated at once': {
    alone:                    'n - nc n n n n n n n n n n n - nc n n n - - n - n -',
  },
  'reading behind a lock': {
    alone:                    'n - nc n n n n n n n n n n n - nc n n n - - n - n -',
  },
};
