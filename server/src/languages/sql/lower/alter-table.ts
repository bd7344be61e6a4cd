// ALTER TABLE: one effect per subcommand.
import type { AlterTableCmd, AlterTableStmt, Constraint } from 'libpg-query';
import type { TableName } from '../../../model/nodes';
import type { Span } from '../../../text/span';
import { mereChange, type Act, type Effect } from './effects';
import { collationOf, lowerColumn } from './columns';
import { constraintRun, lowerCheck, lowerForeignKey, lowerKey, lowerLoose, timingOf } from './constraints';
import { lowerDefault } from './defaults';
import { relationAt, relationName, type Relation } from './names';
import type { Run, Source } from './source';
import { statementTable } from './stand-in';
import { lowerType } from './types';

/** What every subcommand shares. */
interface Command {
  readonly source: Source;
  readonly relation: Relation;
  readonly table: TableName;
  readonly run: Run;
  readonly span: Span;
  readonly tableSpan: Span;
}

export function lowerAlterTable(source: Source, node: AlterTableStmt): Effect[] {
  const relation = relationAt(source, node.relation);
  const first = source.is(relation.next, '*') ? relation.next + 1 : relation.next;
  const runs = source.elements({ from: first, to: source.tokens.length });
  return (node.cmds ?? []).map((each, i) => {
    const run = runs[i] ?? source.all;
    const command: Command = { source, relation, table: relation.table, run, span: source.span(run), tableSpan: relation.span };
    if (!('AlterTableCmd' in each)) return mereChange(base(command, { verb: 'other' }));
    return lowerCommand(command, each.AlterTableCmd);
  });
}

function base<T extends object>({ table, span, tableSpan }: Command, rest: T): T & { table: TableName; span: Span; tableSpan: Span } {
  return { table, span, tableSpan, ...rest };
}

function lowerCommand(command: Command, cmd: AlterTableCmd): Effect {
  const { table } = command;
  const columnName = cmd.name ?? '';
  const patch = (change: Act & { do: 'alterColumn' }): readonly Act[] => [change];
  switch (cmd.subtype) {
    case 'AT_AddColumn':
      return addColumn(command, cmd);
    case 'AT_DropColumn':
      return {
        change: base(command, { verb: 'dropColumn', columnName, cascade: cmd.behavior === 'DROP_CASCADE' }),
        acts: [{ do: 'dropColumn', table, column: columnName }],
      };
    case 'AT_AlterColumnType':
      return setType(command, cmd);
    case 'AT_SetNotNull':
    case 'AT_DropNotNull': {
      const nullable = cmd.subtype === 'AT_DropNotNull';
      return {
        change: base(command, { verb: nullable ? 'dropNotNull' : 'setNotNull', columnName }),
        acts: patch({ do: 'alterColumn', table, column: columnName, patch: { nullable } }),
      };
    }
    case 'AT_ColumnDefault':
      return setDefault(command, cmd);
    case 'AT_AddIdentity':
      return addIdentity(command, columnName);
    case 'AT_DropIdentity':
      return {
        change: base(command, { verb: 'dropDefault', columnName }),
        acts: patch({ do: 'alterColumn', table, column: columnName, patch: { default: 'none' } }),
      };
    case 'AT_DropExpression':
      return {
        change: base(command, { verb: 'other' }),
        acts: patch({ do: 'alterColumn', table, column: columnName, patch: { generated: false } }),
      };
    case 'AT_AddConstraint':
      return cmd.def && 'Constraint' in cmd.def ? addConstraint(command, cmd.def.Constraint) : mereChange(base(command, { verb: 'other' }));
    case 'AT_DropConstraint':
    case 'AT_ValidateConstraint': {
      const verb = cmd.subtype === 'AT_DropConstraint' ? 'dropConstraint' : 'validateConstraint';
      return { change: base(command, { verb, name: columnName }), acts: [{ do: verb, table, name: columnName }] };
    }
    default:
      return lowerOption(command, cmd);
  }
}

