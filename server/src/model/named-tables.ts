// Which table a name means: `tagIds`, `author_user_id` and the like name the table whose keys they hold.
import type { Table, TableName } from './nodes';
import { singular } from './words';

/** Looks a table up by its database name. */
export type FindTable = (name: TableName) => Table | undefined;

/** Systems of others: what stands behind such a word is their row, not one of ours. */
const OUTSIDE = new Set([
  'stripe', 'paypal', 'paddle', 'github', 'gitlab', 'google', 'gcp', 'aws', 'azure', 'slack', 'discord', 'telegram', 'twilio', 'twitter',
  'facebook', 'meta', 'instagram', 'linkedin', 'apple', 'microsoft', 'shopify', 'hubspot', 'salesforce', 'intercom', 'zendesk', 'notion',
  'jira', 'linear', 'asana', 'trello', 'clerk', 'auth0', 'okta', 'firebase', 'supabase', 'external', 'foreign', 'remote', 'provider',
  'vendor', 'upstream', 'source', 'legacy', 'old', 'third', 'webhook', 'smtp', 'mail', 'email', 'openai', 'anthropic', 'vercel',
]); // prettier-ignore

/**
 * The table that words such as `assigned user` name, in any of the usual spellings: of all words, else of the last ones,
 * as the first may say what the other row is to this one.
 */
export function tableNamed(parts: readonly string[], find: FindTable): Table | undefined {
  for (let from = 0; from < parts.length; from++) {
    if (from > 0 && OUTSIDE.has(parts[from - 1] ?? '')) return undefined;
    for (const name of spellings(parts.slice(from))) {
      const table = find({ name });
      if (table?.objectKind === 'table') return table;
    }
  }
  return undefined;
}

function* spellings(parts: readonly string[]): Generator<string> {
  const last = singular(parts.at(-1) ?? '');
  for (const ending of [last, plural(last)]) {
    const all = [...parts.slice(0, -1), ending];
    const capitals = all.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
    yield all.join('_');
    yield capitals;
    if (all.length > 1) yield capitals.charAt(0).toLowerCase() + capitals.slice(1);
  }
}

/** An English plural, good enough to compare names with. */
export function plural(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  if (/(?:s|x|z|ch|sh)$/.test(word)) return `${word}es`;
  return word === 'person' ? 'people' : word === 'child' ? 'children' : `${word}s`;
}
