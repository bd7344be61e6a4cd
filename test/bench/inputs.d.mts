// What the generated inputs look like to TypeScript.
interface Kind {
  text(count: number): string;
  readonly file: string | ((count: number) => string);
  /** The files of its history by their paths, where it has one. */
  around?(count: number): Readonly<Record<string, string>>;
  readonly find: string;
  readonly put: string;
}
export const KINDS: { readonly prisma: Kind; readonly drizzle: Kind; readonly sql: Kind; readonly last: Kind; readonly middle: Kind };
