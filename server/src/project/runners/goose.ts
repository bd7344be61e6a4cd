// goose: both directions in one file under `-- +goose Up` and `-- +goose Down`, in any letter case.
import { anyText, between, claimNames, withDirective } from './content';
import { byNumber, leadingDigits, nextVersions } from './naming';
import { inSection, statementsIn, writeSection } from './rollback';
import type { Runner } from './runner';

const UP = /^[ \t]*--[ \t]*\+goose[ \t]+up\b[^\n]*/im;
const DOWN = /^[ \t]*--[ \t]*\+goose[ \t]+down\b/im;
const MARKS = { up: UP, down: DOWN };
const ALONE = /--[ \t]*\+goose[ \t]+no[ \t]+transaction\b/i;

export const goose: Runner = {
  id: 'goose',
  claim(folder) {
    if (!anyText(folder, UP)) return undefined;
    return claimNames(folder, /^\d[^/]*\.sql$/, (a, b) => byNumber(leadingDigits(a), leadingDigits(b)));
  },
  transaction: () => 'file',
  read: (text, name) => withDirective({ up: between(text, UP, DOWN), rollback: inSection(text, name, MARKS) }, ALONE.exec(text), 'none'),
  rollback: (request) => writeSection({ ...request, sql: statementsIn(request.sql).map(bracketed).join('\n') }, MARKS, '-- +goose Down'),
  next({ migrations, steps, now }) {
    const versions = nextVersions(migrations.map(leadingDigits), steps.length, now);
    return steps.map((step, at) => ({
      name: `${versions[at] ?? ''}_${step.name}.sql`,
      text: `${step.outsideTransaction ? '-- +goose NO TRANSACTION\n' : ''}-- +goose Up\n${step.statements.map(bracketed).join('\n\n')}\n\n-- +goose Down\n`,
    }));
  },
};

/** goose cuts at every semicolon that ends a line unless it is told where a statement ends. */
function bracketed(statement: string): string {
  const holdsSeveral = /\$\w*\$|\bBEGIN\s+ATOMIC\b/i.test(statement);
  return holdsSeveral ? `-- +goose StatementBegin\n${statement}\n-- +goose StatementEnd` : statement;
}
