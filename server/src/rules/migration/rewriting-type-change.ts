// Reports changes of a column's type that read or write the whole table while everybody waits.
import type { Finding, Fix, Rule } from '../../linter/rule';
import { splitFixes } from '../../linter/split-fixes';
import type { ChangeOf } from '../../model/changes';
import { isEmptied } from '../../model/emptied';
import { isPartOfRecreation } from '../../model/enum-recreation';
import { mayBeInUse } from '../../model/lifetime';
import type { Schema } from '../../model/nodes';
import { typeChangeWork, type TypeWork } from '../../model/type-changes';
import { isReferenced } from './rewriting-type-change.reliance';
import { checkedSteps, typeChangeSteps } from './rewriting-type-change.steps';

type TypeChange = ChangeOf<'setType'>;

export const rewritingTypeChange: Rule = {
  id: 'rewriting-type-change',
  meta: {
    title: 'A migration changes the type of a column in a way that reads or writes the whole table.',
    severity: 'warning',
    fix: 'review',
    dialects: ['postgresql'],
    bible: 'L',
  },
  visit: {
    *change(change, { schema }) {
      if (change.verb !== 'setType' || !change.table || !mayBeInUse(change.lifetime) || isEmptied(change)) return;
      const work = typeChangeWork(change);
      // An enum that is made anew is one decision, of which unsafe-enum-change tells.
      if (work === 'none' || isPartOfRecreation(change)) return;
      yield found(change, work, schema);
    },
  },
};

function found(change: TypeChange, work: Exclude<TypeWork, 'none'>, schema: Schema): Finding {
  const column = `\`${change.columnName}\``;
  const table = `\`${change.table?.name ?? ''}\``;
  const wait = `under an ACCESS EXCLUSIVE lock: every read and write of ${table} waits until that is done.`;
  const does: Readonly<Record<typeof work, string>> = {
    rewrite: `writes every row of ${table} and all its indexes again`,
    scan: `leaves the rows as they are, but reads every row of ${table} for a CHECK on ${column}`,
    build: `leaves the rows as they are, but builds an index that uses ${column} again`,
    unknown: `may write every row of ${table} and all its indexes again, as the migrations don't tell enough of both types,`,
  };
  // All the changes of one statement are made in one go over the table.
  const repeated = earlier(change).some((each) => typeChangeWork(each) === 'rewrite');
  return {
    at: change.column?.type.span ?? change.span,
    message: `Changing the type of ${column} ${does[work]} ${wait}`,
    help: helpFor(change, work, schema),
    ...((repeated || work === 'unknown') && { quiet: true as const }),
    fixes: fixesFor(change, work, schema),
  };
}

function fixesFor(change: TypeChange, work: TypeWork, schema: Schema): Fix[] {
  if (work === 'rewrite' || work === 'build') {
    const split = typeChangeSteps(change, schema);
    return split ? splitFixes(split.change, split.steps, { title: `Fill a column of the new type beside \`${change.columnName}\`, then swap the two`, kind: 'review' }) : [];
  }
  if (work !== 'scan' || !change.before || typeChangeWork({ ...change, before: { ...change.before, checks: [] } }) !== 'none') return [];
  const steps = checkedSteps(change);
  return steps ? splitFixes(change, steps, { title: 'Add the CHECK again behind it with NOT VALID, then validate it', kind: 'review' }) : [];
}

/** Changes of type before it in the same ALTER TABLE. */
function earlier(change: TypeChange): TypeChange[] {
  const { changes } = change.statement;
  return changes.slice(0, changes.indexOf(change)).filter((each): each is TypeChange => each.verb === 'setType');
}

function helpFor(change: TypeChange, work: TypeWork, { migrations }: Schema): string {
  if (work === 'scan') return 'Drop the CHECK first, then add it again NOT VALID and validate it in a later transaction.';
  if (work === 'build') return 'Drop the index CONCURRENTLY first and build it again CONCURRENTLY afterwards, or put a column of the new type in its place.';
  const apart = change.statement.migration.transaction === 'all' ? ', each in a deploy of its own' : '';
  if (isKey(change, migrations)) {
    return `Add a column of the new type, keep both in step by a trigger, copy the values in batches, build its unique index CONCURRENTLY, do the same for the columns that refer to it, then swap the keys${apart}.`;
  }
  const limit = change.column?.type.family === 'text' && change.column.type.length !== undefined && change.column.type.form === 'varchar';
  const instead = limit ? ', or hold the length by a CHECK that is added NOT VALID and validated later' : '';
  return `Add a column of the new type, keep both in step by a trigger, copy the values in batches, then swap the two${apart}${instead}.`;
}

/** Whether rows are found by the column: it is in the primary key, or a foreign key refers to it. */
function isKey({ before, statement, columnName }: TypeChange, migrations: Schema['migrations']): boolean {
  if (!before) return false;
  return before.primaryKey?.parts.some(({ column }) => column === columnName) === true || isReferenced(before, columnName, statement, migrations);
}
