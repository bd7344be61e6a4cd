// Tables and views as they were before an effect: those that it dropped, those that it made, and what it changed in the
// others. Both sides are compared by the DDL that the model spells.
import {
  addConstraint,
  createIndex,
  createPolicy,
  createTable,
  dropConstraint,
  dropIndex,
  dropPolicy,
  dropTable,
  identifier,
  isConstraint,
  qualified,
  setRowSecurity,
  sqlDefault,
} from '../../../../model/ddl';
import { nameOf } from '../../../../model/names';
import type { Check, Exclusion, ForeignKey, Index, Policy, Table } from '../../../../model/nodes';
import type { Draft } from '../../replay/draft';
import { generatedName } from '../../replay/object-names';
import { restoreColumns } from './columns';
import { commentsOn } from './comments';
import { byHand, known, note, spelledIn, tableIn, tableKey, type Lines, type Moment, type ViewLines } from './undoing';
import { wordsOf } from './words';

/** What turns the tables behind an effect into those before it. */
export function restoreTables(moment: Moment): Lines {
  const { before, after } = moment;
  const made = [...after.order].filter((draft) => !draft.temporary && !before.tables.exact(draft));
  // What this migration made it also drops, so nobody misses it.
  const gone = [...before.order].filter((draft) => !draft.temporary && !after.tables.exact(draft) && !moment.fresh.has(tableKey(draft)));
  const changed = [...before.order].flatMap((was) => {
    const is = after.tables.exact(was);
    return is && is.state !== was.state ? [{ was, is }] : [];
  });
  return [
    ...made.reverse().flatMap((draft) => removed(draft, moment)),
    ...gone.flatMap((draft) => recreated(draft, moment)),
    ...changed.flatMap(({ was, is }) => restored(was, is, moment)),
  ];
}

function removed(draft: Draft, moment: Moment): Lines {
  const { objectKind, createdIn } = draft;
  const table = tableIn(moment.after, draft);
  // A table that the history only alters wasn't made by this.
  if (createdIn === undefined) return restored({ ...draft, columns: [], indexes: [], foreignKeys: [], checks: [], loose: [], policies: [] }, draft, moment);
  if (objectKind === 'table') return [dropTable(table, moment.spelling)];
  return [droppedView(draft, moment)];
}

function recreated(draft: Draft, moment: Moment): Lines {
  const table = tableIn(moment.before, draft);
  const what = `DROP ${draft.objectKind.toUpperCase()} ${table.dbName}`;
  const spelling = spelledIn(moment, moment.before);
  const text = moment.textAt(draft.span);
  if (draft.objectKind !== 'table') {
    const body = moment.viewText(draft);
    if (body === undefined) return [{ view: tableKey(draft), does: 'make', lines: [byHand(what)] }];
    return [{ view: tableKey(draft), does: 'make', lines: [`${body};`, ...table.indexes.map((index) => known(createIndex(index, spelling), what))] }];
  }
  const written = createTable(table, spelling);
  const made = written ?? asWritten(draft, table, text, moment);
  if (!made) return [byHand(what)];
  const keys = [...table.foreignKeys, ...table.checks.filter(({ validated }) => !validated)];
  const lines = [
    note(`The rows of ${table.dbName} are lost.`),
    ...made,
    ...(written ? namedSequences(table, moment) : []),
    ...(written ? keys.map((key) => known(addConstraint(key, spelling), what)) : []),
    ...security(table, undefined, moment),
    ...(table.policies ?? []).map((policy) => createPolicy(policy, spelling)),
    ...moment.objects.of(nameOf(table)).flatMap(({ texts, renamed }) => texts.map((each) => (renamed ? byHand(each) : `${each};`))),
    ...commentsOn(table, moment.comments),
  ];
  // A table that was made of a query needs the views that it reads.
  return written || table.partitionOf ? lines : [{ view: tableKey(draft), does: 'make', lines }];
}

