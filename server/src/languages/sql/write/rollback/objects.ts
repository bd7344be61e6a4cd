// The inverse of statements about what the model has no node for: functions, triggers, extensions, sequences, domains,
// comments, grants. Earlier forms come back by the text that made them.
import type { Node } from 'libpg-query';
import { identifier, qualified } from '../../../../model/ddl';
import type { Table } from '../../../../model/nodes';
import { itemsOf, nameOf, relationName, stringsOf } from '../../lower/names';
import type { Piece } from '../../parse/chunk';
import { serialSequence } from './columns';
import { commentHead, keyOfComment } from './comments';
import { cascades, droppedBy, madeBy, skipsExisting, type TextObject } from './texts';
import { byHand, note, tableIn, tableKey, type Lines, type Moment } from './undoing';

/** Statements that leave the schema as it is. */
const HARMLESS = new Set(
  `TransactionStmt VariableSetStmt VariableShowStmt LockStmt ReindexStmt RefreshMatViewStmt VacuumStmt ClusterStmt ExplainStmt CheckPointStmt
  DiscardStmt NotifyStmt ListenStmt UnlistenStmt ConstraintsSetStmt LoadStmt DeclareCursorStmt ClosePortalStmt FetchStmt PrepareStmt DeallocateStmt`.split(/\s+/),
);

/** What takes the statement back, beside what its effects on tables and enums ask for. */
export function restoreObjects(node: Node, piece: Piece, moment: Moment): Lines {
  const { text } = piece;
  const made = madeBy(node);
  if (made) return removed(made, node, moment);
  const dropped = droppedBy(node);
  if (dropped.length > 0) return dropped.flatMap((object) => recreated(object, node, text, moment));
  if ('DropStmt' in node && piece.effects.some(({ acts }) => acts.length > 0)) return [];
  if ('CommentStmt' in node) return restoredComment(node.CommentStmt, text, moment);
  if ('GrantStmt' in node) return restoredGrant(node.GrantStmt, text, moment);
  if ('AlterSeqStmt' in node) return restoredSequence(node.AlterSeqStmt, text, moment);
  if ('DoStmt' in node) return isFollowed(piece) ? [] : [byHand(text)];
  if ('SelectStmt' in node) return node.SelectStmt.intoClause || !callsSomething(text) ? [] : [byHand(text)];
  const kind = Object.keys(node)[0] ?? '';
  return HARMLESS.has(kind) ? [] : rows(node, moment) ?? [byHand(text)];
}

/** Whether all that a block of code does is plain DDL. */
function isFollowed({ effects, text }: Piece): boolean {
  const acts = effects.flatMap((effect) => effect.acts);
  return acts.length > 0 && acts.every((act) => act.do !== 'blur') && !/\b(?:EXECUTE|LOOP|INSERT|UPDATE|DELETE|PERFORM)\b/i.test(text);
}

function removed(object: TextObject, node: Node, { objects, fresh, coarse, complete }: Moment): Lines {
  if (coarse && object.table && fresh.has(tableKey(object.table))) return [];
  const earlier = objects.find(object);
  if (earlier && skipsExisting(node)) return [];
  if (object.key === 'SCHEMA public.public') return [];
  if (earlier) return earlier.texts.map((text) => (earlier.renamed ? byHand(text) : `${replacing(text)};`));
  const maybe = skipsExisting(node) && !complete ? [note(`Leave this out where it was there before: it was created only if it wasn't.`)] : [];
  return [...maybe, `DROP ${object.drop};`];
}

/** The earlier text in a form that takes the place of the later one. */
function replacing(text: string): string {
  return text.replace(/^(\s*CREATE)\s+(?!OR\s+REPLACE\b)(?=(?:CONSTRAINT\s+)?(?:FUNCTION|PROCEDURE|TRIGGER)\b)/i, '$1 OR REPLACE ');
}

function recreated(object: TextObject, node: Node, text: string, moment: Moment): Lines {
  const { objects, complete } = moment;
  const known = objects.find(object);
  if (!known) {
    const sequence = ofSerial(object, moment);
    if (sequence.length > 0) return sequence;
    const optional = 'DropStmt' in node && node.DropStmt.missing_ok === true;
    const isEnum = 'DropStmt' in node && node.DropStmt.removeType === 'OBJECT_TYPE' && [...moment.before.enums.all()].some(({ name }) => object.key.endsWith(`.${name}`));
    return isEnum || (optional && complete) ? [] : [byHand(text)];
  }
  const dependents = cascades(node) ? objects.dependents(known.object) : [];
  return [known, ...dependents].flatMap(({ texts, renamed }) => texts.map((each) => (renamed ? byHand(each) : `${each};`)));
}

