// The statements that bring a column with a value of its own for each row to a filled table.
import type { ChangeOf } from '../../model/changes';
import { fillsOutside, fillStep, requireSteps } from '../../model/column-steps';
import { byteLength, LONGEST } from '../../model/identifiers';
import type { MigrationStep } from '../../model/intents';
import { inCaseOf, isWord, quoted, sourceOf, sqlTokens, withoutNotNull } from '../../model/sql-text';
import { alterTable, asWritten, freeName, presenceCheck, schemaPrefix, stepName, tableAsWritten } from '../../model/statement-names';

type NewColumn = ChangeOf<'addColumn'>;

/**
 * Add the column empty with its default for new rows, fill the old ones in batches, and require it where the author
 * does; a unique one gets its index beside the running work. Undefined where more hangs on it, or the table may be missing.
 */
export function newColumnSteps(change: NewColumn): MigrationStep[] | undefined {
  const { statement, column, before } = change;
  if (change.ifNotExists || /\bIF\s+EXISTS\b/i.test(statement.text)) return undefined;
  const shape = shapeOf(change);
  if (!shape) return undefined;
  const table = tableAsWritten(change);
  const name = asWritten(change, column.dbName);
  const alter = alterTable(change);
  const parts = before?.primaryKey?.parts ?? [];
  const only = parts.length === 1 ? parts[0]?.column : undefined;
  const own = stepName(change.table?.name ?? '', column.dbName);
  const check = asWritten(change, presenceCheck(change.table?.name ?? '', column.dbName, before));
  const steps: MigrationStep[] = [
    {
      name: `add_${own}`,
      statements: [...shape.ahead, `${alter} ADD COLUMN ${name} ${shape.type};`, `${alter} ALTER COLUMN ${name} SET DEFAULT ${shape.value};`, ...shape.behind],
    },
    fillStep(`fill_${own}`, {
      table,
      write: `UPDATE ${table} SET ${name} = ${shape.value}`,
      where: `${name} IS NULL`,
      key: only === undefined ? undefined : asWritten(change, only),
      commits: fillsOutside(statement),
    }),
    ...(shape.unique === undefined ? [] : uniqueSteps(change, shape.unique, name, own)),
    ...(shape.required ? requireSteps({ alter, column: name, check, name: own }) : []),
    ...(shape.last.length > 0 ? [{ name: `number_${own}`, statements: shape.last, oneTransaction: true as const }] : []),
  ];
  return steps.map((step) => ({ ...step, statements: step.statements.map((text) => inCaseOf(statement.text, text)) }));
}

interface Shape {
  readonly type: string;
  /** What a row gets. */
  readonly value: string;
  readonly required: boolean;
  /** The unique constraint on it, by name. */
  readonly unique?: string;
  /** Statements around those that add the column, and behind everything. */
  readonly ahead: readonly string[];
  readonly behind: readonly string[];
  readonly last: readonly string[];
}

