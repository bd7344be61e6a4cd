// When two names mean one thing.

/** Whether two table names can mean the same table: an unwritten schema matches any, and `public` is the default. */
export function sameTable(
  a: { readonly name: string; readonly schema?: string | undefined },
  b: { readonly name: string; readonly schema?: string | undefined },
): boolean {
  return a.name === b.name && (a.schema === undefined || b.schema === undefined || a.schema === b.schema);
}
