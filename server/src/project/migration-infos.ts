// How each migration file is run, by its runner and by what it says itself.
import type { MigrationInfo } from '../languages/language';
import { editIn, type Originals, type Part } from './git/original';
import { below, join } from './paths';
import type { UnitPlan } from './plan';
import { plain } from './runners';
import type { Reading, ReadingPart, Runner } from './runners/runner';
import type { Texts } from './texts';

interface Known {
  readonly plan: UnitPlan;
  readonly text: string;
  /** The text of the file that holds the down half. */
  readonly beside: string | undefined;
  readonly info: MigrationInfo;
}

export class MigrationInfos {
  readonly #known = new Map<string, Known>();
  #last: ReadonlyMap<string, MigrationInfo> = new Map();

  /** One for each SQL file of the plan. What is said as before stays the same object, and so does the map. */
  of(plan: UnitPlan, texts: Texts): ReadonlyMap<string, MigrationInfo> {
    if (plan.language !== 'sql') return this.#last;
    const infos = new Map<string, MigrationInfo>();
    for (const path of plan.files) {
      const text = texts.now(path);
      if (text !== undefined) infos.set(path, this.#info(plan, path, text, texts));
    }
    const last = this.#last;
    const same = last.size === infos.size && [...infos].every(([path, info]) => last.get(path) === info);
    if (!same) this.#last = infos;
    return this.#last;
  }

  #info(plan: UnitPlan, path: string, text: string, texts: Texts): MigrationInfo {
    const known = this.#known.get(path);
    if (known && known.plan === plan && known.text === text && known.beside === besideOf(known.info, path, texts)) return known.info;
    const described = describe(plan, path, text);
    const info = known && JSON.stringify(known.info) === JSON.stringify(described) ? known.info : described;
    this.#known.set(path, { plan, text, beside: besideOf(info, path, texts), info });
    return info;
  }
}

function besideOf({ rollback }: MigrationInfo, path: string, texts: Texts): string | undefined {
  return rollback && rollback.file !== path ? texts.now(rollback.file) : undefined;
}

function describe({ migrations }: UnitPlan, path: string, text: string): MigrationInfo {
  const runner = migrations?.runner ?? plain;
  const folder = migrations?.folder ?? ALONE;
  const name = migrations ? below(path, folder.path) : path;
  const read = (each: string): Reading => runner.read?.(each, name, folder) ?? {};
  const reading = read(text);
  const { transaction, directive, dated, rollback } = reading;
  return {
    runner: runner.id,
    transaction: transaction ?? runner.transaction(folder),
    ...(directive && { transactionDirective: directive }),
    up: reading.up ?? { start: 0, end: text.length },
    ...pastOf(text, reading, migrations?.committed.get(path), { runner, read }),
    ...(dated && { dated }),
    ...(rollback && { rollback: { kind: rollback.kind, file: join(folder.path, rollback.name), at: rollback.at } }),
  };
}

interface Reader {
  readonly runner: Runner;
  read(text: string): Reading;
}

/** What the main branch has of a migration. */
function pastOf(text: string, reading: Reading, originals: Originals | undefined, { runner, read }: Reader): Pick<MigrationInfo, 'committed' | 'edited' | 'parts'> {
  const shared = originals && new Set(originals.flatMap((each) => read(each).parts?.map(({ id }) => id) ?? []));
  const isFresh = ({ id }: ReadingPart): boolean => id !== undefined && shared !== undefined && originals?.length !== 0 && !shared.has(id);
  const parts = reading.parts?.map((part) => ({
    start: part.start,
    end: part.end,
    transaction: part.transaction,
    ...(isFresh(part) && { fresh: true as const }),
  }));
  const remembered = (each: string): readonly Part[] => {
    const { up, parts: own } = each === text ? reading : read(each);
    return own?.filter((part) => !part.repeats && !isFresh(part)) ?? [up ?? { start: 0, end: each.length }];
  };
  const edited = originals && editIn(text, originals, runner.id, remembered);
  return {
    // What is run again after each change is new with each of them.
    committed: originals !== undefined && !(reading.repeats && edited),
    ...(edited && !reading.repeats && { edited }),
    ...(parts && { parts }),
  };
}

/** The surroundings of a script that no runner is known of. */
const ALONE = { path: '/', sql: new Map<string, string>(), has: () => false, text: () => undefined, facts: { dependencies: new Set<string>() } };
