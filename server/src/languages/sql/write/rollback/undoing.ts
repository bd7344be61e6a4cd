// What the inverse of one statement is made with, and the words in which it speaks.
import type { Spelling } from '../../../../model/ddl';
import type { Enum, Table } from '../../../../model/nodes';
import type { Span } from '../../../../text/span';
import { buildTable } from '../../replay/build';
import type { Catalog } from '../../replay/catalog';
import type { Draft } from '../../replay/draft';
import type { TextObjects } from './texts';
import { tablesOfStars, wordsOf } from './words';

/** The moment of one effect: what is there before it and behind it. */
export interface Moment {
  readonly before: Catalog;
  readonly after: Catalog;
  readonly spelling: Spelling;
  /** Objects by their texts, as before the statement. */
  readonly objects: TextObjects;
  /** The last COMMENT ON each object. */
  readonly comments: ReadonlyMap<string, string>;
  /** Names of tables that this migration makes, and so takes away again as they are. */
  readonly fresh: ReadonlySet<string>;
  /** Nothing that this migration makes depends on what it adds to such a table later. */
  readonly coarse: boolean;
  /** The migrations begin with an empty database, so what they don't show isn't there. */
  readonly complete: boolean;
  /** The half may build and drop indexes without blocking writes. */
  readonly concurrently: boolean;
  /** The text that makes a view as it was; undefined where it would make another one today. */
  viewText(draft: Draft): string | undefined;
  /** What is written at a place of the history. */
  wordAt(place: Span): string | undefined;
  /** The text of the statement at a place of the history. */
  textAt(place: Span): string | undefined;
}

/** What makes a view, or takes it away: views come back when all else is as it was, since they name so much of it. */
export interface ViewLines {
  readonly view: string;
  readonly does: 'make' | 'drop';
  readonly lines: readonly string[];
}

/** Lines of a down half: statements with their semicolon, and comments. */
export type Lines = readonly (string | ViewLines)[];

/** The lines in the order in which they run. */
export function inOrder(lines: Lines): string[] {
  const now: string[] = [];
  let late: ViewLines[] = [];
  for (const line of lines) {
    if (typeof line === 'string') now.push(line);
    else if (line.does === 'make') late.push(line);
    // What hasn't been made yet needn't be dropped.
    else if (late.some(({ view }) => view === line.view)) late = late.filter(({ view }) => view !== line.view);
    else now.push(...line.lines);
  }
  return [...now, ...inReach(byNeed(late), now)];
}

/** Each behind those that its text names. */
function byNeed(late: readonly ViewLines[]): ViewLines[] {
  const waiting = late.map((each) => ({ each, words: wordsOf(each.lines.join('\n')) }));
  const ordered: ViewLines[] = [];
  while (waiting.length > 0) {
    const free = waiting.findIndex(({ each, words }) => waiting.every((other) => other.each === each || !words.has(nameIn(other.each.view))));
    for (const { each } of waiting.splice(Math.max(free, 0), 1)) ordered.push(each);
  }
  return ordered;
}

/** The lines of views, without those that read what nobody can make again, and with a word on columns that changed places. */
function inReach(views: readonly ViewLines[], before: readonly string[]): string[] {
  const unmade = new Set<string>();
  const readded = new Set(before.flatMap((line) => /^ALTER TABLE (\S+) ADD COLUMN/.exec(line)?.[1]?.replaceAll('"', '').split('.').at(-1) ?? []));
  return views.flatMap(({ view, lines }) => {
    const words = wordsOf(lines.join('\n'));
    const lost = [...unmade].find((name) => words.has(name));
    if (lost !== undefined || lines.every(isComment)) {
      unmade.add(nameIn(view));
      return lost === undefined ? lines : [byHand(`the view ${nameIn(view)}, which reads ${lost}`)];
    }
    const moved = readded.size > 0 && lines.flatMap(tablesOfStars).some((name) => readded.has(name));
    return moved ? [note(`The columns of ${nameIn(view)} come in another order than before, which its \`*\` doesn't tell: mend it by hand if that matters.`), ...lines] : lines;
  });
}

/** The name in a `tableKey`. */
function nameIn(key: string): string {
  return key.slice(key.indexOf('.') + 1);
}

export function note(words: string): string {
  return `-- ${words}`;
}

/** For what a person has to take back. */
export function byHand(what: string): string {
  const line = what.replaceAll(/--[^\n]*/g, ' ').replaceAll(/\s+/g, ' ').trim();
  return note(`Undo by hand: ${line.length > 100 ? `${line.slice(0, 99).trimEnd()}…` : line}`);
}

export function isComment(line: string): boolean {
  return line.startsWith('--');
}

/** The statement, or word that it isn't known. */
export function known(statement: string | undefined, otherwise: string): string {
  return statement ?? byHand(otherwise);
}

/** A table as the model holds it, at that moment. */
export function tableIn(catalog: Catalog, draft: Draft): Table {
  return buildTable(draft, (name) => catalog.enums.find(name) !== undefined || catalog.enumNames.has(name.name));
}

/** The spelling with the enums of a moment. */
export function spelledIn({ spelling }: Pick<Moment, 'spelling'>, catalog: Catalog): Spelling {
  return { ...spelling, enums: enumsOf(catalog) };
}

export function enumsOf(catalog: Catalog): Enum[] {
  return [...catalog.enums.all()].map(({ node }) => node);
}

/** The key by which tables are told apart. */
export function tableKey({ name, schema }: { readonly name: string; readonly schema?: string }): string {
  return `${schema ?? 'public'}.${name}`;
}
