// One top-level statement of application code into the model: its queries and its raw SQL.
import type { ts } from 'ts-morph';
import type { ColumnLiterals, ColumnMember, ColumnRead, Query, RawSql, Write } from '../../model/queries';
import { spanIn, type Span } from '../../text/span';
import { compiler } from '../typescript/compiler';
import { link, type Piece } from '../typescript/parse';
import { descend, isFunction, propertyName } from '../typescript/syntax';
import { chainOf, isContinued } from './chain';
import { mayHoldQuery } from './claims';
import type { Draft } from './drafts';
import { drizzleCall } from './drizzle-calls';
import type { Environment } from './environment';
import { columnMember, isCalled, nameNode } from './members';
import { Places } from './place';
import { prismaCall, type Around } from './prisma-calls';
import { rawSql, type RawDraft } from './raw-sql';
import { comparisonIn, patternRow, readsIn, rowRead, type Comparison } from './rows';
import { literalsIn } from './values';

export interface Lowered {
  readonly queries: readonly Query[];
  readonly rawSql: readonly RawSql[];
  readonly columnMembers: readonly ColumnMember[];
}

const NOTHING: Lowered = { queries: [], rawSql: [], columnMembers: [] };

export function lowerPiece(piece: Piece, sourceFile: ts.SourceFile, environment: Environment): Lowered {
  const { text } = piece.chunk;
  if (compiler.isImportDeclaration(piece.node) || !(mayHoldQuery(text) || environment.mentions?.test(text))) return NOTHING;
  link(piece, sourceFile);
  return new Lowering(piece, sourceFile, environment).run();
}

class Lowering {
  readonly #places: Places;
  readonly #around: Around;
  readonly #drafts: (Draft | RawDraft)[] = [];
  readonly #comparisons: Comparison[] = [];
  readonly #calls = new Set<ts.Node>();
  readonly #queries = new Map<ts.Node, Query>();
  /** Members that may be columns of the rows of a query, and the patterns that take rows apart. */
  readonly #accesses: ts.Node[] = [];
  readonly #patterns: ts.ObjectBindingPattern[] = [];
  readonly #members: ColumnMember[] = [];
  /** By the function around it. */
  readonly #sql = new Map<ts.Node, RawSql[]>();

