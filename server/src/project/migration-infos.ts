// How each migration file is run, by its runner and by what it says itself.
import type { MigrationInfo } from '../languages/language';
import { below } from './paths';
import type { UnitPlan } from './plan';
import { plain } from './runners';
import type { Reading } from './runners/runner';
import type { Texts } from './texts';

export class MigrationInfos {
  readonly #known = new Map<string, { readonly plan: UnitPlan; readonly text: string; readonly info: MigrationInfo }>();
  #last: ReadonlyMap<string, MigrationInfo> = new Map();

  /** One for each SQL file of the plan. What is said as before stays the same object, and so does the map. */
  of(plan: UnitPlan, texts: Texts): ReadonlyMap<string, MigrationInfo> {
    if (plan.language !== 'sql') return this.#last;
    const infos = new Map<string, MigrationInfo>();
    for (const path of plan.files) {
      const text = texts.now(path);
      if (text !== undefined) infos.set(path, this.#info(plan, path, text));
    }
    const last = this.#last;
    const same = last.size === infos.size && [...infos].every(([path, info]) => last.get(path) === info);
    if (!same) this.#last = infos;
    return this.#last;
  }

  #info(plan: UnitPlan, path: string, text: string): MigrationInfo {
    const known = this.#known.get(path);
    if (known && known.plan === plan && known.text === text) return known.info;
    const described = describe(plan, path, text);
    const info = known && JSON.stringify(known.info) === JSON.stringify(described) ? known.info : described;
    this.#known.set(path, { plan, text, info });
    return info;
  }
}

function describe({ migrations }: UnitPlan, path: string, text: string): MigrationInfo {
  const whole = { start: 0, end: text.length };
  const runner = migrations?.runner ?? plain;
  const folder = migrations?.folder ?? ALONE;
  const reading: Reading = runner.read?.(text, migrations ? below(path, folder.path) : path, folder) ?? {};
  return {
    runner: runner.id,
    transaction: reading.transaction ?? runner.transaction(folder),
    ...(reading.directive && { transactionDirective: reading.directive }),
    up: reading.up ?? whole,
    committed: migrations?.committed.has(path) ?? false,
  };
}

/** The surroundings of a script that no runner is known of. */
const ALONE = { path: '/', sql: new Map<string, string>(), has: () => false, text: () => undefined, facts: { dependencies: new Set<string>() } };
