// What a history says in ways that the replay can't follow, so that nobody calls missing what may have been made there.
import type { TableName } from '../../../model/nodes';
import { unknownFunctions } from '../../../model/volatility';
import type { Piece } from '../parse/chunk';

/** Statements that the replay follows, or that make, rename and drop nothing. */
const FOLLOWED = new Set([
  'CreateStmt', 'AlterTableStmt', 'IndexStmt', 'DropStmt', 'CreateTableAsStmt', 'ViewStmt', 'AlterObjectSchemaStmt', 'CreateEnumStmt', 'AlterEnumStmt',
  'ReindexStmt', 'TruncateStmt', 'VariableSetStmt', 'CommentStmt', 'CreatePolicyStmt', 'AlterPolicyStmt', 'InsertStmt', 'UpdateStmt', 'DeleteStmt', 'CopyStmt',
  'CreateTrigStmt', 'GrantStmt', 'AlterDefaultPrivilegesStmt', 'VacuumStmt', 'ClusterStmt', 'RefreshMatViewStmt', 'LockStmt', 'AlterOwnerStmt',
]); // prettier-ignore

/** Code that makes, changes or drops what the replay keeps. */
const DEFINES =
  /\b(?:alter|rename|drop|import|create\s+(?:or\s+replace\s+)?(?:(?:global|local|temp|temporary|unlogged|unique|materialized|foreign|recursive)\s+)*(?:table|view|index|type|domain|schema|sequence|policy))\b/i;
/** Code that is put together from pieces, so that no name needs to stand in it. */
const PUT_TOGETHER = /\bexecute\b(?!\s+(?:function|procedure|on)\b)(?!\s*'(?:[^']|'')*'\s*;)/i;

/** PostgreSQL's own functions that take or give several rows, which its lists of other functions leave out. */
const OVER_ROWS = new Set(
  (
    'count sum min max avg string_agg array_agg json_agg jsonb_agg json_object_agg jsonb_object_agg bool_and bool_or every row_number rank dense_rank lag lead first_value last_value ' +
    'unnest generate_series json_array_elements jsonb_array_elements jsonb_array_elements_text json_each jsonb_each jsonb_each_text jsonb_object_keys regexp_split_to_table'
  ).split(' '),
);

export class Untracked {
  readonly #texts: string[];
  /** Functions of the history that define nothing. */
  readonly #harmless: Set<string>;
  /** Functions that may define anything once they run. */
  readonly #wild: Set<string>;
  #blind: boolean;

  constructor(from?: Untracked) {
    this.#texts = from ? [...from.#texts] : [];
    this.#harmless = new Set(from ? from.#harmless : []);
    this.#wild = new Set(from ? from.#wild : []);
    this.#blind = from?.blind ?? false;
  }

  clone(): Untracked {
    return new Untracked(this);
  }

  /** Anything may be there by now. */
  get blind(): boolean {
    return this.#blind;
  }

  note({ node, text, effects }: Piece): void {
    if (this.#blind) return;
    // Temporary tables last as long as the session, which may go on in the next file.
    if (effects.some(({ change }) => change.verb === 'addTable' && change.created.temporary)) this.#texts.push(text.toLowerCase());
    switch (node) {
      case 'SelectStmt':
      case 'CallStmt':
        this.#noteCalls(text);
        return;
      case 'TransactionStmt':
        if (effects.some(({ change }) => change.verb === 'transaction' && change.command === 'rollback')) this.#blind = true;
        return;
      case 'ImportForeignSchemaStmt':
        this.#blind = true;
        return;
      case 'DoStmt':
        for (const [call] of text.matchAll(/\bperform\b[^;]*/gi)) this.#noteCalls(call);
        if (this.#isWild(text)) this.#blind = true;
        else if (DEFINES.test(codeOf(text))) this.#texts.push(text.toLowerCase());
        return;
      case 'CreateFunctionStmt':
        if (this.#isWild(text)) this.#wild.add(functionName(text));
        else if (DEFINES.test(codeOf(text))) this.#texts.push(text.toLowerCase());
        else this.#harmless.add(functionName(text));
        return;
      // By a trigger, they run whenever they like.
      case 'CreateTrigStmt':
      case 'CreateEventTrigStmt':
      case 'InsertStmt':
      case 'UpdateStmt':
      case 'DeleteStmt':
        if (this.#namesWild(text)) this.#blind = true;
        return;
      case 'RenameStmt':
        // A function or a sequence, which the replay doesn't keep.
        if (effects.some(({ acts }) => acts.length === 0)) this.#texts.push(text.toLowerCase());
        return;
      default:
        if (!FOLLOWED.has(node)) this.#texts.push(text.toLowerCase());
    }
  }

  /** A function that nobody knows does what it likes; what stands behind AS is the name of a row. */
  #noteCalls(text: string): void {
    const unknown = unknownFunctions(text).filter((name) => !this.#harmless.has(name) && !OVER_ROWS.has(name));
    if (unknown.some((name) => !new RegExp(`(?:\\)\\s*|\\bas\\s+)"?${name.replace(/\W/g, '\\$&')}"?\\s*\\(`, 'i').test(text))) this.#blind = true;
  }

  /** Whether code may define what isn't named in it. */
  #isWild(text: string): boolean {
    const code = codeOf(text);
    return (DEFINES.test(code) && PUT_TOGETHER.test(code)) || this.#namesWild(code);
  }

  #namesWild(text: string): boolean {
    return this.#wild.size > 0 && [...this.#wild].some((name) => text.includes(name));
  }

  /** Whether one of the statements names it, along with the table that it would belong to. */
  mayHold(name: string, of?: TableName): boolean {
    const [own, owner] = [name.toLowerCase(), of?.name.toLowerCase()];
    return this.#texts.some((text) => text.includes(own) && (owner === undefined || text.includes(owner)));
  }
}

/** What stands in the first literal of a block or function: its body. */
function codeOf(text: string): string {
  return text.slice(Math.max(text.search(/\$\w*\$|'/), 0)).replace(/^(?:\$\w*\$|')/, '');
}

function functionName(text: string): string {
  const name = /\b(?:function|procedure)\s+(?:(?:"[^"]*"|\w+)\s*\.\s*)?("[^"]*"|\w+)/i.exec(text)?.[1] ?? '';
  return name.startsWith('"') ? name.slice(1, -1) : name.toLowerCase();
}