/** The sequence that came with a serial column. */
function ofSerial({ key }: TextObject, { before, spelling }: Moment): Lines {
  if (!key.startsWith('SEQUENCE ')) return [];
  for (const draft of before.order) {
    const table: Table = tableIn(before, draft);
    for (const column of table.columns) {
      const name = serialSequence(column);
      const plain = name.replaceAll('"', '');
      if (key !== `SEQUENCE ${table.dbSchema === undefined ? 'public.' : ''}${plain}`) continue;
      const bits = column.type.family === 'integer' ? column.type.bits : 32;
      const owner = `${qualified({ name: table.dbName, ...(table.dbSchema !== undefined && { schema: table.dbSchema }) }, spelling)}.${identifier(column.dbName, spelling)}`;
      return [`CREATE SEQUENCE ${name} AS ${bits === 64 ? 'bigint' : bits === 16 ? 'smallint' : 'integer'} OWNED BY ${owner};`];
    }
  }
  return [];
}

function restoredComment({ objtype, object }: Extract<Node, { readonly CommentStmt: unknown }>['CommentStmt'], text: string, { fresh, comments }: Moment): Lines {
  const parts = objtype === 'OBJECT_COLUMN' ? itemsOf(object).slice(0, -1) : objtype === 'OBJECT_TABLE' ? itemsOf(object) : undefined;
  if (parts && fresh.has(tableKey(nameOf(parts)))) return [];
  const head = commentHead(text);
  if (head === undefined) return [byHand(text)];
  const earlier = comments.get(keyOfComment(head));
  return [earlier === undefined ? `${head} IS NULL;` : `${earlier};`];
}

function restoredGrant({ is_grant: grants, objects = [] }: Extract<Node, { readonly GrantStmt: unknown }>['GrantStmt'], text: string, { fresh }: Moment): Lines {
  const tables = objects.flatMap((object) => ('RangeVar' in object ? [relationName(object.RangeVar)] : []));
  if (tables.length > 0 && tables.every((table) => fresh.has(tableKey(table)))) return [];
  const words = /^GRANT\s+([\s\S]*)\s+TO\s+([\s\S]*?)(?:\s+WITH\s+GRANT\s+OPTION)?$/i.exec(text);
  return [grants && words ? `REVOKE ${words[1] ?? ''} FROM ${words[2] ?? ''};` : byHand(text)];
}

function restoredSequence({ sequence, options = [] }: Extract<Node, { readonly AlterSeqStmt: unknown }>['AlterSeqStmt'], text: string, { spelling }: Moment): Lines {
  const [only] = options;
  const owned = options.length === 1 && only && 'DefElem' in only && only.DefElem.defname === 'owned_by';
  const none = owned && only.DefElem.arg && 'List' in only.DefElem.arg && stringsOf(only.DefElem.arg.List.items)[0] === 'none';
  if (!owned || none) return [byHand(text)];
  return [`ALTER SEQUENCE ${qualified(relationName(sequence), spelling)} OWNED BY NONE;`];
}

/** A query may call what changes something; reading alone and moving a sequence on needs no way back. */
function callsSomething(text: string): boolean {
  return /\b\w+\s*\(/.test(text.replaceAll(/\b(?:pg_catalog\.)?(?:setval|set_config|nextval|currval|coalesce|max|min|count|now|pg_get_serial_sequence|IN|VALUES|AS|EXISTS)\s*\(/gi, ' '));
}

/** Rows that were written stay as they are. */
function rows(node: Node, { fresh }: Moment): Lines | undefined {
  const told = (relation: Parameters<typeof relationName>[0], what: string): Lines => {
    const table = relationName(relation);
    return fresh.has(tableKey(table)) ? [] : [note(`${what} ${table.name}.`)];
  };
  if ('InsertStmt' in node) return told(node.InsertStmt.relation, 'Keeps the rows that were inserted into');
  if ('UpdateStmt' in node) return told(node.UpdateStmt.relation, 'Keeps the values that were written to');
  if ('DeleteStmt' in node) return told(node.DeleteStmt.relation, "Doesn't bring back the rows that were deleted from");
  if ('MergeStmt' in node) return told(node.MergeStmt.relation, 'Keeps the rows that were merged into');
  if ('CopyStmt' in node) return node.CopyStmt.is_from ? told(node.CopyStmt.relation, 'Keeps the rows that were copied into') : [];
  if (!('TruncateStmt' in node)) return undefined;
  return (node.TruncateStmt.relations ?? []).flatMap((each) => ('RangeVar' in each ? told(each.RangeVar, "Doesn't bring back the rows that were deleted from") : []));
}