  constructor(
    private readonly piece: Piece,
    private readonly sourceFile: ts.SourceFile,
    private readonly environment: Environment,
  ) {
    const span = (node: ts.Node): Span => this.#span(node.getStart(sourceFile), node.end);
    this.#places = new Places(environment, span);
    this.#around = {
      span,
      isClient: (node) => this.#places.isClient(node),
      exportedAs: (name) => environment.exportedAs.get(name) ?? name,
    };
  }

  run(): Lowered {
    this.#find();
    const literals = this.#compared();
    const reads = this.#rowReads();
    const sql: RawSql[] = [];
    for (const draft of this.#drafts) {
      if ('verb' in draft) this.#queries.set(draft.call, this.#query(draft, literals.get(draft.call) ?? [], reads.get(draft.call) ?? []));
      else sql.push(this.#raw(draft));
    }
    return { queries: [...this.#queries.values()], rawSql: sql, columnMembers: this.#columnMembers() };
  }

  #find(): void {
    const { text } = this.sourceFile;
    const source = { text, span: (start: number, end: number) => this.#span(start, end), start: (node: ts.Node) => node.getStart(this.sourceFile) };
    descend(this.piece.node, (node) => {
      const comparison = comparisonIn(node);
      if (comparison) this.#comparisons.push(comparison);
      this.#note(node);
      const isCall = compiler.isCallExpression(node);
      if (!isCall && !compiler.isTaggedTemplateExpression(node)) return true;
      const draft = (isCall ? this.#call(node) : undefined) ?? rawSql(node, source);
      if (!draft) return true;
      this.#drafts.push(draft);
      this.#calls.add('verb' in draft ? draft.call : draft.node);
      return true;
    });
  }

  #call(node: ts.CallExpression): Draft | undefined {
    if (isContinued(node)) return undefined;
    const links = chainOf(node);
    return prismaCall(node, links, this.#around) ?? drizzleCall(node, links, this.#around);
  }

  /** What the code compares columns of each query's rows with. */
  #compared(): Map<ts.Node, ColumnLiterals[]> {
    const found = new Map<ts.Node, ColumnLiterals[]>();
    if (this.#calls.size === 0) return found;
    for (const { subject, values } of this.#comparisons) {
      const read = rowRead(subject, (node) => this.#calls.has(node));
      if (read?.column === undefined) continue;
      const own = found.get(read.call);
      if (own) own.push({ column: read.column, values });
      else found.set(read.call, [{ column: read.column, values }]);
    }
    return found;
  }

  #note(node: ts.Node): void {
    if (compiler.isObjectBindingPattern(node)) this.#patterns.push(node);
    else if (compiler.isPropertyAccessExpression(node) || compiler.isElementAccessExpression(node)) {
      if (isCalled(node)) return;
      this.#accesses.push(node);
      const member = columnMember(node, this.environment, this.#around.span);
      if (member) this.#members.push(member);
    }
  }

  /** Of a file that imports nothing of Drizzle's, only members of the tables that its queries name. */
  #columnMembers(): readonly ColumnMember[] {
    if (this.environment.mentions || this.#members.length === 0) return this.#members;
    const tables = new Set([...this.#queries.values()].flatMap(({ table }) => (table.by === 'constant' ? [table.name] : [])));
    return this.#members.filter(({ table }) => tables.has(table.name));
  }

  /** The columns that the code around takes from each query's rows. */
  #rowReads(): Map<ts.Node, ColumnRead[]> {
    const found = new Map<ts.Node, ColumnRead[]>();
    const giving = new Set(this.#drafts.flatMap((draft) => ('verb' in draft && draft.rows ? [draft.call] : [])));
    if (giving.size === 0) return found;
    const isQuery = (node: ts.Node): boolean => giving.has(node as ts.CallExpression);
    const add = (call: ts.Node, column: string, node: ts.Node): void => {
      const own = found.get(call);
      const read: ColumnRead = { column, through: [], span: this.#around.span(node) };
      if (own) own.push(read);
      else found.set(call, [read]);
    };
    for (const node of this.#accesses) {
      const read = rowRead(node, isQuery);
      if (read?.column !== undefined && read.column !== 'length') add(read.call, read.column, nameNode(node));
    }
    for (const pattern of this.#patterns) {
      const row = patternRow(pattern, isQuery);
      if (!row || row.column !== undefined) continue;
      for (const element of pattern.elements) {
        const column = propertyName(element.propertyName ?? element.name);
        if (column !== undefined && !element.dotDotDotToken) add(row.call, column, element.propertyName ?? element.name);
      }
    }
    return found;
  }

  #query(draft: Draft, compared: readonly ColumnLiterals[], rows: readonly ColumnRead[]): Query {
    const { call, method, methodNode, client, table, verb, many, filters, writesKnown, locks } = draft;
    const reads = draft.reads.map(({ column, through, node }): ColumnRead => ({ column, through, span: this.#around.span(node) }));
    return {
      kind: 'query',
      span: this.#around.span(call),
      nameSpan: this.#around.span(methodNode),
      method,
      table,
      verb,
      many,
      filters: filters.filters,
      filtersKnown: filters.known,
      writes: draft.writes.map(({ name, node, value }) => this.#write(name, node, value)),
      writesKnown,
      compared,
      reads: [...reads, ...rows],
      locks,
      place: this.#places.of(call, client),
    };
  }

  #write(column: string, node: ts.Node, value: ts.Node): Write {
    const reads = readsIn(value, (each) => this.#calls.has(each));
    const computedFrom = reads.flatMap(({ read, node: at }) => {
      // Queries are described in the order of the text; a later one can't have given the value.
      const query = this.#queries.get(read.call);
      return query ? [{ query, column: read.column, span: this.#around.span(at) }] : [];
    });
    return { column, values: literalsIn(value), computedFrom, span: this.#around.span(node) };
  }

  #raw({ node, client, text, textSpan, holes }: RawDraft): RawSql {
    const alongside = this.#sqlAround(node);
    const sql: RawSql = { kind: 'rawSql', span: this.#around.span(node), text, textSpan, holes, place: this.#places.of(node, client), alongside };
    alongside.push(sql);
    this.#places.note(sql);
    return sql;
  }

  /** The raw SQL of the function around a node, in the making. */
  #sqlAround(node: ts.Node): RawSql[] {
    let at = node;
    while (at !== this.piece.node && !isFunction(at)) at = at.parent;
    let sql = this.#sql.get(at);
    if (!sql) this.#sql.set(at, (sql = []));
    return sql;
  }

  #span(start: number, end: number): Span {
    return spanIn(this.piece.chunk.anchor, start - this.piece.start, end - this.piece.start);
  }
}