function shapeOf(change: NewColumn): Shape | undefined {
  const { column, required } = change;
  const source = sourceOf(change.statement, column.span);
  const value = column.default;
  if (!value || source === undefined) return undefined;
  const tokens = sqlTokens(withoutNotNull(source)).filter(({ depth }) => depth === 0);
  if (tokens.some((token) => isWord(token, 'PRIMARY', 'REFERENCES', 'CHECK', 'CONSTRAINT', 'STORAGE', 'COMPRESSION', 'DEFERRABLE', 'INITIALLY'))) return undefined;
  const unique = uniqueName(change, tokens.map(({ text }) => text.toUpperCase()));
  if (unique === null) return undefined;
  const plain = { required, ...(unique !== undefined && { unique }), ahead: [], behind: [], last: [] };
  if (column.type.family === 'integer' && column.type.serial) return { ...plain, ...serialShape(change), required: true };
  if (value.kind === 'sequence' && !/^\s*(?:pg_catalog\s*\.\s*)?nextval\s*\(/i.test(value.raw)) {
    const identity = identityShape(change, value.raw);
    return identity && { ...plain, ...identity, required: true };
  }
  const at = tokens.findIndex((token) => isWord(token, 'COLLATE'));
  const collation = at < 0 ? '' : ` COLLATE ${tokens[at + 1]?.text ?? ''}`;
  return at >= 0 && tokens[at + 2]?.text === '.' ? undefined : { ...plain, type: `${column.type.raw}${collation}`, value: value.raw };
}

/** What PostgreSQL calls the column's unique constraint; undefined where it has none, null where it says more. */
function uniqueName({ column, table, before }: NewColumn, words: readonly string[]): string | undefined | null {
  const at = words.indexOf('UNIQUE');
  if (at < 0) return undefined;
  const next = words[at + 1];
  const name = `${table?.name ?? ''}_${column.dbName}_key`;
  const known = next === undefined || next === 'DEFAULT' || next === 'NULL' || next === 'GENERATED';
  return known && byteLength(name) <= LONGEST ? freeName(before, name) : null;
}

function uniqueSteps(change: NewColumn, plain: string, column: string, own: string): MigrationStep[] {
  const name = asWritten(change, plain);
  return [
    { name: `build_${own}`, statements: [`CREATE UNIQUE INDEX CONCURRENTLY ${name} ON ${tableAsWritten(change)} (${column});`], outsideTransaction: true },
    { name: `unique_${own}`, statements: [`${alterTable(change)} ADD CONSTRAINT ${name} UNIQUE USING INDEX ${name};`] },
  ];
}

const INTEGERS = { 16: 'smallint', 32: 'integer', 64: 'bigint' } as const;

/** serial is a type, a sequence that belongs to the column, and a default. */
function serialShape(change: NewColumn): Pick<Shape, 'type' | 'value' | 'ahead' | 'behind'> {
  const { column } = change;
  const bits = column.type.family === 'integer' && (column.type.bits === 16 || column.type.bits === 64) ? column.type.bits : 32;
  const sequence = `${schemaPrefix(change)}${sequenceName(change, '')}`;
  return {
    type: INTEGERS[bits],
    value: `nextval('${sequence.replaceAll("'", "''")}')`,
    ahead: [`CREATE SEQUENCE ${sequence} AS ${INTEGERS[bits]};`],
    behind: [`ALTER SEQUENCE ${sequence} OWNED BY ${tableAsWritten(change)}.${asWritten(change, column.dbName)};`],
  };
}

/** A sequence numbers the rows until all have a number; only then can an identity take over, from the next one on. */
function identityShape(change: NewColumn, raw: string): Pick<Shape, 'type' | 'value' | 'ahead' | 'last'> | undefined {
  const { column } = change;
  if (!/^GENERATED\s+(?:ALWAYS|BY\s+DEFAULT)\s+AS\s+IDENTITY$/i.test(raw.trim())) return undefined;
  const sequence = `${schemaPrefix(change)}${sequenceName(change, '_fill')}`;
  const name = asWritten(change, column.dbName);
  const text = (words: string): string => `'${words.replaceAll("'", "''")}'`;
  const alter = `${alterTable(change)} ALTER COLUMN ${name}`;
  return {
    type: column.type.raw,
    value: `nextval(${text(sequence)})`,
    ahead: [`CREATE SEQUENCE ${sequence};`],
    last: [
      `${alter} DROP DEFAULT;`,
      `${alter} ADD ${raw.trim()};`,
      `SELECT setval(pg_get_serial_sequence(${text(tableAsWritten(change))}, ${text(column.dbName)}), nextval(${text(sequence)}), false);`,
      `DROP SEQUENCE ${sequence};`,
    ],
  };
}

function sequenceName(change: NewColumn, ending: string): string {
  const stem = `${change.table?.name ?? ''}_${change.column.dbName}`;
  return quoted(`${stem.slice(0, 63 - 4 - ending.length)}_seq${ending}`, tableAsWritten(change).includes('"'));
}
