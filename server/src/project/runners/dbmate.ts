// dbmate: both directions in one file, told apart by `-- migrate:up` and `-- migrate:down`.
import { byText } from '../paths';
import { anyText, between, claimNames, statementsOf, withDirective } from './content';
import { leadingDigits, nextVersions } from './naming';
import { inSection, writeSection } from './rollback';
import type { ReadingPart, Runner } from './runner';

const UP = /^--[ \t]*migrate:up[^\n]*/m;
/** The option stands in the line that opens the forward half. */
const ALONE = /(?<=^--[ \t]*migrate:up[^\n]*\s)transaction:false(?=\s|$)/m;
const DOWN = /^--[ \t]*migrate:down\b/m;
const MARKS = { up: UP, down: DOWN };

export const dbmate: Runner = {
  id: 'dbmate',
  claim(folder) {
    if (!anyText(folder, UP)) return undefined;
    return claimNames(folder, /^\d[^/]*\.sql$/, byText);
  },
  transaction: () => 'file',
  read(text, name) {
    // Without a transaction of its own the whole half is still sent as one query.
    const rollback = inSection(text, name, MARKS);
    const parts = sections(text);
    if (parts.length > 1) return { parts, rollback };
    return withDirective({ up: between(text, UP, DOWN), rollback }, ALONE.exec(text), 'file-if-many');
  },
  rollback(request) {
    if (sections(request.text).length > 1) return undefined;
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

/** A file may hold several pairs of halves, each run by itself. */
function sections(text: string): ReadingPart[] {
  const marks = [...text.matchAll(new RegExp(UP, 'gm'))];
  return marks.map((mark, at) => {
    const section = text.slice(mark.index, marks[at + 1]?.index);
    const { start, end } = between(section, UP, DOWN);
    return { start: mark.index + start, end: mark.index + end, transaction: ALONE.test(section) ? 'none' : 'file' };
  });
}