/** The sequences of serial columns have kept their names while table and columns got others. */
function namedSequences(table: Table, { spelling, wordAt }: Moment): string[] {
  const schema = table.dbSchema === undefined ? {} : { schema: table.dbSchema };
  return table.columns.flatMap((column) => {
    if (sqlDefault(column, spelling)?.kind !== 'serial') return [];
    const is = generatedName(table.dbName, column.dbName, 'seq');
    const was = generatedName(wordAt(table.nameSpan) ?? table.dbName, wordAt(column.nameSpan) ?? column.dbName, 'seq');
    return is.toLowerCase() === was.toLowerCase() ? [] : [`ALTER SEQUENCE ${qualified({ name: is, ...schema }, spelling)} RENAME TO ${identifier(was, spelling)};`];
  });
}

/** The statement that made the table, and the keys and indexes that came later. */
function asWritten(draft: Draft, table: Table, text: string | undefined, moment: Moment): readonly string[] | undefined {
  const { start, end, file } = draft.span;
  const within = ({ span }: { readonly span: Draft['span'] }): boolean => span.file === file && span.start >= start && span.end <= end;
  const untouched = draft.createdIn !== undefined && text !== undefined && (table.partitionOf ? true : table.columns.every(within));
  if (!untouched) return undefined;
  const parts = [...keysOf(table), ...(table.partitionOf ? [] : table.foreignKeys)];
  return [`${text};`, ...parts.filter((part) => !within(part)).map((part) => addedPart(part, moment))];
}

function restored(was: Draft, is: Draft, moment: Moment): Lines {
  const [before, after] = [tableIn(moment.before, was), tableIn(moment.after, is)];
  if (was.objectKind === 'view') return restoredView(was, is, before, moment);
  const foreign = changes(before.foreignKeys, after.foreignKeys, moment);
  // The table goes as it is, once no key stands in the way.
  if (moment.coarse && moment.fresh.has(tableKey(was))) return foreign.dropped.flatMap((key) => removedPart(key, moment));
  const keys = changes(keysOf(before), keysOf(after), moment);
  const policies = changedPolicies(before, after, moment);
  const partition = was.partitionOf?.name === is.partitionOf?.name ? [] : [byHand(`the partition ${is.name} of ${(is.partitionOf ?? was.partitionOf)?.name ?? ''}`)];
  const lost = new Set(after.columns.filter(({ dbName }) => !before.columns.some((column) => column.dbName === dbName)).map(({ dbName }) => dbName));
  return [
    ...policies.dropped.map((policy) => dropPolicy(policy, moment.spelling)),
    ...foreign.dropped.filter((key) => !key.columns.every((name) => lost.has(name))).flatMap((key) => removedPart(key, moment)),
    ...keys.dropped.filter((key) => !fallsWith(key, lost)).flatMap((key) => removedPart(key, moment)),
    ...(followsParent(is, moment) ? [] : restoreColumns(before, after, moment)),
    ...keys.added.map((key) => addedPart(key, moment)),
    ...foreign.added.map((key) => addedPart(key, moment)),
    ...security(before, after, moment),
    ...policies.added.map((policy) => createPolicy(policy, moment.spelling)),
    ...partition,
  ];
}

/** The columns of partitions and heirs change with those of the parent. */
function followsParent({ partitionOf }: Draft, { before, after }: Moment): boolean {
  return partitionOf !== undefined && before.tables.find(partitionOf)?.state !== after.tables.find(partitionOf)?.state;
}

function restoredView(was: Draft, is: Draft, view: Table, moment: Moment): Lines {
  if (was.span === is.span) return [];
  const text = moment.viewText(was);
  if (text === undefined) return [{ view: tableKey(was), does: 'make', lines: [byHand(`CREATE OR REPLACE VIEW ${was.name}`)] }];
  // A view that is replaced keeps its columns; the earlier one may have had fewer. What reads it makes way for a moment.
  const readers = readersOf(was, moment);
  return [
    ...[...readers].reverse().map((draft) => droppedView(draft, moment)),
    { view: tableKey(was), does: 'drop', lines: [`DROP VIEW ${qualified(nameOf(view), moment.spelling)};`] },
    { view: tableKey(was), does: 'make', lines: [`${text};`] },
    ...readers.flatMap((draft) => recreated(draft, { ...moment, before: moment.after })),
  ];
}