function lowerOption(command: Command, cmd: AlterTableCmd): Effect {
  const { table } = command;
  switch (cmd.subtype) {
    case 'AT_EnableRowSecurity':
      return { change: base(command, { verb: 'enableRowSecurity' }), acts: [{ do: 'secure', table, at: command.span }] };
    case 'AT_ForceRowSecurity':
      return { change: base(command, { verb: 'forceRowSecurity' }), acts: [{ do: 'force', table, forced: true }] };
    case 'AT_NoForceRowSecurity':
      return { change: base(command, { verb: 'other' }), acts: [{ do: 'force', table, forced: false }] };
    case 'AT_DisableRowSecurity':
      return { change: base(command, { verb: 'disableRowSecurity' }), acts: [{ do: 'secure', table }] };
    case 'AT_AttachPartition': {
      const child = partitionOf(cmd);
      if (!child) return mereChange(base(command, { verb: 'other' }));
      return { change: base(command, { verb: 'attachPartition', partition: child, concurrently: false }), acts: [{ do: 'attach', table: child, parent: table }] };
    }
    case 'AT_DetachPartition': {
      const child = partitionOf(cmd);
      if (!child) return mereChange(base(command, { verb: 'other' }));
      const concurrently = (cmd.def && 'PartitionCmd' in cmd.def && cmd.def.PartitionCmd.concurrent) ?? false;
      return { change: base(command, { verb: 'detachPartition', partition: child, concurrently }), acts: [{ do: 'attach', table: child }] };
    }
    case 'AT_AlterConstraint':
      return alterConstraint(command);
    case 'AT_AddInherit':
      return {
        change: base(command, { verb: 'other' }),
        acts: cmd.def && 'RangeVar' in cmd.def ? [{ do: 'attach', table, parent: relationName(cmd.def.RangeVar) }] : [],
      };
    case 'AT_DropInherit':
      return { change: base(command, { verb: 'other' }), acts: [{ do: 'attach', table }] };
    default:
      return mereChange(base(command, { verb: 'other' }));
  }
}

// `ALTER CONSTRAINT name [NOT] DEFERRABLE [INITIALLY DEFERRED]`
function alterConstraint(command: Command): Effect {
  const { source, table, run } = command;
  const { start, end } = source.range({ from: run.from + 2, to: run.from + 3 });
  const written = source.text.slice(start, end);
  const name = written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written.toLowerCase();
  return { change: base(command, { verb: 'other' }), acts: [{ do: 'setTiming', table, name, ...timingOf(source, { from: run.from + 3, to: run.to }) }] };
}

function partitionOf({ def }: AlterTableCmd): TableName | undefined {
  return def && 'PartitionCmd' in def && def.PartitionCmd.name ? relationName(def.PartitionCmd.name) : undefined;
}

function addColumn(command: Command, cmd: AlterTableCmd): Effect {
  const { source, relation, table } = command;
  const definition = cmd.def && 'ColumnDef' in cmd.def ? cmd.def.ColumnDef : {};
  const { required, ...added } = lowerColumn(source, definition);
  const ifNotExists = cmd.missing_ok ?? false;
  const owner = statementTable(source, relation, [added.column]);
  const [column] = owner.columns;
  if (!column) return mereChange(base(command, { verb: 'other' }));
  const unique = added.indexes.length > 0;
  const checked = added.checks.length > 0;
  const targets = added.foreignKeys.map(({ target }) => target);
  return {
    change: base(command, { verb: 'addColumn', column: { ...column, unique }, required, ifNotExists, checked, targets }),
    acts: [{ do: 'addColumn', table, added, ifNotExists }],
  };
}

function setType(command: Command, cmd: AlterTableCmd): Effect {
  const { source, relation, table, run } = command;
  const definition = cmd.def && 'ColumnDef' in cmd.def ? cmd.def.ColumnDef : {};
  const from = source.at(definition.typeName?.location);
  const typeRun: Run = { from, to: source.find({ from, to: run.to }, 'USING', 'COLLATE') };
  const lowered = lowerType(definition.typeName, source.span(typeRun), source.raw(typeRun));
  const name = cmd.name ?? '';
  const using = source.find({ from: typeRun.to, to: run.to }, 'USING');
  const collation = collationOf(source, definition.collClause);
  const owner = statementTable(source, relation, [
    {
      kind: 'column',
      span: command.span,
      nameSpan: columnNameSpan(source, run),
      name,
      dbName: name,
      type: lowered.type,
      nullable: true,
      updatedAutomatically: false,
      generated: false,
    },
  ]);
  const [column] = owner.columns;
  return {
    change: base(command, {
      verb: 'setType',
      columnName: name,
      ...(column ? { column } : {}),
      ...(using < run.to ? { using: source.span({ from: using + 1, to: run.to }) } : {}),
    }),
    acts: [
      {
        do: 'alterColumn',
        table,
        column: name,
        patch: { type: { type: lowered.type, ...(lowered.typeName ? { typeName: lowered.typeName } : {}), ...(collation === undefined ? {} : { collation }) } },
      },
    ],
  };
}

