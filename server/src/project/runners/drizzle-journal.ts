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

/** The journal that was read last: fixes of many findings ask for the same one. */
let lastRead: { readonly journal: string; readonly entries: readonly JournalEntry[] } | undefined;

/** The journal's entries in the order in which the migrator goes through them; those without a tag are left out. */
export function journalEntries(journal: string | undefined): readonly JournalEntry[] {
  if (journal === undefined) return [];
  if (lastRead?.journal !== journal) lastRead = { journal, entries: entriesIn(journal) };
  return lastRead.entries;
}

function entriesIn(journal: string): readonly JournalEntry[] {
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
  const value: unknown = strictValue(journal) ?? parse(journal, errors);
  return errors.length === 0 && Array.isArray(asObject(value)['entries']);
}

/**
 * The journal with an entry for each tag. The migrator applies only entries that are younger than the last one applied,
 * so each is given a later moment than all before it.
 */
export function withEntries(journal: string, tags: readonly string[], now: Date): string {
  let when = journalEntries(journal).reduce((latest, entry) => Math.max(latest, entry.when), 0);
  const moments = tags.map(() => (when = Math.max(when + 1, now.getTime())));
  return withBlanks(journal, tags.length).replace(/"\\u0001(when|tag)(\d+)"/g, (_blank, what: string, at: string) => JSON.stringify((what === 'when' ? moments : tags)[Number(at)]));
}

/** The journal that was written to last, by how many entries it got. */
let lastWritten: { readonly journal: string; readonly byCount: Map<number, string> } | undefined;

/** The journal with so many entries more, whose tags and moments are blanks: control characters stand in no real one. */
function withBlanks(journal: string, count: number): string {
  if (lastWritten?.journal !== journal) lastWritten = { journal, byCount: new Map() };
  const known = lastWritten.byCount.get(count);
  if (known !== undefined) return known;
  const entries = journalEntries(journal);
  const last = entries.at(-1);
  const idx = entries.reduce((greatest, entry) => Math.max(greatest, entry.idx), -1) + 1;
  const version = last?.version ?? readObject(journal)['version'] ?? '7';
  const indent = /\n([ \t]+)"/.exec(journal)?.[1] ?? '  ';
  const formattingOptions = {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 1 : indent.length,
    eol: journal.includes('\r\n') ? '\r\n' : '\n',
  };
  let text = journal;
  for (let at = 0; at < count; at++) {
    const entry = { idx: idx + at, version, when: `\u0001when${at}`, tag: `\u0001tag${at}`, breakpoints: last?.breakpoints ?? true };
    text = applyEdits(text, modify(text, ['entries', -1], entry, { isArrayInsertion: true, formattingOptions }));
  }
  lastWritten.byCount.set(count, text);
  return text;
}
