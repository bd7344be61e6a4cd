// Views while a history is replayed: which of them a CASCADE takes along, and whether the text of one still makes what it made.
import type { Span } from '../../../../text/span';
import type { Act } from '../../lower/effects';
import type { Catalog } from '../../replay/catalog';
import type { Draft } from '../../replay/draft';
import { readsColumn, tablesOfStars, wordsOf } from './words';

export class Views {
  /** The columns of what each view reads, when it was made. */
  readonly #read = new WeakMap<Span, string>();

  constructor(private readonly textAt: (place: Span) => string | undefined) {}

  /** Takes note of the views that a statement makes, and takes away what falls with what it drops. */
  follow(catalog: Catalog, acts: readonly Act[], text: string): void {
    for (const act of acts) {
      const stars = act.do === 'createTable' && act.table.objectKind !== 'table' ? tablesOfStars(text) : [];
      if (act.do === 'createTable' && stars.length > 0) this.#read.set(act.table.span, columnsRead(stars, catalog));
      if (!/\bCASCADE\s*$/i.test(text)) continue;
      if (act.do === 'dropTable') this.#drop(catalog, (view) => wordsOf(view).has(act.table.name), act);
      if (act.do === 'dropColumn') this.#drop(catalog, (view) => readsColumn(view, act.table.name, act.column), act);
    }
  }

  /** The text of a view's statement; undefined where `*` means other columns than when it was made. */
  textOf(draft: Draft, catalog: Catalog): string | undefined {
    const text = draft.createdIn === undefined ? undefined : this.textAt(draft.span);
    const read = this.#read.get(draft.span);
    return text === undefined || (read !== undefined && read !== columnsRead(tablesOfStars(text), catalog)) ? undefined : text;
  }

  #drop(catalog: Catalog, falls: (view: string) => boolean, cause: object): void {
    for (const draft of [...catalog.order]) {
      const text = draft.objectKind === 'table' || !catalog.order.has(draft) ? undefined : this.textAt(draft.span);
      if (text === undefined || !falls(text)) continue;
      catalog.dropTable(draft, cause);
      this.#drop(catalog, (view) => wordsOf(view).has(draft.name), cause);
    }
  }
}

/** The columns that the stars of a query stand for. */
function columnsRead(tables: readonly string[], catalog: Catalog): string {
  const read = tables.map((name) => catalog.tables.find({ name }));
  return read.flatMap((draft) => (draft ? [[draft.name, ...draft.columns.map(({ dbName }) => dbName)].join()] : [])).join(';');
}
