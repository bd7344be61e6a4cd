// The journal that drizzle-kit 0.x keeps beside its migrations.
import { applyEdits, modify, parse, type ParseError } from 'jsonc-parser';
import { asObject, asString, readObject, strictValue } from '../json';

export interface JournalEntry {
  readonly idx: number;
  readonly when: number;
  readonly tag: string;
  readonly version: unknown;
  readonly breakpoints: unknown;
}

/** The journal's entries in the order in which the migrator goes through them; those without a tag are left out. */
export function journalEntries(journal: string | undefined): readonly JournalEntry[] {
  const entries = readObject(journal)['entries'];
  if (!Array.isArray(entries)) return [];
  return entries.flatMap((entry: unknown, at) => {
    const { idx, when, tag, version, breakpoints } = asObject(entry);
    const name = asString(tag);
    if (name === undefined) return [];
    return [{ idx: typeof idx === 'number' ? idx : at, when: typeof when === 'number' ? when : 0, tag: name, version, breakpoints }];
  });
}

/** Whether the journal is whole: into a broken one nothing can be written without breaking it further. */
export function canTakeEntries(journal: string): boolean {
  const errors: ParseError[] = [];
  const value = strictValue(journal) ?? (parse(journal, errors) as unknown);
  return errors.length === 0 && Array.isArray(asObject(value)['entries']);
}

/**
 * The journal with an entry for each tag. The migrator applies only entries that are younger than the last one applied,
 * so each is given a later moment than all before it.
 */
export function withEntries(journal: string, tags: readonly string[], now: Date): string {
  const entries = journalEntries(journal);
  const last = entries.at(-1);
  let idx = entries.reduce((greatest, entry) => Math.max(greatest, entry.idx), -1);
  let when = entries.reduce((latest, entry) => Math.max(latest, entry.when), 0);
  const indent = /\n([ \t]+)"/.exec(journal)?.[1] ?? '  ';
  const formattingOptions = {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 1 : indent.length,
    eol: journal.includes('\r\n') ? '\r\n' : '\n',
  };
  let text = journal;
  for (const tag of tags) {
    idx += 1;
    when = Math.max(when + 1, now.getTime());
    const version = last?.version ?? readObject(journal)['version'] ?? '7';
    const entry = { idx, version, when, tag, breakpoints: last?.breakpoints ?? true };
    text = applyEdits(text, modify(text, ['entries', -1], entry, { isArrayInsertion: true, formattingOptions }));
  }
  return text;
}
