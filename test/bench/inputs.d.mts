// What the generated inputs look like to TypeScript.
interface Kind {
  text(count: number): string;
  readonly file: string;
  readonly find: string;
  readonly put: string;
}
export const KINDS: { readonly prisma: Kind; readonly drizzle: Kind; readonly sql: Kind };
