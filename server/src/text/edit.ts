// Edits of texts: plain data, applied all at once.

/** Replaces `[start, end)` of one file by `newText`; with `create` the file doesn't exist yet and start and end are 0. */
export interface Edit {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly newText: string;
  readonly create?: true;
}

/** Whether two edits touch the same characters, or insert at the same place, of one file. */
export function conflict(a: Edit, b: Edit): boolean {
  if (a.file !== b.file) return false;
  if (a.create || b.create) return true;
  if (a.start === b.start) return true;
  return a.start < b.end && b.start < a.end;
}

/**
 * The text after the edits, whose offsets all refer to the text before.
 * Edits at one place keep their order. Throws a RangeError when two of them overlap or one lies outside the text.
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const sorted = edits.map((edit, order) => ({ edit, order }));
  sorted.sort((a, b) => a.edit.start - b.edit.start || a.edit.end - b.edit.end || a.order - b.order);
  let result = '';
  let at = 0;
  for (const { edit } of sorted) {
    if (edit.start < at || edit.end < edit.start || edit.end > text.length) {
      throw new RangeError(`An edit of [${edit.start}, ${edit.end}) overlaps another or lies outside the text.`);
    }
    result += text.slice(at, edit.start) + edit.newText;
    at = edit.end;
  }
  return result + text.slice(at);
}

/**
 * One edit that does what several of one file do together. It holds all the text between them, so that no other fix can
 * be taken for one that fits between. Undefined for none.
 */
export function asOne(text: string, edits: readonly Edit[]): Edit | undefined {
  const [first] = edits;
  if (!first) return undefined;
  const start = Math.min(...edits.map((edit) => edit.start));
  const end = Math.max(...edits.map((edit) => edit.end));
  const moved = edits.map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start }));
  return { file: first.file, start, end, newText: applyEdits(text.slice(start, end), moved) };
}
