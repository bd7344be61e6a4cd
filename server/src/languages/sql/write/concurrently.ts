// Makes an index statement CONCURRENTLY, or takes one that is out of its transaction, where and how its runner can execute that.
import type { Edit } from '../../../text/edit';
import type { IntentOf } from '../../../model/intents';
import type { Change, ChangeOf, RunnerId, Statement } from '../../../model/changes';
import { outsideOnly } from '../../../model/outside-transaction';
import { flywaySees, isNamedLater, isWrapped, wayOut } from '../../../model/runners';
import type { WriteContext } from '../../language';
import type { SqlParsed } from '../parse/parsed';
import { afterSemicolon, fileOf, inCaseOf, joinStatements, newlineOf, removeStatement, sourceOf } from './text';

export function buildConcurrently({ change }: IntentOf<'buildConcurrently'>, context: WriteContext): readonly Edit[] | undefined {
  const { statement } = change;
  const parsed = fileOf(context, statement.span);
  const rewritten = parsed && outside(statement, context);
  if (!parsed || !rewritten) return undefined;
  // REFRESH … CONCURRENTLY runs inside a transaction as well.
  if (!isWrapped(change) || change.verb === 'refreshView') return [replaceStatement(context, parsed, statement, rewritten)];
  const { migration } = statement;
  const alone = migration.statements.length === 1;
  return alone ? inPlace(context, parsed, statement, rewritten) : apart(context, parsed, change, rewritten);
}

/** The statement as it is to run outside of a transaction: what says CONCURRENTLY already, or has no such form, as it is. */
function outside(statement: Statement, { schema }: WriteContext): readonly string[] | undefined {
  const refused = outsideOnly(statement, schema);
  const asIs = refused && [`${statement.text};`];
  return refused?.words.endsWith('CONCURRENTLY') ? asIs : (rewrite(statement) ?? asIs);
}

/** The only statement of its file: the file itself leaves the transaction. */
function inPlace(context: WriteContext, parsed: SqlParsed, statement: Statement, rewritten: readonly string[]): readonly Edit[] | undefined {
  const { migration } = statement;
  if (wayOut(migration) === 'commit') return [replaceStatement(context, parsed, statement, [commitFor(statement), ...rewritten])];
  const directive = noTransaction(migration.runner, parsed, rewritten);
  return directive && [...directive, replaceStatement(context, parsed, statement, rewritten)];
}

/** One of several: it moves to a migration of its own, unless something later relies on its place. */
function apart(context: WriteContext, parsed: SqlParsed, change: Change, rewritten: readonly string[]): readonly Edit[] | undefined {
  const { statement } = change;
  const { migrations } = context.schema;
  const way = wayOut(statement.migration);
  if (way === 'never' || namesOf(change).some((name) => isNamedLater(name, statement, migrations))) return undefined;
  if (change.verb === 'addIndex' && change.index.unique && isTargetLater(change, migrations)) return undefined;
  const statements = way === 'commit' ? [commitFor(statement), ...rewritten] : rewritten;
  const next = context.nextMigrations(parsed.path, [{ name: stepName(change), statements, outsideTransaction: true }]);
  return next && [removeStatement(parsed, statement.span), ...next];
}

function commitFor({ text }: Statement): string {
  return inCaseOf(text, 'COMMIT;');
}

function namesOf(change: Change): readonly string[] {
  if (change.verb === 'addIndex') return change.index.name === undefined ? [] : [change.index.name];
  if (change.verb === 'detachPartition') return [change.partition.name];
  return 'names' in change ? change.names.map(({ name }) => name) : [];
}

/** A later foreign key may need this unique index: one to the same columns, in any order. Without columns it needs the primary key. */
function isTargetLater({ index, statement, table }: ChangeOf<'addIndex'>, migrations: WriteContext['schema']['migrations']): boolean {
  const columns = index.parts.map(({ column }) => column?.toLowerCase() ?? '').sort().join();
  const from = migrations.indexOf(statement.migration);
  return migrations.slice(Math.max(from, 0)).some((migration) =>
    migration.statements.some(({ position, text }) => {
      if (migration === statement.migration && position <= statement.position) return false;
      return text.includes(table?.name ?? '') && [...text.matchAll(REFERENCED)].some(([, named = '']) => namesIn(named) === columns);
    }),
  );
}

/** The columns that a key references, in parentheses. */
const REFERENCED = /\bREFERENCES\s+(?:"(?:[^"]|"")*"|[\w$.])+\s*\(([^)]*)\)/gi;

/** Sorted and without regard to case: two columns that differ in nothing else are taken for one. */
function namesIn(list: string): string {
  const names = list.split(',').map((name) => name.trim().replace(/^"(.*)"$/s, '$1').replaceAll('""', '"'));
  return names.map((name) => name.toLowerCase()).sort().join();
}

