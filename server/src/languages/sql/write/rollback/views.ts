// Views while a history is replayed: which of them a CASCADE takes along, and whether the text of one still makes what it made.
import type { Span } from '../../../../text/span';
import { sqlTokens } from '../../../../model/sql-text';
import type { Act } from '../../lower/effects';
import type { Catalog } from '../../replay/catalog';
import type { Draft } from '../../replay/draft';

export class Views {
  /** The columns of what each view reads, when it was made. */
  readonly #read = new WeakMap<Span, string>();

  constructor(private readonly textAt: (place: Span) => string | undefined) {}

  /** Takes note of the views that a statement makes, and takes away what falls with what it drops. */
  follow(catalog: Catalog, acts: readonly Act[], text: string): void {
    for (const act of acts) {
      if (act.do === 'createTable' && act.table.objectKind !== 'table' && STAR.test(text)) this.#read.set(act.table.span, columnsRead(text, catalog));
      if (!/\bCASCADE\s*$/i.test(text)) continue;
      if (act.do === 'dropTable') this.#drop(catalog, (words) => words.has(act.table.name), act);
      if (act.do === 'dropColumn') this.#drop(catalog, (words) => words.has(act.table.name) && (words.has(act.column) || words.has('*')), act);
    }
  }

  /** The text of a view's statement; undefined where `*` means other columns than when it was made. */
  textOf(draft: Draft, catalog: Catalog): string | undefined {
    const text = draft.createdIn === undefined ? undefined : this.textAt(draft.span);
    const read = this.#read.get(draft.span);
    return text === undefined || (read !== undefined && read !== columnsRead(text, catalog)) ? undefined : text;
  }

  #drop(catalog: Catalog, falls: (words: ReadonlySet<string>) => boolean, cause: object): void {
    for (const draft of [...catalog.order]) {
      const text = draft.objectKind === 'table' || !catalog.order.has(draft) ? undefined : this.textAt(draft.span);
      if (text === undefined || !falls(wordsOf(text))) continue;
      catalog.dropTable(draft, cause);
      this.#drop(catalog, (words) => words.has(draft.name), cause);
    }
  }
}

const STAR = /(?:\.|\bSELECT\s+(?:DISTINCT\s+)?|,\s*)\*/i;

function columnsRead(text: string, catalog: Catalog): string {
  const words = wordsOf(text);
  return [...catalog.order].flatMap(({ name, objectKind, columns }) => (objectKind === 'table' && words.has(name) ? [[name, ...columns.map(({ dbName }) => dbName)].join()] : [])).join(';');
}

/** The names and words of a statement, as the database folds them. */
export function wordsOf(text: string): Set<string> {
  return new Set(sqlTokens(text).map(({ kind, text: word }) => (kind === 'quoted' ? word.slice(1, -1).replaceAll('""', '"') : kind === 'word' ? word.toLowerCase() : word)));
}
