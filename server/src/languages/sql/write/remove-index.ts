// Takes a superfluous index away: out of a migration nobody has run yet, else by a next migration that drops it.
import type { Edit } from '../../../text/edit';
import type { Span } from '../../../text/span';
import type { IntentOf } from '../../../model/intents';
import type { Index } from '../../../model/nodes';
import { isNamedLater, wayOut } from '../../../model/runners';
import type { WriteContext } from '../../language';
import type { SqlParsed } from '../parse/parsed';
import type { Piece } from '../parse/chunk';
import { fileOf, inCaseOf, pieceAt, qualified, removeStatement, sourceOf, statementAt } from './text';

export function removeIndex({ index }: IntentOf<'removeIndex'>, context: WriteContext): readonly Edit[] | undefined {
  const parsed = fileOf(context, index.span);
  const piece = parsed && pieceAt(parsed, index.span);
  if (!parsed || !piece) return undefined;
  const statement = statementAt(context, index.span);
  const needed = index.name !== undefined && statement && isNamedLater(index.name, statement, context.schema.migrations);
  // Taking away what a later statement names would make that statement fail.
  if (needed || context.migration?.(parsed.path)?.committed) return dropLater(index, parsed, piece, context);
  if (piece.node === 'IndexStmt' || piece.node === 'DoStmt') return piece.node === 'IndexStmt' ? [removeStatement(parsed, piece.span)] : undefined;
  if (index.inline) return [removeInline(index, parsed)];
  return removeElement(index.span, parsed, piece);
}

function dropLater(index: Index, parsed: SqlParsed, piece: Piece, context: WriteContext): readonly Edit[] | undefined {
  const { table, name } = index;
  if (name === undefined) return undefined;
  const schema = table.dbSchema === undefined ? {} : { schema: table.dbSchema };
  const step = `drop_${name}`.replaceAll(/[^A-Za-z0-9]+/g, '_').toLowerCase();
  if (index.constraint) {
    const words = `${inCaseOf(piece.text, 'ALTER TABLE')} ${qualified({ name: table.dbName, ...schema }, piece.text)}`;
    const statement = `${words} ${inCaseOf(piece.text, 'DROP CONSTRAINT')} ${qualified({ name }, piece.text)};`;
    return context.nextMigrations(parsed.path, [{ name: step, statements: [statement] }]);
  }
  const drop = `${inCaseOf(piece.text, 'DROP INDEX CONCURRENTLY')} ${qualified({ name, ...schema }, piece.text)};`;
  const statement = statementAt(context, index.span);
  const way = statement ? wayOut(statement.migration) : 'whole';
  if (way === 'never') return undefined;
  const statements = way === 'commit' ? [inCaseOf(piece.text, 'COMMIT;'), drop] : [drop];
  return context.nextMigrations(parsed.path, [{ name: step, statements, outsideTransaction: true }]);
}

function removeInline(index: Index, parsed: SqlParsed): Edit {
  const { start, end } = index.span;
  const space = /[ \t]*$/.exec(parsed.text.slice(0, start))?.[0].length ?? 0;
  return { file: parsed.path, start: start - space, end, newText: '' };
}

/** Takes out an element of CREATE TABLE's list, or a subcommand of ALTER TABLE, with one of its commas. */
export function removeElement(at: Span, parsed: SqlParsed, piece: Piece): readonly Edit[] | undefined {
  const source = sourceOf(piece);
  let from = source.after(at.start - piece.span.start);
  if (source.is(from - 1, 'ADD')) from--;
  const to = source.after(at.end - piece.span.start);
  const element = source.span({ from, to });
  if (source.is(to, ',')) {
    const next = source.span({ from: to + 1, to: to + 2 });
    return [{ file: parsed.path, start: element.start, end: next.start, newText: '' }];
  }
  if (source.is(from - 1, ',')) {
    const comma = source.span({ from: from - 1, to: from });
    // A comment behind the comma is about the element before it.
    const start = /\r?\n[^\S\n]*$/.exec(parsed.text.slice(comma.end, element.start))?.index;
    if (start === undefined || start === 0) return [{ file: parsed.path, start: comma.start, end: element.end, newText: '' }];
    const own = /^[ \t]*--[^\r\n]*/.exec(parsed.text.slice(element.end))?.[0].length ?? 0;
    return [
      { file: parsed.path, start: comma.start, end: comma.end, newText: '' },
      { file: parsed.path, start: comma.end + start, end: element.end + own, newText: '' },
    ];
  }
  return piece.node === 'AlterTableStmt' ? [removeStatement(parsed, piece.span)] : undefined;
}