// `ALTER [COLUMN] name …`
function columnNameSpan(source: Source, run: Run): Span {
  return source.nameSpan(source.is(run.from + 1, 'COLUMN') ? run.from + 2 : run.from + 1);
}

function setDefault(command: Command, cmd: AlterTableCmd): Effect {
  const { source, table, run } = command;
  const columnName = cmd.name ?? '';
  if (!cmd.def) {
    return {
      change: base(command, { verb: 'dropDefault', columnName }),
      acts: [{ do: 'alterColumn', table, column: columnName, patch: { default: 'none' } }],
    };
  }
  const keyword = source.find(run, 'DEFAULT');
  const written: Run = { from: Math.min(keyword + 1, run.to), to: run.to };
  const value = lowerDefault(cmd.def, source.span(written), source.raw(written));
  return {
    change: base(command, { verb: 'setDefault', columnName, value }),
    acts: [{ do: 'alterColumn', table, column: columnName, patch: { default: value } }],
  };
}

function addIdentity(command: Command, columnName: string): Effect {
  const { source, table, run } = command;
  const value = { kind: 'sequence' as const, by: 'database' as const, span: command.span, raw: source.raw(run) };
  return {
    change: base(command, { verb: 'setDefault', columnName, value }),
    acts: [{ do: 'alterColumn', table, column: columnName, patch: { default: value } }],
  };
}

function addConstraint(command: Command, constraint: Constraint): Effect {
  const { source, relation, table } = command;
  const run = constraintRun(source, constraint);
  const notValid = constraint.skip_validation ?? false;
  const name = constraint.conname ? { name: constraint.conname } : {};
  switch (constraint.contype) {
    case 'CONSTR_FOREIGN': {
      const foreignKey = lowerForeignKey(source, constraint, run);
      const owner = statementTable(source, relation);
      return {
        change: base(command, { verb: 'addForeignKey', foreignKey: { ...foreignKey, table: owner }, notValid }),
        acts: [{ do: 'addForeignKey', table, foreignKey }],
      };
    }
    case 'CONSTR_PRIMARY':
    case 'CONSTR_UNIQUE':
      return addKey(command, constraint, run);
    case 'CONSTR_CHECK':
      return {
        change: base(command, { verb: 'addConstraint', constraint: 'check', ...name, notValid }),
        acts: [{ do: 'addCheck', table, check: lowerCheck(source, constraint, run) }],
      };
    case 'CONSTR_NOTNULL':
      return addNotNull(command, constraint, run, notValid);
    case 'CONSTR_EXCLUSION':
      return {
        change: base(command, { verb: 'addConstraint', constraint: 'exclude', ...name, notValid }),
        acts: [{ do: 'addLoose', table, constraint: lowerLoose(source, constraint, run) }],
      };
    default:
      return mereChange(base(command, { verb: 'other' }));
  }
}

function addKey(command: Command, constraint: Constraint, run: Run): Effect {
  const { source, relation, table } = command;
  const index = lowerKey(source, constraint, run);
  const { conname: name, indexname: usingIndex } = constraint;
  return {
    change: base(command, {
      verb: 'addConstraint',
      constraint: constraint.contype === 'CONSTR_PRIMARY' ? 'primary key' : 'unique',
      ...(name ? { name } : {}),
      notValid: constraint.skip_validation ?? false,
      ...(usingIndex ? { usingIndex } : { index: { ...index, table: statementTable(source, relation) } }),
    }),
    acts: [{ do: 'addIndex', table, index, ifNotExists: false, ...(usingIndex ? { usingIndex } : {}) }],
  };
}

// PostgreSQL 18: ADD CONSTRAINT name NOT NULL column [NOT VALID].
function addNotNull(command: Command, constraint: Constraint, run: Run, notValid: boolean): Effect {
  const { source, table } = command;
  const loose = lowerLoose(source, constraint, run);
  const acts: Act[] = [{ do: 'addLoose', table, constraint: loose }];
  // Old rows may still hold nulls until it is validated.
  if (!notValid) for (const column of loose.columns) acts.push({ do: 'alterColumn', table, column, patch: { nullable: false } });
  const name = constraint.conname ? { name: constraint.conname } : {};
  return { change: base(command, { verb: 'addConstraint', constraint: 'not null', ...name, notValid }), acts };
}
