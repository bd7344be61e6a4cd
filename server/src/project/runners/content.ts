// The contents of new migration files, and the halves of existing ones.
import type { MigrationStep } from '../../model/intents';
import { split } from '../../languages/sql/scan/split';
import { sqlTokens } from '../../model/sql-text';
import type { Claim, Folder, Reading } from './runner';

/** The statements of a step as a file's text. */
export function statementsOf(step: MigrationStep): string {
  return `${step.statements.join('\n\n')}\n`;
}

/** The forward half between two marks, each a whole line; without the first it begins at the text's start. */
export function between(text: string, up: RegExp, down: RegExp): { start: number; end: number } {
  const head = up.exec(text);
  const start = head ? head.index + head[0].length : 0;
  const tail = down.exec(text.slice(start));
  return { start, end: tail ? start + tail.index : text.length };
}

/** The reading of a file whose transaction a directive turns off. */
export function withDirective(reading: Reading, directive: RegExpExecArray | null, transaction: 'none' | 'file-if-many'): Reading {
  if (!directive) return reading;
  return { ...reading, transaction, directive: { start: directive.index, end: directive.index + directive[0].length } };
}

/** Names of the SQL files that match, in the order of `key`; everything else that `aside` matches goes with them. */
export function claimNames(
  folder: Folder,
  migration: RegExp,
  order: (a: string, b: string) => number,
  aside: RegExp = /^$/,
): Claim | undefined {
  const names = [...folder.sql.keys()];
  const migrations = names.filter((name) => migration.test(name) && !aside.test(name)).sort(order);
  if (migrations.length === 0) return undefined;
  return { migrations, aside: names.filter((name) => aside.test(name)) };
}

/** Whether any SQL file of the folder matches. */
export function anyText(folder: Folder, pattern: RegExp): boolean {
  for (const text of folder.sql.values()) if (pattern.test(text)) return true;
  return false;
}

/** Each statement's place and words, in upper case and with single blanks, comments left out. */
export function wordsOf(text: string): { readonly start: number; readonly end: number; readonly words: string }[] {
  return split(text).statements.map(({ start, end }) => {
    const tokens = sqlTokens(text.slice(start, Math.min(end, start + 2000)));
    return { start, end, words: tokens.map((token) => token.text.toUpperCase()).join(' ') };
  });
}
