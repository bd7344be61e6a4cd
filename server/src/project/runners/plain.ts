// Numbered files that no known runner claims, and the marks of runners too rare for a file of their own.
import { between, claimNames, statementsOf } from './content';
import { increment, naturally, nextVersions } from './naming';
import type { Runner } from './runner';

const NUMBERED = /^(?:[A-Za-z]|[A-Za-z]+[_-])?\d+(?:[^A-Za-z\d/][^/]*)?\.sql$/;
const ASIDE = /[._-](?:down|dn|undo|rollback|revert)\.sql$/i;

/** Where the halves of a file begin, in the words of several runners; all of them wrap a file in a transaction. */
const HALVES: readonly (readonly [up: RegExp, down: RegExp])[] = [
  [/^--[ \t]*\+migrate[ \t]+up\b[^\n]*/im, /^--[ \t]*\+migrate[ \t]+down\b/im],
  [/^--[ \t]*\+goose[ \t]+up\b[^\n]*/im, /^--[ \t]*\+goose[ \t]+down\b/im],
  [/^--[ \t]*migrate:up[^\n]*/m, /^--[ \t]*migrate:down/m],
  [/^--[ \t]*rambler[ \t]+up\b[^\n]*/im, /^--[ \t]*rambler[ \t]+down\b/im],
  [/^--[ \t]*up migration[^\n]*/im, /^--[ \t]*down migration/im],
  [/^#[ \t]*---[ \t]*!Ups[^\n]*/m, /^#[ \t]*---[ \t]*!Downs/m],
  [/^/, /^-{4}[ \t]*create above \/ drop below[ \t]*-{4}/m],
];

export const plain: Runner = {
  id: 'plain',
  claim(folder) {
    const claim = claimNames(folder, NUMBERED, naturally, ASIDE);
    const named = /(?:^|\/)(?:[\w-]*migrations?|versions|evolutions|changes)(?:\/[^/]*)?$/i.test(folder.path);
    // One number alone is a name like any other, except where the folder says what it holds.
    return claim && (named || claim.migrations.length > 1) ? claim : undefined;
  },
  transaction: () => 'none',
  read(text) {
    for (const [up, down] of HALVES) {
      if (down.test(text)) return { up: between(text, up, down), transaction: 'file' };
    }
    return {};
  },
  next({ migrations, steps, now }) {
    const last = /^(\D*)(\d+)([_-]*)([^\d_-].*)?\.sql$/.exec(migrations.at(-1) ?? '');
    if (!last) return undefined;
    const [, prefix = '', digits = '', separator = '_'] = last;
    const same = migrations.flatMap((name) => (name.startsWith(prefix) ? (/^\d+/.exec(name.slice(prefix.length)) ?? []) : []));
    const versions = nextVersions(same.length > 0 ? same : [increment(digits)], steps.length, now);
    return steps.map((step, at) => {
      const name = separator.includes('-') ? step.name.replaceAll('_', '-') : step.name;
      return { name: `${prefix}${versions[at] ?? ''}${separator || '_'}${name}.sql`, text: statementsOf(step) };
    });
  },
};
