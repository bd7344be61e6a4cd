// Reports statements that fail when a migration that stopped halfway is run again.
import type { Finding, Rule } from '../../linter/rule';
import type { Change, Statement } from '../../model/changes';
import { isWord, sqlTokens, type SqlToken } from '../../model/sql-text';
import { partOf, type Span } from '../../text/span';

export const nonIdempotent: Rule = {
  id: 'non-idempotent',
  meta: {
    title: 'A statement outside of a transaction fails when the migration is run again.',
    severity: 'off',
    fix: 'review',
    dialects: ['postgresql'],
    bible: '+',
  },
  visit: {
    *statement(statement) {
      if (!mayBeRepeated(statement)) return;
      const tokens = sqlTokens(statement.text);
      const gap = isWord(tokens[0], 'CREATE') ? inCreate(tokens) : isWord(tokens[0], 'DROP') ? inDrop(tokens) : undefined;
      if (gap && !(gap.leftover !== undefined && isDroppedBefore(gap.leftover, statement))) yield findingFor(gap, statement);
    },
    *change(change) {
      const { statement } = change;
      if (!mayBeRepeated(statement)) return;
      const gap = inAlter(change);
      if (gap && !(gap.leftover !== undefined && isDroppedBefore(gap.leftover, statement))) yield findingFor(gap, statement);
    },
  },
};

/** Whether it stays done when a later statement of its file fails. */
function mayBeRepeated({ inTransaction, migration, position }: Statement): boolean {
  return !inTransaction && position < migration.statements.length - 1;
}

/** Where a statement lacks IF [NOT] EXISTS; offsets are those of the statement's text. */
interface Gap {
  readonly words: 'IF EXISTS' | 'IF NOT EXISTS';
  readonly from: number;
  readonly to: number;
  /** Behind what the words go; absent where PostgreSQL has no such words or they would keep a broken index. */
  readonly after?: number;
  /** The name that has to be dropped first, where the words don't help. */
  readonly leftover?: string;
}

function findingFor({ words, from, to, after, leftover }: Gap, { span, text }: Statement): Finding {
  const at: Span = partOf(span, from, to);
  const again = words === 'IF EXISTS' ? 'it is gone already' : 'it is there already';
  const written = /^[a-z]/.test(text) ? words.toLowerCase() : words;
  const start = span.start + (after ?? 0);
  return {
    at,
    message: `This runs outside of a transaction: when a later statement fails and the migration is run again, it stops here, because ${again}.`,
    help: after === undefined ? `Drop it first, with IF EXISTS${leftover === undefined ? ', or give it a name' : ''}.` : `Add ${words}.`,
    ...(after !== undefined && {
      fixes: [
        {
          title: `Add ${words}`,
          kind: 'review' as const,
          preferred: true as const,
          intent: () => ({ do: 'replaceText' as const, edits: [{ file: span.file, start, end: start, newText: ` ${written}` }] }),
        },
      ],
    }),
  };
}

const CREATABLE = ['TABLE', 'SCHEMA', 'SEQUENCE', 'EXTENSION', 'INDEX'] as const;
const DROPPABLE = ['TABLE', 'INDEX', 'VIEW', 'SEQUENCE', 'TYPE', 'DOMAIN', 'SCHEMA', 'FUNCTION', 'PROCEDURE', 'ROUTINE', 'TRIGGER', 'POLICY', 'EXTENSION', 'RULE', 'PUBLICATION', 'ROLE'] as const;

function inCreate(tokens: readonly SqlToken[]): Gap | undefined {
  // Temporary tables end with the session, and OR REPLACE may be said again.
  const at = tokens.slice(0, 5).findIndex((token) => isWord(token, ...CREATABLE, 'TYPE', 'DOMAIN', 'POLICY', 'ROLE'));
  const materialized = tokens.findIndex((token, i) => isWord(token, 'MATERIALIZED') && isWord(tokens[i + 1], 'VIEW'));
  const word = materialized === 1 ? 2 : at;
  const head = tokens.slice(1, word);
  if (word < 1 || !head.every((token) => isWord(token, 'UNLOGGED', 'UNIQUE', 'MATERIALIZED', 'FOREIGN'))) return undefined;
  const keyword = tokens[word];
  const concurrently = isWord(tokens[word + 1], 'CONCURRENTLY');
  const first = word + (concurrently ? 2 : 1);
  const name = tokens[first];
  if (!keyword || !name || isWord(name, 'IF')) return undefined;
  const index = isWord(keyword, 'INDEX');
  // An index without a name gets a new one each time.
  if (index && isWord(name, 'ON')) return undefined;
  // A schema that is created with its tables takes no such words.
  if (isWord(keyword, 'SCHEMA') && tokens.slice(first).some((token) => isWord(token, 'CREATE', 'GRANT'))) return undefined;
  const last = lastPart(tokens, name);
  const gap = { words: 'IF NOT EXISTS' as const, from: name.start, to: last.end };
  const never = concurrently || isWord(keyword, 'TYPE', 'DOMAIN', 'POLICY', 'ROLE');
  return never ? { ...gap, leftover: bare(last) } : { ...gap, after: keyword.end };
}

