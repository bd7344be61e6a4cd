// Adds columns such as createdAt to a table: through the helper that the file spreads elsewhere, or written out in the
// file's own naming.
import type { ts } from 'ts-morph';
import type { ColumnGoal, IntentOf } from '../../../model/intents';
import { snakeCase } from '../../../model/naming-style';
import type { Dialect, Table } from '../../../model/nodes';
import type { Edit } from '../../../text/edit';
import type { WriteContext } from '../../language';
import { innerBinding } from '../../typescript/bindings';
import { unchain } from '../calls';
import { objectEntries } from '../columns';
import { compiler } from '../../typescript/compiler';
import { isFunction, plain, propertyName, returned } from '../../typescript/syntax';
import { coreModule } from '../vocabulary';
import { draftOf, place, quoted, startOf, tableAt, textOf, type Draft } from './draft';
import { importEdits, spelling, type Wanted } from './imports';
import { append, listOf } from './lists';

export function addColumns({ table, columns }: IntentOf<'addColumns'>, context: WriteContext): readonly Edit[] | undefined {
  const draft = draftOf(table.span.file, context);
  const found = draft && tableAt(draft, table);
  const argument = found?.node.arguments[1];
  if (!draft || !found || !argument) return undefined;
  const object = columnsObject(argument);
  if (!object) return undefined;
  const list = listOf(draft, object, object.properties);
  const helper = spreadHelper(draft, table, columns, context);
  if (helper !== undefined) return append(draft, list, [`...${helper}`]);
  const written = writtenOut(draft, table, object, columns, found.call.dialect);
  if (!written) return undefined;
  return [...importEdits(draft, written.wanted), ...append(draft, list, written.items)];
}

/** The literal that a columns argument is, or that its callback returns. */
export function columnsObject(argument: ts.Expression): ts.ObjectLiteralExpression | undefined {
  const node = plain(argument);
  const result = isFunction(node) ? returned(node) : undefined;
  const object = result ? plain(result) : node;
  return compiler.isObjectLiteralExpression(object) ? object : undefined;
}

const GOALS: Readonly<Record<string, ColumnGoal>> = { createdat: 'createdAt', updatedat: 'updatedAt', deletedat: 'deletedAt', version: 'version' };

/** The text behind the dots of a spread that gives exactly the columns wanted. */
function spreadHelper(draft: Draft, table: Table, goals: readonly ColumnGoal[], context: WriteContext): string | undefined {
  const gives = (node: ts.Node | undefined, at: Parameters<typeof objectEntries>[0]): boolean => {
    if (!node) return false;
    const { entries, partial } = objectEntries(at, draft.resolver);
    const given = entries.map(({ key }) => GOALS[key.replaceAll('_', '').toLowerCase()]);
    return !partial && given.length === goals.length && goals.every((goal) => given.includes(goal));
  };
  for (const other of context.schema.tables) {
    const argument = other.span.file === table.span.file ? tableAt(draft, other)?.node.arguments[1] : undefined;
    for (const property of (argument && columnsObject(argument)?.properties) ?? []) {
      if (!compiler.isSpreadAssignment(property) || !standsAlone(property.expression)) continue;
      if (gives(property.expression, place(draft, property.expression))) return textOf(draft, property.expression);
    }
  }
  for (const [name, binding] of draft.parsed.scope().bindings) {
    if (binding.kind === 'declaration' && binding.piece.node.pos > table.span.start) continue;
    const meaning = draft.resolver.top(draft.parsed.path, name);
    if (meaning?.kind !== 'node') continue;
    const { node } = meaning.place;
    if (isFunction(node)) {
      if (node.parameters.every(({ initializer, questionToken }) => initializer ?? questionToken) && gives(node, meaning.place)) return `${name}()`;
    } else if (compiler.isObjectLiteralExpression(node)) {
      if (gives(node, meaning.place)) return name;
      for (const property of node.properties) {
        const key = compiler.isPropertyAssignment(property) ? propertyName(property.name) : undefined;
        const member = key === undefined ? undefined : draft.resolver.property({ ...meaning.place, node }, key);
        if (key !== undefined && member && member !== 'unknown' && gives(member.node, member)) return `${name}.${key}`;
      }
    }
  }
  return undefined;
}

/** A spread that means the same in any table: no call's argument or name from around it goes into it. */
function standsAlone(node: ts.Expression): boolean {
  const inner = plain(node);
  if (compiler.isCallExpression(inner)) return inner.arguments.length === 0 && standsAlone(inner.expression);
  if (compiler.isPropertyAccessExpression(inner)) return standsAlone(inner.expression);
  return compiler.isIdentifier(inner) && innerBinding(inner) === undefined;
}

interface Written {
  readonly items: readonly string[];
  readonly wanted: readonly Wanted[];
}

