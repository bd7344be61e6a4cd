// Column definitions, in CREATE TABLE and in ADD COLUMN.
import type { CollateClause, ColumnDef, Constraint, Node } from 'libpg-query';
import type { Default } from '../../../model/nodes';
import type { CheckSpec, ColumnAddition, ForeignKeySpec, IndexSpec } from './effects';
import { commentOf } from './comment';
import { lowerCheck, lowerForeignKey, lowerKey, unnamed } from './constraints';
import { lowerDefault } from './defaults';
import type { Run, Source } from './source';
import { lowerType } from './types';

interface Written {
  readonly constraint: Constraint;
  readonly run: Run;
}

/** Reads a column definition that the parser places at `column.location`. */
export function lowerColumn(source: Source, column: ColumnDef): ColumnAddition & { readonly required: boolean } {
  const from = source.at(column.location);
  const run: Run = { from, to: source.elementEnd(from) };
  const written = constraintsOf(source, column, run);
  const name = column.colname ?? '';
  const typeRun = typeRunOf(source, column, run, written);
  const lowered = lowerType(column.typeName, source.span(typeRun), source.raw(typeRun));

  const facts = readConstraints(source, name, written);
  const nullable = !lowered.serial && !facts.required && !facts.identity && !facts.indexes.some((index) => index.constraint === 'primary key');
  const serial: Default = { kind: 'sequence', by: 'database', span: lowered.type.span, raw: lowered.type.raw };
  const value = facts.value ?? (lowered.serial ? serial : undefined);
  const comment = commentOf(source, run);
  const collation = collationOf(source, column.collClause);
  return {
    column: {
      kind: 'column',
      span: source.span(run),
      nameSpan: source.nameSpan(from),
      name,
      dbName: name,
      type: lowered.type,
      ...(lowered.typeName ? { typeName: lowered.typeName } : {}),
      nullable,
      ...(value ? { default: value } : {}),
      updatedAutomatically: false,
      generated: facts.generatedAs !== undefined,
      ...(facts.generatedAs !== undefined && { generatedAs: facts.generatedAs }),
      ...(collation !== undefined && { collation }),
      ...(comment !== undefined && { comment }),
    },
    indexes: facts.indexes,
    foreignKeys: facts.foreignKeys,
    checks: facts.checks,
    required: facts.required,
  };
}

interface ColumnFacts {
  readonly indexes: IndexSpec[];
  readonly foreignKeys: ForeignKeySpec[];
  readonly checks: CheckSpec[];
  /** NOT NULL is written. */
  required: boolean;
  identity: boolean;
  /** The words that say so. */
  generatedAs?: string;
  value?: Default;
}

function readConstraints(source: Source, name: string, written: readonly Written[]): ColumnFacts {
  const facts: ColumnFacts = { indexes: [], foreignKeys: [], checks: [], required: false, identity: false };
  for (const { constraint, run } of written) {
    switch (constraint.contype) {
      case 'CONSTR_NOTNULL':
        facts.required = true;
        break;
      case 'CONSTR_DEFAULT':
        facts.value = readDefault(source, constraint, run);
        break;
      case 'CONSTR_IDENTITY':
        facts.identity = true;
        facts.value = { kind: 'sequence', by: 'database', span: source.span(run), raw: source.raw(run) };
        break;
      case 'CONSTR_GENERATED':
        facts.generatedAs = source.raw(unnamed(source, run));
        break;
      case 'CONSTR_PRIMARY':
      case 'CONSTR_UNIQUE':
        facts.indexes.push(lowerKey(source, constraint, run, name));
        break;
      case 'CONSTR_FOREIGN':
        facts.foreignKeys.push(lowerForeignKey(source, constraint, run, name));
        break;
      case 'CONSTR_CHECK':
        facts.checks.push({ ...lowerCheck(source, constraint, run), columns: [name] });
        break;
      default:
        break;
    }
  }
  return facts;
}

// `DEFAULT value` as written in `run`.
function readDefault(source: Source, constraint: Constraint, run: Run): Default {
  const keyword = source.find(run, 'DEFAULT');
  const value: Run = { from: Math.min(keyword + 1, run.to), to: run.to };
  return lowerDefault(constraint.raw_expr, source.span(value), source.raw(value));
}

// A constraint ends where the next one, or a COLLATE, begins. Attributes such as DEFERRABLE belong to the one before.
function constraintsOf(source: Source, column: ColumnDef, run: Run): Written[] {
  const constraints = (column.constraints ?? []).flatMap((node: Node) => ('Constraint' in node ? [node.Constraint] : []));
  const starts = constraints.filter((each) => !each.contype?.startsWith('CONSTR_ATTR'));
  const borders = starts.map((each) => source.at(each.location));
  if (column.collClause?.location !== undefined) borders.push(source.at(column.collClause.location));
  return starts.map((constraint) => {
    const from = source.at(constraint.location);
    let to = run.to;
    for (const border of borders) if (border > from && border < to) to = border;
    return { constraint, run: { from, to } };
  });
}

/** The name behind COLLATE, as written. */
export function collationOf(source: Source, clause: CollateClause | undefined): string | undefined {
  if (!clause) return undefined;
  const from = source.at(clause.location) + 1;
  return source.raw({ from, to: source.is(from + 1, '.') ? from + 3 : from + 1 });
}

function typeRunOf(source: Source, column: ColumnDef, run: Run, written: readonly Written[]): Run {
  const from = column.typeName ? source.at(column.typeName.location) : run.from + 1;
  let to = run.to;
  for (const { run: own } of written) if (own.from < to && own.from > from) to = own.from;
  if (column.collClause?.location !== undefined) to = Math.min(to, source.at(column.collClause.location));
  const option = source.find({ from, to }, 'STORAGE', 'COMPRESSION', 'OPTIONS');
  return { from, to: Math.max(Math.min(option, to), Math.min(from + 1, run.to)) };
}
