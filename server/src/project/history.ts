// Whether a folder of migrations tells the whole story of its database.
import type { ClaimedFolder } from './sql-folders';

/** Tools whose databases hold tables before the first migration, or that nobody knows. */
const BEGIN_WITH_SOMETHING: readonly string[] = ['supabase', 'hasura', 'liquibase', 'plain'];

const CREATES = /\bcreate\s+(?:unlogged\s+)?table\b/i;
const TOUCHES =
  /\b(?:alter\s+table|drop\s+table|insert\s+into|delete\s+from|create\s+(?:unique\s+)?index|update\s+(?:only\s+)?["\w.]+(?:\s+as\s+\w+)?\s+set)\b/i;
/** Comments, strings and function bodies say nothing about tables that must be there. */
const NOISE = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|\$(\w*)\$[\s\S]*?\$\1\$/g;

/** True when the migrations create a table before they touch any: they begin with an empty database. */
export function completeHistory({ runner, folder, claim }: ClaimedFolder): boolean {
  if (BEGIN_WITH_SOMETHING.includes(runner.id) || folder.programs) return false;
  for (const name of claim.migrations) {
    const text = folder.sql.get(name) ?? '';
    const { start, end } = runner.read?.(text, name, folder).up ?? { start: 0, end: text.length };
    const statements = text.slice(start, end).replaceAll(NOISE, ' ');
    const creates = CREATES.exec(statements);
    const touches = TOUCHES.exec(statements);
    if (creates) return touches === null || creates.index < touches.index;
    if (touches) return false;
  }
  return false;
}
