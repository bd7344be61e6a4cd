// What migrations check, by a glance at their text: an ORM's schema may have no words for it.

const TABLE = /\b(?:CREATE|ALTER)\s+TABLE\s+(?:IF\s+(?:NOT\s+)?EXISTS\s+)?(?:ONLY\s+)?(?:"?\w+"?\s*\.\s*)?"?(\w+)"?/gi;

/** `table.word` for each word in a CHECK of the table; too many rather than too few. */
export function checkedColumns(texts: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const text of texts) {
    if (!/\bCHECK\s*\(/i.test(text)) continue;
    // A comment may hold anything.
    for (const statement of text.replace(/--[^\n]*/g, '').split(';')) {
      const at = statement.search(/\bCHECK\s*\(/i);
      const table = at < 0 ? undefined : [...statement.slice(0, at).matchAll(TABLE)].at(-1)?.[1];
      if (table === undefined) continue;
      for (const [, condition = ''] of statement.matchAll(/\bCHECK\s*\(([^]*?)(?=,\s*\n|$|\bCONSTRAINT\b)/gi)) {
        for (const [word] of condition.matchAll(/\w+/g)) found.add(`${table}.${word}`);
      }
    }
  }
  return found;
}
