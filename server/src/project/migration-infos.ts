// How each migration file is run, by its runner and by what it says itself.
import type { MigrationInfo } from '../languages/language';
import { editIn, type Part } from './git/original';
import { below, join } from './paths';
import type { UnitPlan } from './plan';
import { plain } from './runners';
import type { Reading } from './runners/runner';
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
  const whole = { start: 0, end: text.length };
  const runner = migrations?.runner ?? plain;
  const folder = migrations?.folder ?? ALONE;
  const name = migrations ? below(path, folder.path) : path;
  const reading: Reading = runner.read?.(text, name, folder) ?? {};
  const originals = migrations?.committed.get(path);
  const up = (each: string): Part => runner.read?.(each, name, folder).up ?? { start: 0, end: each.length };
  const edited = originals && editIn(text, originals, runner.id, up);
  return {
    runner: runner.id,
    transaction: reading.transaction ?? runner.transaction(folder),
    ...(reading.directive && { transactionDirective: reading.directive }),
    up: reading.up ?? whole,
    committed: originals !== undefined,
    ...(edited && { edited }),
    ...(reading.dated && { dated: reading.dated }),
    ...(reading.rollback && { rollback: { kind: reading.rollback.kind, file: join(folder.path, reading.rollback.name), at: reading.rollback.at } }),
  };
}

/** The surroundings of a script that no runner is known of. */
const ALONE = { path: '/', sql: new Map<string, string>(), has: () => false, text: () => undefined, facts: { dependencies: new Set<string>() } };