function replaceStatement(context: WriteContext, parsed: SqlParsed, statement: Statement, rewritten: readonly string[]): Edit {
  const { start, end } = statement.span;
  const { offset, found } = afterSemicolon(parsed.text, end);
  const [only] = rewritten;
  if (rewritten.length === 1 && only !== undefined) return { file: parsed.path, start, end, newText: only.replace(/;$/, '') };
  return { file: parsed.path, start, end: found ? offset : end, newText: joinStatements(context, parsed, rewritten) };
}

/** The statement, or one statement for each of its names, with CONCURRENTLY; each ends in a semicolon. */
function rewrite({ text, span, node }: Statement): string[] | undefined {
  const source = sourceOf({ text, span });
  const at = source.find(source.all, ...objectWords(node));
  const keyword = source.tokens[at];
  if (!keyword || source.is(at + 1, 'CONCURRENTLY')) return undefined;
  const words = ` ${inCaseOf(text, 'CONCURRENTLY')}`;
  const head = text.slice(0, keyword.end) + words;
  // A failed build leaves an invalid index, which IF NOT EXISTS would take for the real one.
  const from = node === 'IndexStmt' && source.are(at + 1, 'IF', 'NOT', 'EXISTS') ? source.tokens[at + 3]?.end : undefined;
  if (node !== 'DropStmt') return [`${head}${text.slice(from ?? keyword.end)};`];
  // DROP INDEX CONCURRENTLY takes a single name and no CASCADE.
  const last = source.tokens.length - 1;
  if (source.is(last, 'CASCADE')) return undefined;
  const first = source.are(at + 1, 'IF', 'EXISTS') ? at + 3 : at + 1;
  const exists = first > at + 1 ? text.slice(keyword.end, source.tokens[first - 1]?.end) : '';
  const to = source.is(last, 'RESTRICT') ? last : last + 1;
  return source.elements({ from: first, to }).map((name) => `${head}${exists} ${source.raw(name)};`);
}

function objectWords(node: string): readonly string[] {
  switch (node) {
    case 'ReindexStmt':
      return ['TABLE', 'INDEX', 'SCHEMA', 'DATABASE'];
    case 'RefreshMatViewStmt':
      return ['VIEW'];
    default:
      return ['INDEX'];
  }
}

/** How the runner is told not to open a transaction for a file; undefined where it can't be told in the file. */
function noTransaction(runner: RunnerId, parsed: SqlParsed, rewritten: readonly string[]): readonly Edit[] | undefined {
  const { text, path: file } = parsed;
  const newline = newlineOf(text);
  const top = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const line = (words: string): readonly Edit[] => [{ file, start: top, end: top, newText: words + newline }];
  switch (runner) {
    case 'goose':
      return line('-- +goose NO TRANSACTION');
    case 'sqlx':
      return line('-- no-transaction');
    case 'atlas':
      return line(`-- atlas:txmode none${newline}`);
    case 'dbmate': {
      const mark = /^--[ \t]*migrate:up[^\r\n]*/im.exec(text);
      if (!mark) return undefined;
      const at = mark.index + mark[0].trimEnd().length;
      return [{ file, start: at, end: at, newText: ' transaction:false' }];
    }
    case 'liquibase': {
      const [mark, other] = [...text.matchAll(/^[ \t]*--[ \t]*changeset[ \t]+[^\r\n]*/gim)];
      if (!mark || other || /\brunInTransaction:/i.test(mark[0])) return undefined;
      const at = mark.index + mark[0].trimEnd().length;
      return [{ file, start: at, end: at, newText: ' runInTransaction:false' }];
    }
    case 'diesel': {
      const folder = file.slice(0, file.lastIndexOf('/') + 1);
      return [{ file: `${folder}metadata.toml`, start: 0, end: 0, newText: `run_in_transaction = false${newline}`, create: true }];
    }
    case 'flyway':
      if (rewritten.every(flywaySees)) return [];
      return [{ file: `${file}.conf`, start: 0, end: 0, newText: `executeInTransaction=false${newline}`, create: true }];
    case 'supabase':
      // It sees CONCURRENTLY itself and leaves the transaction out.
      return [];
    case 'prisma':
    case 'drizzle':
    case 'golang-migrate':
    case 'node-pg-migrate':
    case 'hasura':
    case 'plain':
      return undefined;
    default:
      return runner satisfies never;
  }
}

function stepName(change: Change): string {
  const { statement } = change;
  const words = /^\w+/.exec(statement.text)?.[0] ?? 'run';
  const name = namesOf(change)[0];
  const verb = VERBS[change.verb] ?? words;
  return `${verb}_${name ?? (change.verb === 'other' ? 'outside_transaction' : 'index')}`.replaceAll(/[^A-Za-z0-9]+/g, '_').toLowerCase();
}

const VERBS: Partial<Record<Change['verb'], string>> = { addIndex: 'create', dropIndex: 'drop', reindex: 'rebuild', detachPartition: 'detach' };
