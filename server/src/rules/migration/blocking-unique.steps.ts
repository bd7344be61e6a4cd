// The statements that give a filled table a unique constraint or primary key without a long lock.
import type { Change, ChangeOf } from '../../model/changes';
import { provesNotNull } from '../../model/conditions';
import { byteLength, LONGEST } from '../../model/identifiers';
import { inlineConstraint } from '../../model/inline-constraints';
import type { MigrationStep } from '../../model/intents';
import { keyForm, type KeyForm } from '../../model/key-form';
import { inCaseOf, quoted, sourceOf } from '../../model/sql-text';
import { alterTable, asWritten, freeName, presenceCheck, stepName, tableAsWritten } from '../../model/statement-names';

type AddKey = ChangeOf<'addConstraint'>;

export interface KeySteps {
  readonly steps: readonly MigrationStep[];
  /** What they replace: the action, or with `span` of the statement all of it. */
  readonly change: Change;
}

/** The columns of a new primary key that are known to take nulls, which no CHECK has ruled out yet. */
export function nullableColumns({ constraint, index, usingIndex, before }: AddKey): string[] {
  if (constraint !== 'primary key' || !before) return [];
  const parts = index?.parts ?? before.indexes.find(({ name }) => name === usingIndex)?.parts ?? [];
  return parts.flatMap(({ column }) => {
    const nullable = before.columns.some(({ dbName, nullable: takes }) => dbName === column && takes);
    if (column === undefined || !nullable) return [];
    return before.checks.some(({ validated, raw }) => validated && provesNotNull(raw, column)) ? [] : [column];
  });
}

/** Those, and the columns of which the history doesn't tell. */
function maybeNullable(change: AddKey): string[] {
  const { constraint, index, before } = change;
  const unknown = (column: string): boolean => !before?.columns.some(({ dbName }) => dbName === column);
  const parts = constraint === 'primary key' ? (index?.parts ?? []) : [];
  return [...nullableColumns(change), ...parts.flatMap(({ column }) => (column !== undefined && unknown(column) ? [column] : []))];
}

/**
 * Build the index beside the running work; promise by a CHECK what a primary key reads the rows for, and prove it under
 * a lock that blocks nobody; add the constraint over the index, which PostgreSQL gives the constraint's name. Undefined
 * where the constraint says what can't be said in these steps.
 */
export function keySteps(change: AddKey): KeySteps | undefined {
  const { statement, usingIndex } = change;
  const others = statement.changes.filter((each) => each !== change);
  const gone = others.filter(({ verb }) => verb === 'dropConstraint' || verb === 'dropColumn');
  // A key that gives its place away, itself or with its column, has to go in the statement that brings the new one.
  const swaps = gone.length > 0;
  if (swaps && gone.length < others.length) return undefined;
  const form = usingIndex === undefined ? formOf(change) : undefined;
  if (usingIndex === undefined && !form) return undefined;
  const table = change.table?.name ?? '';
  const quotes = tableAsWritten(change).includes('"');
  // CREATE INDEX has no IF EXISTS for the table.
  if (form && change.lifetime === 'unknown' && / IF EXISTS /i.test(alterTable(change))) return undefined;
  // The name may still be that of a constraint which the statement drops.
  const taken = form && others.some((each) => each.verb === 'dropConstraint' && each.name === form.plain);
  const built = form && quoted(freeName(statement.changes[0]?.before ?? change.before, `${form.plain}${taken ? '2' : ''}`), quotes);
  const name = stepName(table, form?.plain.replace(`${table}_`, '') ?? 'key');
  const action = form ? `ADD CONSTRAINT ${form.name} ${form.kind} USING INDEX ${built}${form.late}` : sourceOf(statement, change.span);
  if (action === undefined) return undefined;
  const whole = swaps ? withAction(change, action) : `${alterTable(change)} ${action}`;
  const check = checkOf(change, quotes);
  const build: MigrationStep[] = form
    ? [{ name: `build_${name}`, statements: [`CREATE UNIQUE INDEX CONCURRENTLY ${built} ON ${tableAsWritten(change)} ${form.columns}${form.include}${form.options};`], outsideTransaction: true }]
    : [];
  const steps: MigrationStep[] = [
    ...build,
    ...(check ? [{ name: `check_${name}`, statements: [check.add] }] : []),
    { name: `add_${name}`, statements: check ? [check.prove, `${whole};`, check.drop] : [`${whole};`] },
  ];
  const cased = steps.map((step) => ({ ...step, statements: step.statements.map((text) => inCaseOf(statement.text, text)) }));
  return { steps: cased, change: swaps ? { ...change, span: statement.span } : change };
}