function writtenOut(
  draft: Draft,
  table: Table,
  object: ts.ObjectLiteralExpression,
  goals: readonly ColumnGoal[],
  dialect: Dialect,
): Written | undefined {
  const style = styleOf(draft, table, object);
  const items: string[] = [];
  const wanted: Wanted[] = [];
  for (const goal of goals) {
    const builder = builderFor(goal, dialect);
    const callee = builder && calleeOf(draft, dialect, builder.name, style, wanted);
    const rest = builder && linksOf(draft, goal, builder, wanted);
    if (!builder || callee === undefined || rest === undefined) return undefined;
    const key = style.snakeKeys ? snakeCase(goal) : goal;
    const name = style.named ? [quoted(draft, style.snakeNames ? snakeCase(goal) : goal)] : [];
    const args = [...name, ...(builder.options ? [builder.options(draft)] : [])].join(', ');
    items.push(`${key}: ${callee}(${args})${rest}`);
  }
  return { items, wanted };
}

/** How the builder is called here; what that needs imported goes to `wanted`. */
function calleeOf(draft: Draft, dialect: Dialect, name: string, { prefix }: Style, wanted: Wanted[]): string | undefined {
  if (prefix !== undefined) return `${prefix}.${name}`;
  const module = coreModule(dialect);
  const want = module === undefined ? undefined : { module, name };
  const spelled = want && spelling(draft, want);
  if (want && spelled !== undefined) wanted.push(want);
  return spelled;
}

/** What stands behind the builder's call: whether rows may lack the value, and what a new one gets. */
function linksOf(draft: Draft, goal: ColumnGoal, { now, call = 'defaultNow' }: Builder, wanted: Wanted[]): string | undefined {
  if (goal === 'deletedAt') return '';
  if (goal === 'version') return '.notNull().default(1)';
  const updated = goal === 'updatedAt' ? '.$onUpdate(() => new Date())' : '';
  if (now === undefined) return `.notNull().${call}()${updated}`;
  const sql = { module: 'drizzle-orm', name: 'sql' };
  const tag = spelling(draft, sql);
  if (tag === undefined) return undefined;
  wanted.push(sql);
  return `.notNull().default(${tag}\`${now}\`)${updated}`;
}

interface Builder {
  readonly name: string;
  /** Options, quotes as the file has them. */
  readonly options?: (draft: Draft) => string;
  /** SQL of the present where `.defaultNow()` doesn't exist. */
  readonly now?: string;
  /** What that call is called, where it has another name. */
  readonly call?: string;
}

function builderFor(goal: ColumnGoal, dialect: Dialect): Builder | undefined {
  const counts = goal === 'version';
  switch (dialect) {
    case 'postgresql':
      return counts ? { name: 'integer' } : { name: 'timestamp', options: () => '{ withTimezone: true }' };
    case 'cockroachdb':
      return counts ? { name: 'int4' } : { name: 'timestamp', options: () => '{ withTimezone: true }' };
    case 'mysql':
    case 'singlestore':
      return { name: counts ? 'int' : 'timestamp' };
    case 'sqlite':
      return counts ? { name: 'integer' } : { name: 'integer', options: (draft) => `{ mode: ${quoted(draft, 'timestamp')} }`, now: '(unixepoch())' };
    case 'sqlserver':
      return counts ? { name: 'int' } : { name: 'datetime2', call: 'defaultGetDate' };
    case 'gel':
    case 'mongodb':
    case 'clickhouse':
    case 'unknown':
      return undefined;
  }
}

export interface Style {
  /** What stands in front of the builders: a namespace or the callback's parameter. */
  readonly prefix: string | undefined;
  readonly named: boolean;
  readonly snakeNames: boolean;
  readonly snakeKeys: boolean;
}

/** How the table's own columns are written; names that tell nothing, such as `id`, count for neither style. */
export function styleOf(draft: Draft, table: Table, object: ts.ObjectLiteralExpression): Style {
  let named = 0;
  let cased = false;
  let unnamed = 0;
  let prefix: string | undefined;
  for (const property of object.properties) {
    if (!compiler.isPropertyAssignment(property)) continue;
    const chain = unchain(place(draft, property.initializer), draft.resolver);
    if (!chain || chain.base.source !== draft.parsed || startOf(draft, chain.base.node) < table.span.start) continue;
    const [argument] = chain.base.node.arguments;
    const key = propertyName(property.name);
    if (!argument || !compiler.isStringLiteralLike(argument)) unnamed++;
    else named++;
    // Nothing else makes the key's name in another case of it.
    cased ||= key !== undefined && argument !== undefined && compiler.isStringLiteralLike(argument) && argument.text !== key && argument.text === snakeCase(key);
    const callee = chain.base.node.expression;
    if (compiler.isPropertyAccessExpression(callee) && compiler.isIdentifier(callee.expression)) prefix ??= callee.expression.text;
  }
  const telling = (names: readonly string[]) => ({
    snake: names.filter((name) => /[a-z0-9]_[a-z]/.test(name)).length,
    camel: names.filter((name) => /[a-z][A-Z]/.test(name)).length,
  });
  const own = telling(table.columns.map(({ dbName }) => dbName));
  const keys = telling(table.columns.map(({ name }) => name));
  return { prefix, named: cased || (named > 0 && named >= unnamed), snakeNames: own.snake >= own.camel, snakeKeys: keys.snake > keys.camel };
}