function inDrop(tokens: readonly SqlToken[]): Gap | undefined {
  const word = isWord(tokens[1], 'MATERIALIZED', 'FOREIGN', 'EVENT') ? 2 : 1;
  const keyword = tokens[word];
  if (!keyword || !isWord(keyword, ...DROPPABLE)) return undefined;
  const last = isWord(tokens[word + 1], 'CONCURRENTLY') ? tokens[word + 1] : keyword;
  const name = tokens[word + (last === keyword ? 1 : 2)];
  if (!name || !last || isWord(name, 'IF')) return undefined;
  return { words: 'IF EXISTS', from: name.start, to: lastPart(tokens, name).end, after: last.end };
}

function inAlter({ verb, statement, span }: Change): Gap | undefined {
  if (statement.node !== 'AlterTableStmt' && statement.node !== 'AlterEnumStmt') return undefined;
  const from = span.start - statement.span.start;
  const tokens = sqlTokens(statement.text).filter((token) => token.start >= from && token.end <= from + span.end - span.start);
  switch (verb) {
    case 'addColumn':
    case 'dropColumn':
    case 'dropConstraint': {
      const last = isWord(tokens[1], 'COLUMN', 'CONSTRAINT') ? tokens[1] : tokens[0];
      const name = tokens[last === tokens[0] ? 1 : 2];
      if (!last || !name || isWord(name, 'IF')) return undefined;
      return { words: verb === 'addColumn' ? 'IF NOT EXISTS' : 'IF EXISTS', from: name.start, to: name.end, after: last.end };
    }
    case 'addForeignKey':
    case 'addConstraint': {
      const name = isWord(tokens[1], 'CONSTRAINT') ? tokens[2] : undefined;
      return name && { words: 'IF NOT EXISTS', from: name.start, to: name.end, leftover: bare(name) };
    }
    case 'addEnumValue': {
      const at = tokens.findIndex((token, i) => isWord(token, 'ADD') && isWord(tokens[i + 1], 'VALUE')) + 1;
      const [keyword, name] = [tokens[at], tokens[at + 1]];
      if (at === 0 || !keyword || !name || isWord(name, 'IF')) return undefined;
      return { words: 'IF NOT EXISTS', from: name.start, to: name.end, after: keyword.end };
    }
    default:
      return undefined;
  }
}

/** The last part of the name that begins there: of `app.tags`, `tags`. */
function lastPart(tokens: readonly SqlToken[], name: SqlToken): SqlToken {
  const at = tokens.indexOf(name);
  return (tokens[at + 1]?.text === '.' ? tokens[at + 2] : undefined) ?? name;
}

/** An identifier without its quotes. */
function bare({ kind, text }: SqlToken): string {
  return kind === 'quoted' ? text.slice(1, -1) : text.toLowerCase();
}

/** Whether this statement or one before it in the file drops that name IF EXISTS. */
function isDroppedBefore(name: string, { migration, position }: Statement): boolean {
  return migration.statements.some((each) => {
    if (each.position > position) return false;
    const tokens = sqlTokens(each.text);
    return tokens.some((token, i) => {
      const named = (token.kind === 'word' || token.kind === 'quoted') && bare(token) === name;
      const before = tokens.slice(Math.max(i - 6, 0), i);
      const exists = before.findIndex((one, k) => isWord(one, 'IF') && isWord(before[k + 1], 'EXISTS'));
      return named && exists > 0 && before.slice(0, exists).some((one) => isWord(one, 'DROP'));
    });
  });
}
