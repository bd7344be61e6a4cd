// Code that somebody runs by hand or once: it works on all rows on purpose, and nobody waits for it.

const SCRIPT = /(?:^|\/)(?:scripts?|seeds?|seeders?|seeding|backfills?|migrations?|one-?off|bin)\/|(?:^|[/.-])seed(?:er|s)?\.[cm]?[jt]sx?$|(?:^|\/)(?:migrate|backfill)[-_][\w.-]*\.[cm]?[jt]sx?$/i;

/** Whether a file holds a script or a seed, told by where it lies and what it is called. */
export function isScript(path: string): boolean {
  return SCRIPT.test(path);
}
