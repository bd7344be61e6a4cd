// Reports statements that PostgreSQL's own parser rejects, and explains the ones that other databases taught.
import type { Rule } from '../../linter/rule';
import type { Statement } from '../../model/changes';
import type { Edit } from '../../text/edit';
import { span } from '../../text/span';
import { trapIn } from './sql-syntax.traps';

export const sqlSyntax: Rule = {
  id: 'sql-syntax',
  meta: {
    title: 'PostgreSQL rejects the statement.',
    severity: 'error',
    fix: 'review',
    dialects: ['postgresql'],
    bible: '§7',
  },
  visit: {
    *statement(statement, { table: find }) {
      const { problem } = statement;
      if (!problem) return;
      const trap = trapIn(statement.text, find);
      if (!trap) {
        yield {
          at: problem.span,
          message: `PostgreSQL rejects this statement: ${problem.message.replace(/"([^"]*)"/g, '`$1`').replace(/\.$/, '')}.`,
          help: 'Correct the statement.',
        };
        return;
      }
      const { file, start } = statement.span;
      yield {
        at: span(file, start + trap.start, start + trap.end),
        message: trap.message,
        help: trap.help,
        ...(trap.edits && {
          fixes: [
            {
              title: trap.title ?? trap.help.replace(/\.$/, ''),
              kind: 'review' as const,
              preferred: true as const,
              intent: () => ({ do: 'replaceText' as const, edits: inFile(trap.edits ?? [], statement) }),
            },
          ],
        }),
      };
    },
  },
};

/** Edits of the statement's text as edits of its file. */
function inFile(edits: readonly { start: number; end: number; newText: string }[], { span: place }: Statement): Edit[] {
  return edits.map(({ start, end, newText }) => ({ file: place.file, start: place.start + start, end: place.start + end, newText }));
}
