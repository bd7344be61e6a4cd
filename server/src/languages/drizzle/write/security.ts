// Writes row level security: its call and its policy into the table, and what Drizzle can't say as a next migration.
import type { ts } from 'ts-morph';
import { atLeast } from '../../../model/facts';
import type { IntentOf } from '../../../model/intents';
import type { Table } from '../../../model/nodes';
import { securityStatements, securityStep, TENANT_POLICY, tenantRead } from '../../../model/security-sql';
import { quoted as sqlName } from '../../../model/sql-text';
import type { Edit } from '../../../text/edit';
import type { WriteContext } from '../../language';
import { compiler } from '../../typescript/compiler';
import { plain, propertyName } from '../../typescript/syntax';
import { functionRole } from '../vocabulary';
import { draftOf, edit, nodeAt, place, quoted, tableAt, textOf, type Draft } from './draft';
import { insertExtra, memberText } from './extra';
import { spelling, type Wanted } from './imports';
import { append, listOf } from './lists';

type Edits = readonly Edit[] | undefined;

export function enableRowSecurity(intent: IntentOf<'enableRowSecurity'>, context: WriteContext): Edits {
  const { table, force, policy } = intent;
  const written = policy ? withPolicy(table, policy, context) : [];
  const forced = force ? forceLater(table, context) : [];
  return written && forced && [...written, ...forced];
}

/** No call of Drizzle's gives FORCE ROW LEVEL SECURITY. */
function forceLater(table: Table, context: WriteContext): Edits {
  const goal = { enable: false, force: true };
  const statements = securityStatements(table, goal, { keywords: (words) => words, identifier: (name) => sqlName(name, true) });
  return statements && context.nextMigrations(undefined, [{ name: `force_${securityStep(table)}`, statements }]);
}

const SQL: Wanted = { module: 'drizzle-orm', name: 'sql' };

function withPolicy(table: Table, { column, setting }: NonNullable<IntentOf<'enableRowSecurity'>['policy']>, context: WriteContext): Edits {
  const draft = draftOf(table.span.file, context);
  const found = draft && tableAt(draft, table);
  const read = tenantRead(column, setting);
  // Policies came with 0.36.
  if (!found || read === undefined || atLeast(context.facts.drizzleVersion, 0, 36) === false) return undefined;
  const tag = spelling(draft, SQL);
  if (tag === undefined) return undefined;
  return insertExtra(draft, table, context, {
    symbol: 'pgPolicy',
    key: 'tenantIsolation',
    members: [column.name],
    text: (pgPolicy, owner) =>
      `${pgPolicy}(${quoted(draft, TENANT_POLICY)}, { using: ${tag}\`\${${memberText(draft, owner, column.name)}} = ${read}\` })`,
    edits: securing(draft, found.node, context),
    wanted: [SQL],
  });
}

/** `.enableRLS()` behind the table, or `.withRLS` on its function since 1.0. A table creator of the author's has neither. */
function securing(draft: Draft, call: ts.CallExpression, { facts }: WriteContext): readonly Edit[] {
  if (atLeast(facts.drizzleVersion, 1) !== true) return [edit(draft, call.end, call.end, '.enableRLS()')];
  const callee = plain(call.expression);
  const own = draft.resolver.drizzleName(place(draft, callee))?.name;
  const isDrizzles = compiler.isPropertyAccessExpression(callee) || (own !== undefined && functionRole(own)?.role === 'table');
  return isDrizzles ? [edit(draft, call.expression.end, call.expression.end, '.withRLS')] : [];
}

/** `withCheck` beside `using`, with the same template. */
export function copyUsing({ policy: { using } }: IntentOf<'copyUsing'>, context: WriteContext): Edits {
  const draft = using && draftOf(using.span.file, context);
  let node = draft && nodeAt(draft, using.span);
  while (node && !compiler.isPropertyAssignment(node) && !compiler.isStatement(node)) node = node.parent;
  if (!draft || !node || !compiler.isPropertyAssignment(node) || propertyName(node.name) !== 'using') return undefined;
  const object = node.parent;
  return append(draft, listOf(draft, object, object.properties), [`withCheck: ${textOf(draft, node.initializer)}`]);
}