/** The views that read a view, directly or by way of others, each behind those that it reads itself. */
function readersOf({ name }: Draft, moment: Moment): Draft[] {
  const found: Draft[] = [];
  const names = [name];
  for (const wanted of names) {
    for (const draft of moment.after.order) {
      const text = draft.objectKind === 'table' || names.includes(draft.name) ? undefined : moment.textAt(draft.span);
      if (text === undefined || !wordsOf(text).has(wanted)) continue;
      found.push(draft);
      names.push(draft.name);
    }
  }
  return found;
}

function droppedView(draft: Draft, { spelling }: Moment): ViewLines {
  return { view: tableKey(draft), does: 'drop', lines: [`DROP ${draft.objectKind.toUpperCase()} ${qualified(draft, spelling)};`] };
}

type Part = Index | Check | ForeignKey | Exclusion;

function keysOf({ primaryKey, indexes, checks, exclusions = [] }: Table): Part[] {
  return [...(primaryKey ? [primaryKey] : []), ...indexes, ...checks, ...exclusions];
}

/** Parts that only one side has, or that it has in another form. */
function changes<T extends Part>(before: readonly T[], after: readonly T[], moment: Moment): { readonly dropped: readonly T[]; readonly added: readonly T[] } {
  const spelled = (part: T): string => definition(part, moment) ?? part.span.file + part.span.start;
  const [was, is] = [new Set(before.map(spelled)), new Set(after.map(spelled))];
  return { dropped: after.filter((part) => !was.has(spelled(part))), added: before.filter((part) => !is.has(spelled(part))) };
}

function definition(part: Part, moment: Moment): string | undefined {
  return part.kind === 'index' && !isConstraint(part) ? createIndex(part, moment.spelling, moment) : addConstraint(part, moment.spelling);
}

function addedPart(part: Part, moment: Moment): string {
  return known(definition(part, moment), part.kind === 'foreignKey' ? `the foreign key ${part.dbName ?? ''}` : `${part.kind} ${part.name ?? ''}`);
}

function removedPart(part: Part, moment: Moment): Lines {
  if (part.kind === 'index' && !isConstraint(part)) return [known(dropIndex(part, moment.spelling, moment), 'CREATE INDEX')];
  const name = part.kind === 'foreignKey' ? part.dbName : part.name;
  return [known(name === undefined ? undefined : dropConstraint(part.table, name, moment.spelling), 'ADD CONSTRAINT')];
}

/** Whether the key goes with its columns; a check goes with the only one that it names. */
function fallsWith(part: Part, lost: ReadonlySet<string>): boolean {
  if (part.kind !== 'index') return false;
  return part.parts.some(({ column }) => column !== undefined && lost.has(column)) || part.include.some((name) => lost.has(name));
}

function security(before: Table, after: Table | undefined, moment: Moment): string[] {
  const [was, is] = [before.rowSecurity, after?.rowSecurity];
  return [
    ...(was && !is ? [setRowSecurity(before, 'ENABLE', moment.spelling)] : !was && is ? [setRowSecurity(before, 'DISABLE', moment.spelling)] : []),
    ...(was?.forced && !is?.forced ? [setRowSecurity(before, 'FORCE', moment.spelling)] : !was?.forced && is?.forced ? [setRowSecurity(before, 'NO FORCE', moment.spelling)] : []),
  ];
}

function changedPolicies(before: Table, after: Table, moment: Moment): { readonly dropped: readonly Policy[]; readonly added: readonly Policy[] } {
  const spelled = (policy: Policy): string => createPolicy(policy, moment.spelling);
  const [was, is] = [before.policies ?? [], after.policies ?? []];
  const [old, now] = [new Set(was.map(spelled)), new Set(is.map(spelled))];
  return { dropped: is.filter((policy) => !old.has(spelled(policy))), added: was.filter((policy) => !now.has(spelled(policy))) };
}
