// The changesets of Liquibase's formatted SQL: what their lines say, and new ones.
import type { MigrationStep } from '../../model/intents';
import { withNotes } from '../../model/sql-text';
import { statementsIn } from './rollback';

const HEADER = /^\uFEFF?\s*--\s*liquibase\s*formatted/i;

/** Whether a file says so in its first line, or behind comments, before which Liquibase itself wants it. */
export function isFormatted(text: string): boolean {
  for (const line of text.slice(0, 4000).split('\n')) {
    if (HEADER.test(line)) return true;
    if (!/^\uFEFF?\s*(?:--|$)/.test(line)) return false;
  }
  return false;
}

const CHANGESET = /^[ \t]*--[ \t]*changeset[ \t]+("[^"\n]+"|[^:\n]+):[ \t]*("[^"\n]+"|\S+)([^\n]*)/gim;
const ROLLBACK = /^[ \t]*--[ \t]*rollback[ \t]+\S|^[ \t]*\/\*[ \t]*liquibase[ \t]+rollback[ \t]*\r?$/im;

export interface Changeset {
  /** Behind the line that opens it. */
  readonly start: number;
  readonly end: number;
  readonly author: string;
  /** What it is remembered by, its author included. */
  readonly id: string;
  readonly transaction: 'file' | 'none';
  readonly repeats?: true;
  /** The words that turn its transaction off. */
  readonly directive?: { readonly start: number; readonly end: number };
  /** It is run on PostgreSQL. */
  readonly postgres: boolean;
  /** It says what undoes it, or that nothing needs to. */
  readonly undone: boolean;
}

export function changesets(text: string): Changeset[] {
  const marks = [...text.matchAll(CHANGESET)];
  return marks.map((mark, at) => {
    const start = mark.index + mark[0].length;
    const end = marks[at + 1]?.index ?? text.length;
    const [, author = '', id = '', attributes = ''] = mark;
    const alone = /\brunInTransaction:"?false\b"?/i.exec(attributes);
    const from = start - attributes.length + (alone?.index ?? 0);
    return {
      start,
      end,
      author: unquoted(author.trim()),
      id: `${unquoted(author.trim())}:${unquoted(id)}`,
      transaction: alone ? 'none' : 'file',
      ...(/\b(?:runOnChange|runAlways):"?true\b/i.test(attributes) && { repeats: true as const }),
      ...(alone && { directive: { start: from, end: from + alone[0].length } }),
      postgres: !/\bignore:"?true\b/i.test(attributes) && isPostgres(/\bdbms:(?:"([^"]*)"|(\S+))/i.exec(attributes)),
      undone: ROLLBACK.test(text.slice(start, end)),
    };
  });
}

/** `dbms:` lists databases; those behind a `!` are left out, and only such names mean all others. */
function isPostgres(found: RegExpExecArray | null): boolean {
  const names = (found?.[1] ?? found?.[2] ?? '').toLowerCase().split(/[\s,]+/).filter((name) => name !== '');
  if (names.includes('!postgresql') || names.includes('none')) return false;
  return names.every((name) => name.startsWith('!')) || names.some((name) => name === 'postgresql' || name === 'all');
}

function unquoted(name: string): string {
  return name.replace(/^"(.*)"$/, '$1');
}

/** A changeset per step, by the author of the last one; its number is counted on where it has one. */
export function nextChangesets(steps: readonly MigrationStep[], last: Changeset | undefined, taken: (id: string) => boolean): string {
  const number = /:(\d+)$/.exec(last?.id ?? '')?.[1];
  let count = Number(number ?? 0);
  const author = last?.author ?? 'schema-bible';
  const named = (name: string): string => {
    if (number !== undefined) return String(++count);
    let id = name;
    for (let again = 2; taken(id); again++) id = `${name}_${again}`;
    return id;
  };
  return steps
    .flatMap((step) => partsOf(step).map((each) => [step, each] as const))
    .map(([{ name, outsideTransaction }, { statements, whole, suffix }]) => {
      const attributes = `${outsideTransaction ? ' runInTransaction:false' : ''}${whole ? ' splitStatements:false' : ''}`;
      return `--changeset ${/[:\s]/.test(author) ? `"${author}"` : author}:${named(`${name}${suffix}`)}${attributes}\n${statements.join('\n\n')}\n`;
    })
    .join('\n');
}

interface ChangesetPart {
  readonly statements: readonly string[];
  /** It is sent as it is: Liquibase would cut the body of a function at its semicolons. */
  readonly whole: boolean;
  readonly suffix: string;
}

/** Statements with a body stand alone, so that the others are still sent one by one. */
function partsOf(step: MigrationStep): ChangesetPart[] {
  const statements = withNotes(step.statements);
  if (!statements.some(hasBody)) return [{ statements, whole: false, suffix: '' }];
  return statements.map((statement, at) => ({ statements: [statement], whole: hasBody(statement), suffix: at === 0 ? '' : `_${at + 1}` }));
}

/** Whether a statement may hold semicolons of its own. */
export function hasBody(statement: string): boolean {
  return /\$\w*\$|\bBEGIN\s+ATOMIC\b/i.test(statement);
}

/** SQL as lines that undo a changeset. */
export function rollbackLines(sql: string): string {
  const lines = statementsIn(sql).join('\n').split(/\r?\n/);
  return lines.filter((line) => line.trim() !== '').map((line) => `--rollback ${line}`).join('\n');
}
