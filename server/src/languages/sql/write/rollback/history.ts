// Replays a history up to one migration and then that one statement by statement, each with its inverse.
import type { Spelling } from '../../../../model/ddl';
import type { Span } from '../../../../text/span';
import type { MigrationInfo } from '../../../language';
import type { Effect } from '../../lower/effects';
import type { Piece } from '../../parse/chunk';
import type { SqlParsed } from '../../parse/parsed';
import { applyAct } from '../../replay/apply';
import { Catalog } from '../../replay/catalog';
import { piecesOf } from '../../replay/pieces';
import { restoreActs } from './effects';
import { commentHead, keyOfComment } from './comments';
import { restoreObjects } from './objects';
import { TextObjects, treeOf } from './texts';
import { byHand, inOrder, isComment, tableKey, type Lines, type Moment } from './undoing';
import { Views } from './views';

export interface HistoryFile {
  readonly parsed: SqlParsed;
  readonly info: MigrationInfo | undefined;
}

export interface Setting {
  readonly spelling: Spelling;
  readonly complete: boolean;
  /** Indexes that are built without blocking writes may be taken away so. */
  readonly concurrently: boolean;
}

/** The inverse of one statement; `makes` tells the tables that only this migration has. */
interface Inverse {
  lines: Lines;
  readonly makes: readonly number[];
}

/** The inverse of the last of the files, from its last statement to its first. */
export function inverseOf(files: readonly HistoryFile[], setting: Setting): readonly string[] {
  const replayed = new Replayed(files, setting);
  for (const file of files.slice(0, -1)) replayed.run(file);
  const last = files.at(-1);
  return last ? replayed.undo(last) : [];
}

class Replayed {
  readonly #catalog = new Catalog();
  readonly #objects = new TextObjects();
  readonly #views = new Views((place) => this.#textAt(place));
  readonly #comments = new Map<string, string>();
  /** Tables that the migration itself makes, with a number that stays when they are renamed. */
  readonly #fresh = new Map<string, number>();
  readonly #inverses: Inverse[] = [];
  #coarse = true;
  /** What is there before the migration, and so in the end again. */
  #start = this.#catalog;

  constructor(
    private readonly files: readonly HistoryFile[],
    private readonly setting: Setting,
  ) {}

  run({ parsed, info }: HistoryFile): void {
    for (const piece of piecesOf(parsed, info)) {
      for (const effect of piece.effects) this.#apply(effect, piece, parsed.path);
      this.#remember(piece);
    }
    this.#endSession();
  }

