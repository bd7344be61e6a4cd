// Reports lists that name a column twice, which PostgreSQL refuses.
import type { Rule } from '../../linter/rule';
import type { RepeatedColumn } from '../../model/changes';

export const repeatedColumn: Rule = {
  id: 'repeated-column',
  meta: {
    title: 'A statement names a column twice where each may stand once, so PostgreSQL refuses it.',
    severity: 'error',
    fix: 'none',
    languages: ['sql'],
    dialects: ['postgresql'],
    bible: '+',
  },
  visit: {
    *statement({ repeated = [] }) {
      for (const column of repeated) {
        yield {
          at: column.at,
          message: `PostgreSQL refuses this statement, because ${WHY[column.list](`\`${column.name}\``)}.`,
          help: column.list === 'created' ? 'Give one of them another name, or take it out.' : 'Keep the one that is meant.',
          related: [{ at: column.first, message: 'Here it stands for the first time.' }],
        };
      }
    },
  },
};

const WHY: Readonly<Record<RepeatedColumn['list'], (name: string) => string>> = {
  assigned: (name) => `it gives ${name} two values`,
  inserted: (name) => `its list of columns names ${name} twice`,
  created: (name) => `two columns would be called ${name}`,
};
