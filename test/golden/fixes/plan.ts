// What a runner sends to PostgreSQL for the migrations behind the history, as the project reads them from their files.
import type { Migration, Statement, TransactionModel } from '../../../server/src/model/changes';
import type { Unit } from '../../../server/src/project/unit';
import type { RunnerCase } from './runners';

export type Sent =
  | { readonly do: 'begin' | 'commit' }
  /** Sent at once: one statement, or with `statements` several as one query, which is one transaction. */
  | { readonly do: 'send'; readonly text: string; readonly statements?: readonly string[] };

/** What of a file is run under one model. */
interface Stretch {
  readonly model: TransactionModel;
  readonly text: string;
  readonly statements: readonly Statement[];
}

/** `apart`: where all pending files share a transaction, each file is a deploy of its own. */
export function plan(unit: Unit, runner: RunnerCase, isHistory: (file: string) => boolean, apart: boolean): Sent[] {
  const pending = unit.schema.migrations.filter(({ file }) => !isHistory(file));
  const sent: Sent[] = [];
  for (const [at, migration] of pending.entries()) {
    const all = migration.transaction === 'all';
    if (all && (apart || at === 0)) sent.push({ do: 'begin' });
    for (const stretch of stretches(unit, migration)) sent.push(...sentFor(stretch, runner));
    if (all && (apart || at === pending.length - 1)) sent.push({ do: 'commit' });
  }
  return sent;
}

function stretches(unit: Unit, migration: Migration): Stretch[] {
  const info = unit.migration(migration.file);
  const text = unit.parsed(migration.file)?.text ?? '';
  if (!info?.parts) {
    const { start, end } = info?.up ?? { start: 0, end: text.length };
    return [{ model: migration.transaction, text: text.slice(start, end), statements: migration.statements }];
  }
  return info.parts.map(({ start, end, transaction }, part) => ({
    model: transaction,
    // The line that opens the part says how it is cut.
    text: text.slice(text.lastIndexOf('\n', start - 1) + 1, end),
    statements: migration.statements.filter((each) => each.part === part),
  }));
}

function sentFor({ model, text, statements }: Stretch, { cut }: RunnerCase): Sent[] {
  const own = statements.map((each) => each.text);
  if (own.length === 0) return [];
  if (model === 'file-if-many') return [{ do: 'send', text, ...(own.length > 1 && { statements: own }) }];
  const pieces = (cut ? cut(text) : own).map((each): Sent => ({ do: 'send', text: bare(each) }));
  return model === 'file' ? [{ do: 'begin' }, ...pieces, { do: 'commit' }] : pieces;
}

/** A piece as PostgreSQL understands it: without what only the runner reads, so that equal ones are run once. */
function bare(piece: string): string {
  return piece.replace(/^(?:\s|--[^\n]*(?:\n|$))+/, '').replace(/[\s;]+$/, '');
}
