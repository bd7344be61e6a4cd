// Reports builds of an index that a second run skips although the first one failed.
import type { Fix, Rule } from '../../linter/rule';
import type { ChangeOf, Migration, Statement } from '../../model/changes';
import { mayBeInUse } from '../../model/lifetime';
import type { MigrationStep } from '../../model/intents';
import { isPartitioned } from '../../model/partitions';
import { isNamedLater, wayOut } from '../../model/runners';
import { inCaseOf, isWord, quoted, sourceOf, sqlTokens, type SqlToken } from '../../model/sql-text';
import { partOf } from '../../text/span';

export const invalidIndexRetry: Rule = {
  id: 'invalid-index-retry',
  meta: {
    title: 'IF NOT EXISTS takes the invalid index that a failed CONCURRENTLY build left for the real one.',
    severity: 'warning',
    fix: 'review',
    dialects: ['postgresql'],
    bible: '+',
  },
  visit: {
    *change(change, { schema }) {
      if (change.verb !== 'addIndex' || !change.ifNotExists || !change.index.concurrently || !mayBeInUse(change.lifetime)) return;
      const { name } = change.index;
      const { statement } = change;
      // Inside a transaction, and on a partitioned table, it fails at once and leaves nothing.
      if (change.table && isPartitioned(schema, change.table)) return;
      if (name === undefined || statement.inTransaction || isDropped(name, statement, schema.migrations)) return;
      const words = ifNotExists(statement);
      if (!words) return;
      const fix = fixFor(change, words, schema.migrations);
      yield {
        at: partOf(statement.span, words.first.start, words.last.end),
        message: `A build of \`${name}\` that fails leaves an invalid index behind, and with IF NOT EXISTS the next run takes that for the real one: no query ever uses it, and every write still pays for it.`,
        help: 'Drop what a failed run left first: `DROP INDEX CONCURRENTLY IF EXISTS`.',
        ...(fix && { fixes: [fix] }),
      };
    },
  },
};

interface Words {
  readonly first: SqlToken;
  readonly last: SqlToken;
}

function ifNotExists({ text }: Statement): Words | undefined {
  const tokens = sqlTokens(text);
  const at = tokens.findIndex((token, i) => isWord(token, 'IF') && isWord(tokens[i + 1], 'NOT') && isWord(tokens[i + 2], 'EXISTS'));
  const first = tokens[at];
  const last = tokens[at + 2];
  return first && last ? { first, last } : undefined;
}

/** Whether this file, or the one before it, drops an index of that name first. */
function isDropped(name: string, statement: Statement, migrations: readonly Migration[]): boolean {
  const { migration, position } = statement;
  const before = migrations[migrations.indexOf(migration) - 1]?.statements ?? [];
  return [...before, ...migration.statements.slice(0, position)].some((each) =>
    each.changes.some((change) => change.verb === 'dropIndex' && change.names.some((dropped) => dropped.name === name)),
  );
}

function fixFor(change: ChangeOf<'addIndex'>, { first, last }: Words, migrations: readonly Migration[]): Fix | undefined {
  const { statement, index } = change;
  const { migration, text } = statement;
  const written = sourceOf(statement, index.nameSpan) ?? quoted(index.name ?? '', true);
  const drop = inCaseOf(text, 'DROP INDEX CONCURRENTLY IF EXISTS') + ` ${schemaOf(statement)}${written};`;
  const create = `${text.slice(0, first.start)}${text.slice(last.end).trimStart()};`;
  const apart = migration.transaction === 'file-if-many' || migration.runner === 'prisma';
  if (!apart) {
    const steps = [{ name: '', statements: [drop, create] }];
    return {
      title: 'Drop what a failed run left, then build it',
      kind: 'review',
      preferred: true,
      intent: () => ({ do: 'splitMigration', statement, change, steps, where: 'here' }),
    };
  }
  // Two statements would be one query, and so a transaction.
  if (wayOut(migration) !== 'whole' || isNamedLater(index.name ?? '', statement, migrations)) return undefined;
  const name = (index.name ?? 'index').replaceAll(/[^A-Za-z0-9]+/g, '_').toLowerCase();
  const out = (verb: string, sql: string): MigrationStep => ({ name: `${verb}_${name}`, statements: [sql], outsideTransaction: true });
  const here = migration.statements.length === 1 ? [] : [{ name: '', statements: [] }];
  const steps = [...here, out('drop', drop), out('create', create)];
  return {
    title: 'Drop what a failed run left, and build it in the next migration',
    kind: 'review',
    preferred: true,
    intent: () => ({ do: 'splitMigration', statement, change, steps, where: 'next' }),
  };
}

/** An index lives in its table's schema, which DROP INDEX must name where CREATE INDEX does: as the author writes it. */
function schemaOf({ text }: Statement): string {
  const tokens = sqlTokens(text);
  const on = tokens.findIndex((token) => isWord(token, 'ON'));
  const at = isWord(tokens[on + 1], 'ONLY') ? on + 2 : on + 1;
  return tokens[at + 1]?.text === '.' ? `${tokens[at]?.text ?? ''}.` : '';
}
