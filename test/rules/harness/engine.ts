// Runs an example through the real thing: a project in memory, the front ends, all rules, the writers.
import type { SyntaxProblem } from '../../../server/src/languages/language';
import type { Fix } from '../../../server/src/linter/rule';
import type { LintFinding } from '../../../server/src/linter/run';
import { applyEdits, type Edit } from '../../../server/src/text/edit';
import { LineIndex } from '../../../server/src/text/line-index';
import type { Expected } from './page';
import { open } from './pipeline';

/** Texts by path, as the page names them. */
export type Texts = ReadonlyMap<string, string>;

/** A finding at its place on the page. */
export interface Placed extends Expected {
  readonly path: string;
  readonly finding: LintFinding;
}

/** A fix for which the language has a writer, with its edits. */
export interface Offer {
  readonly fix: Fix;
  readonly edits: readonly Edit[];
}

export interface Outcome {
  readonly found: readonly Placed[];
  readonly problems: readonly SyntaxProblem[];
  readonly served: ReadonlySet<string>;
  /** The fixes that an editor would show. */
  offers(placed: Placed): Offer[];
  /** The edit that silences a finding for its line. */
  suppress(placed: Placed): Edit | undefined;
  /** The texts after the edits. */
  apply(edits: readonly Edit[]): Map<string, string>;
}

/** A Prisma file alone says nothing of its database. */
const PRELUDE = `generator client {
  provider = "prisma-client"
  output   = "../generated"
}

datasource db {
  provider = "postgresql"
}

`;

export async function check(texts: Texts, settings: unknown): Promise<Outcome> {
  const preluded = [...texts].some(([path, text]) => path.endsWith('.prisma') && /^\s*datasource\s/m.test(text))
    ? undefined
    : [...texts.keys()].find((path) => path.endsWith('.prisma'));
  const real = new Map([...texts].map(([path, text]) => [path, path === preluded ? preludeFor(text) + text : text]));
  const shift = preluded === undefined ? 0 : (real.get(preluded)?.length ?? 0) - (texts.get(preluded)?.length ?? 0);
  const session = await open(real, settings);
  const indexes = new Map([...real].map(([path, text]) => [path, new LineIndex(text)]));
  const hiddenLines = (path: string): number => (path === preluded ? (indexes.get(path)?.positionAt(shift).line ?? 0) : 0);

  const found = session.findings.map((finding): Placed => {
    const { start, end, file } = finding.at;
    const lines = indexes.get(file) ?? new LineIndex('');
    const from = lines.positionAt(start);
    const to = lines.positionAt(end);
    // A squiggle of several lines is drawn to the end of its first one.
    const text = (real.get(file) ?? '').slice(lines.lineStart(from.line)).split(/\r?\n/, 1)[0] ?? '';
    const endCharacter = to.line === from.line ? to.character : text.length;
    return {
      path: file,
      finding,
      line: from.line - hiddenLines(file),
      character: from.character,
      endCharacter: Math.max(endCharacter, from.character + 1),
      message: finding.message,
    };
  });

  return {
    found,
    problems: session.problems,
    served: session.served,
    offers: ({ finding }) => {
      return (finding.fixes ?? []).flatMap((fix) => {
        const edits = session.write(finding, fix);
        return edits && edits.length > 0 ? [{ fix, edits }] : [];
      });
    },
    suppress: ({ finding }) => session.suppress(finding),
    apply: (edits) => {
      const after = new Map<string, string>(real);
      for (const path of new Set(edits.map((edit) => edit.file))) {
        after.set(path, applyEdits(after.get(path) ?? '', edits.filter((edit) => edit.file === path)));
      }
      if (preluded !== undefined) after.set(preluded, (after.get(preluded) ?? '').slice(shift));
      return after;
    },
  };
}

function preludeFor(text: string): string {
  return text.includes('\r\n') ? PRELUDE.replaceAll('\n', '\r\n') : PRELUDE;
}

/** The text that Prisma's validator sees. */
export function withPrelude(text: string): string {
  return /^\s*datasource\s/m.test(text) ? text : PRELUDE + text;
}

/** The offer that a choice names: a number from 1, a part of the title, or the preferred one. */
export function chosen(offers: readonly Offer[], choice: string | undefined): Offer | undefined {
  if (choice === undefined) return offers.find((offer) => offer.fix.preferred) ?? offers[0];
  if (/^\d+$/.test(choice)) return offers[Number(choice) - 1];
  return offers.find((offer) => offer.fix.title.includes(choice));
}

export interface Fixed {
  readonly texts: Map<string, string>;
  readonly outcome: Outcome;
  /** How many fixes were applied. */
  readonly applied: number;
}

/** Applies the chosen fix of each finding of the rule, one after another, until there is none left. */
export async function fixAll(texts: Texts, settings: unknown, rule: string, choice: string | undefined): Promise<Fixed> {
  let now = new Map(texts);
  for (let applied = 0; ; applied++) {
    const outcome = await check(now, settings);
    const offer = outcome.found
      .filter((placed) => placed.finding.rule === rule)
      .map((placed) => chosen(outcome.offers(placed), choice))
      .find((each) => each !== undefined);
    if (!offer) return { texts: now, outcome, applied };
    if (applied >= 30) throw new Error(`The fixes of ${rule} never end.`);
    now = outcome.apply(offer.edits);
  }
}