interface Form extends KeyForm {
  /** The constraint's name as it stands in SQL, and what it means. */
  readonly name: string;
  readonly plain: string;
}

function formOf(change: AddKey): Form | undefined {
  const form = keyForm(sourceOf(change.statement, change.span) ?? '');
  const plain = change.name ?? generatedName(change);
  if (!form || form.columns === '' || byteLength(plain) > LONGEST) return undefined;
  return {
    ...form,
    name: change.name === undefined ? quoted(freeName(change.before, plain), tableAsWritten(change).includes('"')) : asWritten(change, plain),
    plain,
  };
}

/** What PostgreSQL calls a constraint without a name. */
function generatedName({ table, constraint, index }: AddKey): string {
  const columns = [...(index?.parts.map(({ column }) => column ?? '') ?? []), ...(index?.include ?? [])];
  return constraint === 'primary key' ? `${table?.name ?? ''}_pkey` : `${[table?.name ?? '', ...columns].join('_')}_key`;
}

/** The statement with another action in place of its own. */
function withAction({ statement, span }: AddKey, action: string): string {
  const { text } = statement;
  return text.slice(0, span.start - statement.span.start) + action + text.slice(span.end - statement.span.start);
}

interface PresenceCheck {
  readonly add: string;
  readonly prove: string;
  readonly drop: string;
}

function checkOf(change: AddKey, quotes: boolean): PresenceCheck | undefined {
  const nullable = maybeNullable(change);
  if (nullable.length === 0) return undefined;
  const alter = alterTable(change);
  const name = quoted(presenceCheck(change.table?.name ?? '', nullable.join('_'), change.before), quotes);
  const present = nullable.map((column) => `${asWritten(change, column)} IS NOT NULL`).join(' AND ');
  return {
    add: `${alter} ADD CONSTRAINT ${name} CHECK (${present}) NOT VALID;`,
    prove: `${alter} VALIDATE CONSTRAINT ${name};`,
    drop: `${alter} DROP CONSTRAINT ${name};`,
  };
}

/** The column without its constraint; its index beside the running work; the constraint over that. */
export function uniqueColumnSteps(change: ChangeOf<'addColumn'>): MigrationStep[] | undefined {
  const { statement, column, table } = change;
  const found = inlineConstraint(sourceOf(statement, column.span) ?? '', 'UNIQUE');
  const form = found && keyForm(found.body);
  const plain = `${table?.name ?? ''}_${column.dbName}_key`;
  const alter = alterTable(change);
  if (!found || !form || change.ifNotExists || / IF EXISTS /i.test(alter) || byteLength(plain) > LONGEST) return undefined;
  if (inlineConstraint(found.rest, 'CHECK') || inlineConstraint(found.rest, 'REFERENCES')) return undefined;
  const own = asWritten(change, column.dbName);
  const name = found.name ?? quoted(freeName(change.before, plain), tableAsWritten(change).includes('"'));
  const step = stepName(table?.name ?? '', column.dbName);
  const steps: MigrationStep[] = [
    { name: `add_${step}`, statements: [`${alter} ADD COLUMN ${found.rest};`] },
    { name: `build_${step}_key`, statements: [`CREATE UNIQUE INDEX CONCURRENTLY ${name} ON ${tableAsWritten(change)} (${own})${form.options};`], outsideTransaction: true },
    { name: `add_${step}_key`, statements: [`${alter} ADD CONSTRAINT ${name} UNIQUE USING INDEX ${name}${form.late};`] },
  ];
  return steps.map((each) => ({ ...each, statements: each.statements.map((text) => inCaseOf(statement.text, text)) }));
}
