// Values that a transaction adds to an enum and uses before it ends, which PostgreSQL refuses (55P04, "unsafe use of new
// value"): the value must be committed first.
import type { Span } from '../text/span';
import type { ChangeOf, Migration, Statement } from './changes';
import { usesOfValue } from './enum-uses';
import type { Schema } from './nodes';

export type AddedValue = ChangeOf<'addEnumValue'>;

/** A statement that uses a value which isn't committed yet. */
export interface EarlyUse {
  readonly statement: Statement;
  readonly at: Span;
}

export interface UsedTooEarly {
  readonly added: AddedValue;
  /** In the order in which they run, all in one file. */
  readonly uses: readonly EarlyUse[];
}

/**
 * The values that statements of the migration use in the transaction which adds them. Where a runner has all pending files
 * in one transaction, those that an earlier pending file adds are among them, unless a file before uses them already.
 */
export function usedTooEarly(migration: Migration, schema: Schema, version: number | undefined): readonly UsedTooEarly[] {
  const told: Open[] = [];
  // What the transaction has added so far.
  let open: Open[] = [];
  for (const each of [...pendingBefore(migration, schema), migration]) {
    let last = each.statements[0]?.transaction;
    open = last === undefined ? [] : open.filter(({ uses }) => uses.length === 0);
    for (const statement of each.statements) {
      if (statement.transaction !== last) open = [];
      last = statement.transaction;
      noteUses(open, statement, schema);
      const added = last === undefined ? [] : valuesAddedBy(statement, version, schema);
      for (const value of added) {
        const one = { added: value, uses: [] };
        open.push(one);
        if (each === migration) told.push(one);
      }
    }
    if (each !== migration) told.splice(0, told.length, ...open);
  }
  return told.filter(({ uses }) => uses.length > 0);
}

interface Open {
  readonly added: AddedValue;
  readonly uses: EarlyUse[];
}

function noteUses(open: readonly Open[], statement: Statement, schema: Schema): void {
  for (const { added, uses } of open) {
    const [at] = usesOfValue(statement, added.enumBefore?.dbName ?? added.name, added.value, schema);
    if (at) uses.push({ statement, at });
  }
}

/** Pending files that run before it in the same transaction. */
function pendingBefore(migration: Migration, schema: Schema): readonly Migration[] {
  // Without git nobody knows what is pending.
  if (migration.transaction !== 'all' || migration.committed || !schema.committed?.size) return [];
  const { migrations } = schema;
  const before = migrations.slice(0, Math.max(migrations.indexOf(migration), 0));
  return before.filter((each) => !each.committed && each.transaction === 'all');
}

function valuesAddedBy({ changes }: Statement, version: number | undefined, schema: Schema): AddedValue[] {
  return changes.filter((change): change is AddedValue => change.verb === 'addEnumValue' && isNew(change, version, schema));
}

/** Whether the value is one that the enum doesn't have, and must be committed before it can be used. */
function isNew({ statement, enumBefore, value }: AddedValue, version: number | undefined, schema: Schema): boolean {
  if (statement.node === 'DoStmt') return false;
  if (!enumBefore) return true;
  if (enumBefore.values.includes(value)) return false;
  // From PostgreSQL 17 on, the values of a type that the transaction itself has made are good at once.
  return (version !== undefined && version < 17) || !isMadeWith(statement, enumBefore.span, schema);
}

function isMadeWith({ migration, transaction }: Statement, made: Span, { migrations }: Schema): boolean {
  if (made.file === migration.file) {
    return migration.statements.some(({ span, transaction: own }) => own === transaction && span.start <= made.start && made.end <= span.end);
  }
  const maker = migrations.find(({ file }) => file === made.file);
  return migration.transaction === 'all' && maker?.committed === false && !migration.committed;
}
