// Writes `.references(…)` on a column, with the import of the target and the index of the key.
import type { ts } from 'ts-morph';
import { sameTable } from '../../../model/names';
import type { IntentOf } from '../../../model/intents';
import type { Column, Dialect, Table } from '../../../model/nodes';
import type { Edit } from '../../../text/edit';
import type { WriteContext } from '../../language';
import { compiler } from '../../typescript/compiler';
import { isModuleParsed } from '../../typescript/parse';
import { plain } from '../../typescript/syntax';
import { coreModule } from '../vocabulary';
import { access, draftOf, edit, nodeAt, quoted, startOf, tableAt, type Draft } from './draft';
import { insertIndex } from './extra';
import { importEdits, spelling, type Wanted } from './imports';
import { relativeModule } from './other-tables';

/** A key of one column; one of several stands in the third argument, which is nothing to guess at. */
export function addForeignKey({ table, columns, target, targetColumns, onDelete, index }: IntentOf<'addForeignKey'>, context: WriteContext): readonly Edit[] | undefined {
  const [name, ...more] = columns;
  const column = table.columns.find(({ dbName }) => dbName === name);
  const other = target.columns.find(({ dbName }) => dbName === targetColumns[0]);
  const draft = column && draftOf(column.span.file, context);
  const link = draft && linkPlace(draft, column);
  const owner = draft && constantOf(draft, target, context);
  if (!link || !owner || !other || more.length > 0) return undefined;
  const type = reaches(target, table, context) ? anyColumn(table.dialect) : undefined;
  const annotation = type && spelling(draft, type);
  if (type && annotation === undefined) return undefined;
  const wanted = [...(owner.wanted ? [owner.wanted] : []), ...(type ? [type] : [])];
  const options = onDelete ? `, { onDelete: ${quoted(draft, onDelete)} }` : '';
  const call = `${link.lead}.references(()${annotation === undefined ? '' : `: ${annotation}`} => ${access(draft, owner.name, other.name)}${options})`;
  const edits = [edit(draft, link.at, link.at, call)];
  if (!index) return [...importEdits(draft, wanted), ...edits];
  return insertIndex(draft, table, index, context, { edits, wanted });
}

/** The end of a column's chain in its own table, and what stands between two calls of it. */
function linkPlace(draft: Draft, { span, table }: Column): { readonly at: number; readonly lead: string } | undefined {
  const own = span.file === table.span.file && table.span.start <= span.start && span.end <= table.span.end;
  const property = own && tableAt(draft, table) ? nodeAt(draft, span) : undefined;
  if (!property || !compiler.isPropertyAssignment(property)) return undefined;
  const last = plain(property.initializer);
  if (last !== property.initializer || !compiler.isCallExpression(last)) return undefined;
  const callee = last.expression;
  const between = compiler.isPropertyAccessExpression(callee) ? draft.text.slice(callee.expression.end, startOf(draft, callee.name)) : '';
  return { at: last.end, lead: /^\s*\n\s*(?=\.$)/.exec(between)?.[0] ?? '' };
}

interface Constant {
  readonly name: string;
  readonly wanted?: Wanted;
}

/** What the file calls a table, or will call it once it is imported. */
function constantOf(draft: Draft, target: Table, context: WriteContext): Constant | undefined {
  const { path } = draft.parsed;
  let specifier: string | undefined;
  for (const [local, binding] of draft.parsed.scope().bindings) {
    const meaning = draft.resolver.top(path, local);
    if (meaning?.kind === 'namespace' && meaning.source.path === target.span.file && isExported(target, context)) return { name: `${local}.${target.name}` };
    if (meaning?.kind !== 'node' || meaning.place.source.path !== target.span.file) continue;
    const { source, node } = meaning.place;
    if (node.getStart(source.sourceFile) === target.span.start) return { name: local };
    if (binding.kind === 'import') specifier ??= binding.specifier;
  }
  if (path === target.span.file || !isExported(target, context)) return undefined;
  const wanted = { module: specifier ?? relativeModule(draft, target.span.file, context), name: target.name };
  const name = spelling(draft, wanted);
  return name === undefined ? undefined : { name, wanted };
}

/** Whether the table's module exports it under its own name. */
function isExported({ name, span }: Table, context: WriteContext): boolean {
  const parsed = context.parsed(span.file);
  if (!isModuleParsed(parsed)) return false;
  const { bindings, exports } = parsed.scope();
  const listed = exports.get(name);
  if (listed) return listed.kind === 'local' && listed.name === name;
  const binding = bindings.get(name);
  const statement: ts.Statement | undefined = binding?.kind === 'declaration' ? binding.piece.node : undefined;
  return statement !== undefined && compiler.isVariableStatement(statement) && (statement.modifiers?.some(({ kind }) => kind === compiler.SyntaxKind.ExportKeyword) ?? false);
}

/** Whether foreign keys lead from one table to another, or are one table's own: then TypeScript can't infer their types. */
function reaches(from: Table, to: Table, { schema }: WriteContext): boolean {
  const waiting = [from];
  const seen = new Set(waiting);
  for (let table = waiting.pop(); table; table = waiting.pop()) {
    if (table === to) return true;
    for (const { target } of table.foreignKeys) {
      const next = schema.tables.find(({ dbName, dbSchema }) => sameTable(target, { name: dbName, schema: dbSchema }));
      if (next && !seen.has(next)) waiting.push(next);
      if (next) seen.add(next);
    }
  }
  return false;
}

const ANY_COLUMN: { readonly [D in Dialect]?: string } = {
  postgresql: 'AnyPgColumn',
  mysql: 'AnyMySqlColumn',
  sqlite: 'AnySQLiteColumn',
  cockroachdb: 'AnyCockroachColumn',
  sqlserver: 'AnyMsSqlColumn',
};

/** The type of any column of a dialect. */
function anyColumn(dialect: Dialect): Wanted | undefined {
  const name = ANY_COLUMN[dialect];
  const module = coreModule(dialect);
  return name !== undefined && module !== undefined ? { module, name, type: true } : undefined;
}
