// Whether a folder of migrations tells the whole story of its database.
import type { ClaimedFolder } from './sql-folders';

/** Tools whose databases hold tables before the first migration, or that nobody knows. */
const BEGIN_WITH_SOMETHING: readonly string[] = ['supabase', 'hasura', 'plain'];

/** True when the first migration creates a table before it touches any: it begins with an empty database. */
export function completeHistory({ runner, folder, claim }: ClaimedFolder): boolean {
  const [first] = claim.migrations;
  if (first === undefined || BEGIN_WITH_SOMETHING.includes(runner.id)) return false;
  const text = folder.sql.get(first) ?? '';
  const { start, end } = runner.read?.(text, first, folder).up ?? { start: 0, end: text.length };
  const statements = text.slice(start, end).replaceAll(/--[^\n]*|\/\*[\s\S]*?\*\//g, ' ');
  const creates = /\bcreate\s+(?:unlogged\s+)?table\b/i.exec(statements);
  const touches = /\b(?:alter\s+table|drop\s+table|update|insert\s+into|delete\s+from|create\s+(?:unique\s+)?index)\b/i.exec(statements);
  return creates !== null && (touches === null || creates.index < touches.index);
}
