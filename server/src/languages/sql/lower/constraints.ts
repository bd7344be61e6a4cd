// Constraints of columns and tables: keys, references, checks.
import type { Constraint } from 'libpg-query';
import type { ReferentialAction, ReferentialRule } from '../../../model/nodes';
import type { CheckSpec, ForeignKeySpec, IndexSpec, LooseConstraint } from './effects';
import { columnsIn } from './defaults';
import { relationAt, stringsOf } from './names';
import type { Run, Source } from './source';

/** The run of a table constraint that begins at the parser's location. */
export function constraintRun(source: Source, constraint: Constraint): Run {
  const from = source.at(constraint.location);
  return { from, to: source.elementEnd(from) };
}

/** The constraint without a leading `CONSTRAINT name`. */
export function unnamed(source: Source, run: Run): Run {
  return source.is(run.from, 'CONSTRAINT') ? { from: run.from + 2, to: run.to } : run;
}

/** A primary key or unique constraint; `column` is set where it is written on a column. */
export function lowerKey(source: Source, constraint: Constraint, run: Run, column?: string): IndexSpec {
  const body = unnamed(source, run);
  const open = source.find(body, '(');
  const columns = column === undefined ? stringsOf(constraint.keys) : [column];
  const elements = column === undefined && open < body.to ? source.elements({ from: open + 1, to: source.close(open) - 1 }) : [];
  const words = source.is(body.from, 'PRIMARY') ? 2 : 1;
  const head: Run = { from: body.from, to: column === undefined ? source.close(Math.min(open, body.to - 1)) : body.from + words };
  const nameSpan = source.span(head);
  return {
    kind: 'index',
    constraint: constraint.contype === 'CONSTR_PRIMARY' ? 'primary key' : 'unique',
    span: source.span(run),
    nameSpan,
    ...(constraint.conname ? { name: constraint.conname } : {}),
    unique: true,
    method: 'btree',
    parts: columns.map((name, i) => {
      const element = elements[i];
      return { column: name, sort: 'asc', span: element ? source.span(element) : nameSpan };
    }),
    include: stringsOf(constraint.including),
    nullsNotDistinct: constraint.nulls_not_distinct ?? false,
    concurrently: false,
    inline: column !== undefined,
    ...optionsOf(source, { from: head.to, to: run.to }),
  };
}

/** What is written behind the columns of a key and its INCLUDE. */
function optionsOf(source: Source, run: Run): { options?: string } {
  let { from } = run;
  if (source.are(from, 'NULLS', 'NOT', 'DISTINCT')) from += 3;
  if (source.is(from, 'INCLUDE')) from = source.close(from + 1);
  if (source.are(from, 'USING', 'INDEX') && !source.is(from + 2, 'TABLESPACE')) from += 3;
  const options = from < run.to ? source.raw({ from, to: run.to }) : '';
  return options === '' ? {} : { options };
}

/** A foreign key; `column` is set where it is written on a column. */
export function lowerForeignKey(source: Source, constraint: Constraint, run: Run, column?: string): ForeignKeySpec {
  const body = unnamed(source, run);
  const references = source.find(body, 'REFERENCES');
  const target = relationAt(source, constraint.pktable);
  const end = source.is(target.next, '(') && target.next < run.to ? source.close(target.next) : target.next;
  const onDelete = readAction(source, { from: end, to: run.to }, 'DELETE', stringsOf(constraint.fk_del_set_cols));
  const onUpdate = readAction(source, { from: end, to: run.to }, 'UPDATE');
  return {
    kind: 'foreignKey',
    span: source.span(run),
    nameSpan: source.span({ from: column === undefined ? body.from : references, to: end }),
    ...(constraint.conname ? { name: constraint.conname } : {}),
    columns: column === undefined ? stringsOf(constraint.fk_attrs) : [column],
    target: target.table,
    targetSpan: target.span,
    targetColumns: stringsOf(constraint.pk_attrs),
    ...(onDelete ? { onDelete } : {}),
    ...(onUpdate ? { onUpdate } : {}),
    validated: !constraint.skip_validation,
    ...(constraint.fk_matchtype === 'f' && { match: 'full' as const }),
    ...timingOf(source, { from: end, to: run.to }),
  };
}

/** When the key is checked, by the words in the run. */
export function timingOf(source: Source, run: Run): Pick<ForeignKeySpec, 'timing'> {
  for (let i = run.from; i < run.to; i++) if (source.are(i, 'INITIALLY', 'DEFERRED')) return { timing: 'DEFERRABLE INITIALLY DEFERRED' };
  for (let i = run.from; i < run.to; i++) if (source.is(i, 'DEFERRABLE') && !source.is(i - 1, 'NOT')) return { timing: 'DEFERRABLE' };
  return {};
}

const actions: readonly (readonly [ReferentialAction, readonly string[]])[] = [
  ['cascade', ['CASCADE']],
  ['restrict', ['RESTRICT']],
  ['no action', ['NO', 'ACTION']],
  ['set null', ['SET', 'NULL']],
  ['set default', ['SET', 'DEFAULT']],
];

// The tree can't tell a written NO ACTION from none, the tokens can.
function readAction(source: Source, run: Run, event: 'DELETE' | 'UPDATE', columns: readonly string[] = []): ReferentialRule | undefined {
  for (let i = run.from; i < run.to; i++) {
    if (!source.are(i, 'ON', event)) continue;
    for (const [action, words] of actions) {
      if (!source.are(i + 2, ...words)) continue;
      const next = i + 2 + words.length;
      const to = action.startsWith('set') && next < run.to && source.is(next, '(') ? source.close(next) : next;
      return { action, span: source.span({ from: i, to }), ...(columns.length > 0 && { columns }) };
    }
  }
  return undefined;
}

export function lowerCheck(source: Source, constraint: Constraint, run: Run): CheckSpec {
  return {
    kind: 'check',
    span: source.span(run),
    ...(constraint.conname ? { name: constraint.conname } : {}),
    raw: source.raw(unnamed(source, run)),
    validated: !constraint.skip_validation,
    columns: columnsIn(constraint.raw_expr),
  };
}

/** EXCLUDE constraints and named NOT NULLs. */
export function lowerLoose(source: Source, constraint: Constraint, run: Run): LooseConstraint {
  const own = { ...(constraint.conname ? { name: constraint.conname } : {}), span: source.span(run), raw: source.raw(unnamed(source, run)) };
  if (constraint.contype === 'CONSTR_NOTNULL') {
    return { kind: 'loose', ...own, suffix: 'not_null', columns: stringsOf(constraint.keys) };
  }
  const columns = (constraint.exclusions ?? []).flatMap((pair) => {
    const [element] = 'List' in pair ? (pair.List.items ?? []) : [];
    return element && 'IndexElem' in element && element.IndexElem.name ? [element.IndexElem.name] : [];
  });
  return { kind: 'loose', ...own, suffix: 'excl', columns };
}

