// Where runners that don't read SQL cut a file into the pieces that they send, after their own sources.

/** drizzle-orm's `readMigrationFiles`: the marker, wherever it stands. */
export function drizzleCuts(text: string): readonly string[] {
  return text.split('--> statement-breakpoint').filter(holdsSql);
}

/** goose's parser: at lines that end in a semicolon, unless StatementBegin and StatementEnd hold lines together. */
export function gooseCuts(text: string): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  let held = false;
  for (const line of text.split('\n')) {
    const mark = /^--\s*\+goose\s+(\w+)/i.exec(line.trim())?.[1]?.toLowerCase();
    if (mark === 'statementbegin') held = true;
    const ends = mark === 'statementend' || (mark === undefined && !held && /;\s*(?:--.*)?$/.test(line) && !/^\s*--/.test(line));
    if (mark === 'statementend') held = false;
    if (mark === undefined) piece += `${line}\n`;
    if (!ends) continue;
    pieces.push(piece);
    piece = '';
  }
  return [...pieces, piece].filter(holdsSql);
}

/** Liquibase's changesets: at each semicolon that isn't in a quoted string, in function bodies too; whole where it is told so. */
export function liquibaseCuts(text: string): readonly string[] {
  if (/^[^\n]*\bsplitStatements:false\b/.test(text)) return [text];
  return [...text.matchAll(/(?:'[^']*'|"[^"]*"|--[^\n]*|[^;'"-]|-)+/g)].map(([piece]) => piece).filter(holdsSql);
}

/** Whether there is more than comments and blanks. */
function holdsSql(text: string): boolean {
  return text.replace(/--[^\n]*/g, '').replace(/\/\*[\s\S]*?\*\//g, '').replaceAll(';', '').trim() !== '';
}
