// One parsed statement to its effects.
import type { Node, RangeVar } from 'libpg-query';
import { lowerComment } from './comment';
import type { ChangeDraft } from './effects';
import { mereChange, type Effect } from './effects';
import { lowerAlterTable } from './alter-table';
import { lowerCreateAs, lowerCreateTable, lowerSelectInto, lowerView } from './create-table';
import { lowerDo, lowerRoutine } from './do-block';
import { lowerIndex } from './indexes';
import { relationAt } from './names';
import {
  lowerAlterEnum,
  lowerCreateEnum,
  lowerDrop,
  lowerReindex,
  lowerRename,
  lowerSet,
  lowerSetSchema,
  lowerTransaction,
  lowerTruncate,
} from './objects';
import { lowerAlterPolicy, lowerPolicy } from './policies';
import type { Source } from './source';

/** What the statement does; statements that the model doesn't describe give one change of verb `other`. */
export function lowerStatement(node: Node, source: Source): readonly Effect[] {
  if ('CreateStmt' in node) return [lowerCreateTable(source, node.CreateStmt)];
  if ('AlterTableStmt' in node) return lowerAlter(source, node);
  if ('IndexStmt' in node) return [lowerIndex(source, node.IndexStmt)];
  if ('DropStmt' in node) return lowerDrop(source, node.DropStmt);
  if ('RenameStmt' in node) return [lowerRename(source, node.RenameStmt)];
  if ('CreateTableAsStmt' in node) return [lowerCreateAs(source, node.CreateTableAsStmt)];
  if ('ViewStmt' in node) return [lowerView(source, node.ViewStmt)];
  if ('AlterObjectSchemaStmt' in node) return [lowerSetSchema(source, node.AlterObjectSchemaStmt)];
  if ('CreateEnumStmt' in node) return [lowerCreateEnum(source, node.CreateEnumStmt)];
  if ('AlterEnumStmt' in node) return [lowerAlterEnum(source, node.AlterEnumStmt)];
  if ('ReindexStmt' in node) return [lowerReindex(source, node.ReindexStmt)];
  if ('TruncateStmt' in node) return lowerTruncate(source, node.TruncateStmt);
  if ('TransactionStmt' in node) return [lowerTransaction(source, node.TransactionStmt)];
  if ('VariableSetStmt' in node) return [lowerSet(source, node.VariableSetStmt)];
  if ('CommentStmt' in node) return [lowerComment(source, node.CommentStmt)];
  if ('CreatePolicyStmt' in node) return [lowerPolicy(source, node.CreatePolicyStmt)];
  if ('AlterPolicyStmt' in node) return [lowerAlterPolicy(source, node.AlterPolicyStmt)];
  if ('DoStmt' in node) return lowerDo(source);
  if ('CreateFunctionStmt' in node) return lowerRoutine(source);
  return lowerRows(source, node) ?? [mereChange({ verb: 'other', span: source.span(source.all) })];
}

function lowerAlter(source: Source, node: Extract<Node, { readonly AlterTableStmt: unknown }>): readonly Effect[] {
  const { objtype } = node.AlterTableStmt;
  if (objtype === 'OBJECT_TABLE' || objtype === 'OBJECT_FOREIGN_TABLE') return lowerAlterTable(source, node.AlterTableStmt);
  return [mereChange({ verb: 'other', span: source.span(source.all) })];
}

// Statements that read or write rows and what else names one table.
function lowerRows(source: Source, node: Node): readonly Effect[] | undefined {
  const span = source.span(source.all);
  const write = (command: 'insert' | 'update' | 'delete' | 'copy', relation: RangeVar | undefined, targets: readonly Node[] = []): readonly Effect[] => {
    const columns = targets.flatMap((each) => ('ResTarget' in each ? (each.ResTarget.name ?? []) : []));
    return [mereChange({ verb: 'write', span, command, ...(columns.length > 0 && { columns }), ...named(source, relation) })];
  };
  if ('InsertStmt' in node) return write('insert', node.InsertStmt.relation, node.InsertStmt.cols);
  if ('UpdateStmt' in node) return write('update', node.UpdateStmt.relation, node.UpdateStmt.targetList);
  if ('DeleteStmt' in node) return write('delete', node.DeleteStmt.relation);
  if ('CopyStmt' in node) return node.CopyStmt.is_from ? write('copy', node.CopyStmt.relation) : undefined;
  if ('SelectStmt' in node) {
    const into = node.SelectStmt.intoClause?.rel;
    return into ? [lowerSelectInto(source, into)] : undefined;
  }
  if ('RefreshMatViewStmt' in node) {
    const { relation, concurrent } = node.RefreshMatViewStmt;
    const at = relationAt(source, relation);
    const draft: ChangeDraft = { verb: 'refreshView', span, table: at.table, tableSpan: at.span, names: [at.table], concurrently: concurrent ?? false };
    return [mereChange(draft)];
  }
  if ('ClusterStmt' in node) return [mereChange({ verb: 'other', span, ...named(source, node.ClusterStmt.relation) })];
  if ('VacuumStmt' in node) {
    const tables = (node.VacuumStmt.rels ?? []).flatMap((each) => ('VacuumRelation' in each ? [each.VacuumRelation.relation] : []));
    return (tables.length > 0 ? tables : [undefined]).map((relation) => mereChange({ verb: 'other', span, ...named(source, relation) }));
  }
  if ('CreateTrigStmt' in node) return [mereChange({ verb: 'other', span, ...named(source, node.CreateTrigStmt.relation) })];
  return undefined;
}

function named(source: Source, relation: RangeVar | undefined): Pick<ChangeDraft, 'table' | 'tableSpan'> {
  if (!relation) return {};
  const at = relationAt(source, relation);
  return { table: at.table, tableSpan: at.span };
}
