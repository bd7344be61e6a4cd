// dbmate: both directions in one file, told apart by `-- migrate:up` and `-- migrate:down`.
import { anyText, between, claimNames, statementsOf, withDirective } from './content';
import { byNumber, leadingDigits, nextVersions } from './naming';
import { inSection, writeSection } from './rollback';
import type { Runner } from './runner';

const UP = /^--[ \t]*migrate:up[^\n]*/m;
/** The option stands in the line that opens the forward half. */
const ALONE = /(?<=^--[ \t]*migrate:up[^\n]*)transaction[ \t]*:[ \t]*false/m;
const DOWN = /^--[ \t]*migrate:down\b/m;
const MARKS = { up: UP, down: DOWN };

export const dbmate: Runner = {
  id: 'dbmate',
  claim(folder) {
    if (!anyText(folder, UP)) return undefined;
    return claimNames(folder, /^\d[^/]*\.sql$/, (a, b) => byNumber(leadingDigits(a), leadingDigits(b)));
  },
  transaction: () => 'file',
  read(text, name) {
    // Without a transaction of its own the whole half is still sent as one query.
    return withDirective({ up: between(text, UP, DOWN), rollback: inSection(text, name, MARKS) }, ALONE.exec(text), 'file-if-many');
  },
  rollback(request) {
    const outside = /\bCONCURRENTLY\b/i.test(request.sql);
    const made = writeSection(request, MARKS, '-- migrate:down');
    return outside ? { ...made, text: made.text.replace(/^(--[ \t]*migrate:down)[ \t]*$/m, '$1 transaction:false') } : made;
  },
  next({ migrations, steps, now }) {
    const versions = nextVersions(migrations.map(leadingDigits), steps.length, now);
    return steps.map((step, at) => ({
      name: `${versions[at] ?? ''}_${step.name}.sql`,
      text: `-- migrate:up${step.outsideTransaction ? ' transaction:false' : ''}\n${statementsOf(step)}\n-- migrate:down\n`,
    }));
  },
};