  undo({ parsed, info }: HistoryFile): readonly string[] {
    const pieces = piecesOf(parsed, info);
    this.#start = this.#catalog.clone();
    const first = pieces.findIndex(({ node }) => node === 'CreateStmt');
    this.#coarse = !pieces.slice(first + 1).some(({ node }) => NEEDED.test(node));
    for (const piece of pieces) {
      this.#inverses.push(...this.#statement(piece, parsed.path));
      this.#remember(piece);
    }
    return inOrder(this.#inverses.reverse().flatMap(({ lines }) => lines));
  }

  #statement(piece: Piece, file: string): Inverse[] {
    const node = treeOf(piece.text);
    if (!node) return [{ lines: piece.node === 'other' ? [] : [byHand(piece.text)], makes: [] }];
    const start = this.#catalog.clone();
    const byText = isToldByText(piece) ? restoreObjects(node, piece, this.#moment(start, piece)) : [];
    const inverses = piece.effects.map((effect) => this.#effect(effect, piece, file));
    // What holds others, such as a schema, comes back before them.
    return [...inverses, { lines: byText, makes: [] }];
  }

  #effect(effect: Effect, piece: Piece, file: string): Inverse {
    const before = this.#catalog.clone();
    this.#apply(effect, piece, file);
    const { acts, change } = effect;
    const own = piece.node === 'AlterTableStmt' ? piece.text.slice(change.span.start - piece.span.start, change.span.end - piece.span.start) : piece.text;
    if (acts.length === 0) {
      const fresh = change.table && this.#fresh.has(tableKey(change.table));
      return { lines: piece.node === 'AlterTableStmt' && !fresh ? option(own, piece.text, change.tableSpan, piece.span) : [], makes: [] };
    }
    const moment = this.#moment(before, piece);
    const lines = restoreActs(acts, piece.text, moment);
    return { lines, makes: this.#follow(before) };
  }

  /** Keeps book of the tables that this migration makes; what it also drops again leaves no trace. */
  #follow(before: Catalog): number[] {
    const now = this.#catalog;
    const gone = [...before.order].filter((draft) => !now.tables.exact(draft));
    const made = [...now.order].filter((draft) => !before.tables.exact(draft) && draft.createdIn !== undefined);
    const numbers = gone.flatMap((draft) => this.#take(tableKey(draft)) ?? []);
    const [only] = numbers;
    // One that goes while another comes is a new name.
    if (gone.length === 1 && made.length === 1 && gone[0] && made[0] && gone[0].span === made[0].span) {
      if (only !== undefined) this.#fresh.set(tableKey(made[0]), only);
      return [];
    }
    for (const inverse of this.#inverses) if (inverse.makes.some((number) => numbers.includes(number))) inverse.lines = [];
    return made.map((draft) => {
      const number = this.#inverses.length + this.#fresh.size + 1;
      this.#fresh.set(tableKey(draft), number);
      return number;
    });
  }

  #take(key: string): number | undefined {
    const number = this.#fresh.get(key);
    this.#fresh.delete(key);
    return number;
  }

  #moment(before: Catalog, piece: Piece): Moment {
    return {
      before,
      after: this.#catalog,
      ...this.setting,
      concurrently: this.setting.concurrently && /^\s*(?:CREATE\s+(?:UNIQUE\s+)?|DROP\s+)INDEX\s+CONCURRENTLY\b/i.test(piece.text),
      objects: this.#objects,
      comments: this.#comments,
      fresh: new Set(this.#fresh.keys()),
      coarse: this.#coarse,
      viewText: (draft) => this.#views.textOf(draft, this.#start),
      wordAt: (place) => this.files.find(({ parsed }) => parsed.path === place.file)?.parsed.text.slice(place.start, place.end),
      textAt: (place) => this.#textAt(place),
    };
  }

  #textAt(place: Span): string | undefined {
    const found = this.files.find(({ parsed }) => parsed.path === place.file);
    const piece = found?.parsed.chunks.flatMap(({ pieces }) => pieces).find(({ span }) => span.start <= place.start && place.end <= span.end);
    return piece?.node === 'DoStmt' ? undefined : piece?.text;
  }

  #apply({ acts, change }: Effect, piece: Piece, file: string): void {
    for (const act of acts) applyAct(this.#catalog, act, file, change);
    this.#views.follow(this.#catalog, acts, piece.text);
  }

  #remember(piece: Piece): void {
    if (piece.node === 'DropStmt') {
      for (const { acts } of piece.effects) for (const act of acts) if (act.do === 'dropTable') this.#objects.dropTable(act.table);
    }
    for (const { acts } of piece.effects) for (const act of acts) if (act.do === 'renameTable') this.#objects.renameTable(act.table, act.newName);
    if (!REMEMBERED.test(piece.node)) return;
    const node = treeOf(piece.text);
    if (!node) return;
    this.#objects.apply(piece.text, node);
    const head = 'CommentStmt' in node ? commentHead(piece.text) : undefined;
    if (head !== undefined) this.#comments.set(keyOfComment(head), piece.text);
  }

  #endSession(): void {
    for (const draft of [...this.#catalog.temporary]) this.#catalog.dropTable(draft, draft);
  }
}

/** Statements whose text makes, changes or drops what the model has no node for. */
const REMEMBERED = /^(?:Create(?!Stmt$|TableAs|Enum|Policy)\w*|CompositeTypeStmt|RuleStmt|AlterSeqStmt|AlterDomainStmt|AlterFunctionStmt|DropStmt|CommentStmt)$/;

/** Statements that make what a table may need that was made before. */
const NEEDED = /^(?:CreateFunction|CreateExtension|CreateDomain|CompositeType|CreateRange|CreateEnum|CreateSeq|Define)Stmt$/;

/** Whether effects on tables and enums don't tell all that the statement does. */
function isToldByText({ node, effects }: Piece): boolean {
  if (node === 'AlterTableStmt') return effects.length === 0;
  return node === 'DropStmt' || node === 'CommentStmt' || node === 'DoStmt' || effects.every(({ acts }) => acts.length === 0);
}

/** A subcommand of ALTER TABLE that changes no column, key or policy. */
function option(text: string, statement: string, table: Span | undefined, { start }: Span): Lines {
  const toggled = /^(ENABLE|DISABLE)(\s+TRIGGER\s+\S+)$|^SET\s+(LOGGED|UNLOGGED)$/i.exec(text);
  if (!toggled || !table) return [byHand(statement.replaceAll(/\s+/g, ' ').length <= 100 ? statement : `ALTER TABLE … ${text}`)];
  const head = statement.slice(0, table.end - start);
  // The quote of a name stands behind its span.
  const closed = statement.charAt(table.end - start) === '"' && (head.match(/"/g) ?? []).length % 2 === 1 ? `${head}"` : head;
  const [, word, trigger = '', logged] = toggled;
  if (logged !== undefined) return [`${closed} SET ${/^un/i.test(logged) ? 'LOGGED' : 'UNLOGGED'};`];
  return [`${closed} ${/^en/i.test(word ?? '') ? 'DISABLE' : 'ENABLE'}${trigger};`];
}

/** Whether a half holds anything that a database would run. */
export function doesSomething(lines: readonly string[]): boolean {
  return lines.some((line) => !isComment(line));
}
