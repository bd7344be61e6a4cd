// Reports statements that PostgreSQL's own parser rejects, and explains the ones that other databases taught.
import type { Rule } from '../../linter/rule';
import type { Migration, Statement } from '../../model/changes';
import { sqlTokens } from '../../model/sql-text';
import type { Edit } from '../../text/edit';
import { span } from '../../text/span';
import { trapIn, type Trap } from './sql-syntax.traps';

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
      if (!problem || isTemplate(statement.text) || isControlled(statement.migration)) return;
      const { file, start } = statement.span;
      const trap = partTrap(statement) ?? trapIn(statement.text, problem.span.start - start, find);
      if (!trap) {
        yield {
          at: problem.span,
          message: `PostgreSQL rejects this statement: ${inBackticks(problem.message)}.`,
          help: 'Correct the statement.',
        };
        return;
      }
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

/** A statement that parses by itself and only stands behind another one without a semicolon. */
function partTrap({ node, position, migration, text, span: place }: Statement): Trap | undefined {
  const [first] = sqlTokens(text);
  const before = migration.statements[position - 1];
  const end = before && sqlTokens(before.text).at(-1)?.end;
  if (node === 'broken' || !first || !before || end === undefined) return undefined;
  const at = before.span.start + end - place.start;
  return {
    start: first.start,
    end: first.end,
    message: 'No semicolon parts this statement from the one before it, so PostgreSQL reads both as one.',
    help: 'End the statement before it with a semicolon.',
    edits: [{ start: at, end: at, newText: ';' }],
  };
}

/** Text that a tool fills in before PostgreSQL sees it: `{{name}}`, `${name}`, `<%= name %>`, `{% if %}`. */
function isTemplate(text: string): boolean {
  return /\{\{|\$\{|<%|\{%/.test(text);
}

const controlled = new WeakMap<Migration, boolean>();

/** Whether a template decides which lines of the file there are, so that no statement is known to stand as written. */
function isControlled(migration: Migration): boolean {
  let answer = controlled.get(migration);
  if (answer === undefined) {
    answer = migration.statements.some(({ problem, text }) => problem && /\{\{-?\s*(?:if|else|end|range|with|define|template|block|#|\/)|\{%|<%/.test(text));
    controlled.set(migration, answer);
  }
  return answer;
}

/** The parser quotes what it stumbled over up to the end of the text; its first words are enough. */
function inBackticks(message: string): string {
  const [line = ''] = message.split(/\r?\n/);
  const match = /^([^"]*)"(.*)$/.exec(line);
  if (!match) return line.replace(/\.$/, '');
  const [, before = '', rest = ''] = match;
  const end = rest.lastIndexOf('"');
  const whole = (line === message && end >= 0 ? rest.slice(0, end) : rest).trim();
  const near = whole.length > 40 ? `${whole.slice(0, 40)}…` : whole;
  const after = line === message && end >= 0 ? rest.slice(end + 1) : '';
  return near === '' || near.includes('`') ? before.replace(/ at or near $/, '') : `${before}\`${near}\`${after}`;
}

/** Edits of the statement's text as edits of its file. */
function inFile(edits: readonly { start: number; end: number; newText: string }[], { span: place, text }: Statement): Edit[] {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  return edits.map(({ start, end, newText }) => ({
    file: place.file,
    start: place.start + start,
    end: place.start + end,
    newText: newText.replaceAll(/\r?\n/g, newline),
  }));
}
