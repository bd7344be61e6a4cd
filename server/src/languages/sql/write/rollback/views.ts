// Views while a history is replayed: which of them a CASCADE takes along, and whether the text of one still makes what it made.
import type { Span } from '../../../../text/span';
import type { Act } from '../../lower/effects';
import type { Catalog } from '../../replay/catalog';
import type { Draft } from '../../replay/draft';
import { treeOf } from './texts';
import { wordsOf } from './undoing';

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

/** The columns that the stars of a query stand for: those of the tables that they name. */
function columnsRead(text: string, catalog: Catalog): string {
  const sources: Source[] = [];
  const stars = new Set<string>();
  collect(treeOf(text), sources, stars);
  const read = sources.filter(({ alias }) => stars.has(alias) || stars.has('')).map(({ table }) => catalog.tables.find({ name: table }));
  return read.flatMap((draft) => (draft ? [[draft.name, ...draft.columns.map(({ dbName }) => dbName)].join()] : [])).join(';');
}

interface Source {
  readonly table: string;
  /** By which the query calls it. */
  readonly alias: string;
}

/** The tables of a query and the names before its stars; an empty one for a star alone. */
function collect(value: unknown, sources: Source[], stars: Set<string>): void {
  if (Array.isArray(value)) for (const each of value) collect(each, sources, stars);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'RangeVar') sources.push({ table: inner.relname ?? '', alias: inner.alias?.aliasname ?? inner.relname ?? '' });
      else if (key === 'ColumnRef' && Array.isArray(inner.fields) && 'A_Star' in (inner.fields.at(-1) ?? {})) stars.add(inner.fields.at(-2)?.String?.sval ?? '');
      else collect(inner, sources, stars);
    }
  }
}
