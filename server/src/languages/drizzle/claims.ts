// Which files hold Drizzle schemas, told from their text alone: nothing is loaded or parsed for it.

const CORE_IMPORT = /["']drizzle-orm\/(?:pg|mysql|sqlite|singlestore|gel|mssql|cockroach)-core["'/]/;
const RELATIONS_IMPORT = /\b(?:relations|defineRelations)\b[^;]*?from\s*["']drizzle-orm(?:\/_relations)?["']/;

/** Whether a file of that path and text belongs to the Drizzle front end. */
export function claimsDrizzle(path: string, text: string): boolean {
  if (!/\.(?:tsx?|[mc]ts|jsx?|[mc]js)$/.test(path) || /\.d\.[mc]?ts$/.test(path)) return false;
  if (!text.includes('drizzle-orm')) return false;
  return CORE_IMPORT.test(text) || RELATIONS_IMPORT.test(text);
}
