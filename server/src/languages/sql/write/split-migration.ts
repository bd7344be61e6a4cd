// Replaces one action of a migration by steps, here or spread over the next migrations.
import type { Edit } from '../../../text/edit';
import type { IntentOf } from '../../../model/intents';
import type { WriteContext } from '../../language';
import type { SqlParsed } from '../parse/parsed';
import { inChangesets } from './changesets';
import { afterSemicolon, fileOf, joinStatements, removeStatement, sourceOf, usesBreakpoints, newlineOf } from './text';

export function splitMigration(intent: IntentOf<'splitMigration'>, context: WriteContext): readonly Edit[] | undefined {
  const { statement, steps, where, between = [] } = intent;
  const parsed = fileOf(context, statement.span);
  const [first, ...rest] = steps;
  if (!parsed || !first) return undefined;
  const here = where === 'here' ? steps.flatMap((step, at) => (at > 0 ? [...between, ...step.statements] : step.statements)) : first.statements;
  const gone = here.length === 0 && withoutAction(intent) === undefined;
  const edits = gone ? [removeStatement(parsed, statement.span)] : replaceAction(intent, context, parsed, here);
  if (where === 'here' || rest.length === 0) return edits;
  const next = context.nextMigrations(parsed.path, rest);
  return next && [...edits, ...next];
}

function replaceAction(intent: IntentOf<'splitMigration'>, context: WriteContext, parsed: SqlParsed, statements: readonly string[]): readonly Edit[] {
  const { statement, change } = intent;
  const { text } = parsed;
  const { start, end } = statement.span;
  const { offset } = afterSemicolon(text, end);
  const kept = withoutAction(intent);
  const written = (kept === undefined ? statements : [`${kept};`, ...statements]).map((each) => heldTogether(each, text, start));
  const liquibase = context.migration?.(parsed.path)?.runner === 'liquibase';
  const { statements: all, edits } = liquibase ? inChangesets(written, parsed, start, offset) : { statements: written, edits: [] };
  const newText = joinStatements(context, parsed, all);
  // Steps that close with a comment keep what follows off their line.
  const open = /--[^\n]*$/.test(newText) && !usesBreakpoints(context, parsed) && text.charAt(offset) !== '\n' && text.charAt(offset) !== '\r';
  return [...edits, { file: change.span.file, start, end: offset, newText: open ? newText + newlineOf(text) : newText }];
}

/** goose and its kin cut at every semicolon, inside of dollar quotes too, unless they are told where a statement ends. */
function heldTogether(statement: string, text: string, at: number): string {
  const before = text.slice(0, at);
  const tool = /^[ \t]*--[ \t]*\+(goose|migrate)[ \t]+up\b/im.exec(before)?.[1];
  const held = [...before.matchAll(/^[ \t]*--[ \t]*\+\w+[ \t]+Statement(Begin|End)\b/gim)].at(-1)?.[1]?.toLowerCase() === 'begin';
  if (tool === undefined || held || !statement.includes('$$')) return statement;
  return `-- +${tool} StatementBegin\n${statement}\n-- +${tool} StatementEnd`;
}

/** The ALTER TABLE with its other subcommands; undefined where the action is all of it. */
function withoutAction({ statement, change }: IntentOf<'splitMigration'>): string | undefined {
  if (statement.node !== 'AlterTableStmt') return undefined;
  const source = sourceOf(statement);
  const from = source.after(change.span.start - statement.span.start);
  const to = source.after(change.span.end - statement.span.start);
  const { text } = statement;
  const start = (index: number): number => source.tokens[index]?.start ?? text.length;
  if (source.is(to, ',')) return text.slice(0, start(from)) + text.slice(start(to + 1));
  if (source.is(from - 1, ',')) return text.slice(0, start(from - 1)).trimEnd() + text.slice(source.range({ from, to }).end);
  return undefined;
}
