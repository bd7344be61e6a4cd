// Findings per file: runs the rules once per unit, sorts what they say into files, and leaves out what isn't said there.
import { LintCache } from '../linter/cache';
import type { RegisteredRule, Severity } from '../linter/rule';
import { lint, type LintFinding } from '../linter/run';
import { applySuppressions, mayHoldSuppressions, readSuppressions, type Suppression } from '../linter/suppressions';
import type { Parsed, SyntaxProblem } from '../languages/language';
import { finderOf, sameTable } from '../model/names';
import type { Dialect, LanguageId, TableName } from '../model/nodes';
import type { Unit } from '../project/unit';
import { LineIndex } from '../text/line-index';

/** Everything that is known about one file, for its present text. */
export interface FileReport {
  readonly path: string;
  readonly language: LanguageId;
  readonly dialect: Dialect;
  readonly text: string;
  readonly lines: LineIndex;
  /** What is shown, by place. */
  readonly findings: readonly LintFinding[];
  /** Start and end of each finding, one after the other: spans look theirs up each time. */
  readonly offsets: Int32Array;
  readonly counts: Readonly<Record<Severity, number>>;
  /** Findings in a migration that the main branch already has: nobody may mend them, so only hovers tell of them. */
  readonly hidden: readonly LintFinding[];
  readonly suppressions: readonly Suppression[];
  readonly problems: readonly SyntaxProblem[];
  /** The units that the file belongs to; never empty. */
  readonly units: readonly Unit[];
}

/** What the analysis needs of the project. */
export interface UnitSource {
  unitsOf(path: string): Promise<readonly Unit[]>;
}

export interface AnalysisOptions {
  readonly project: UnitSource;
  readonly registry: readonly RegisteredRule[];
  /** Told of a rule that threw, one line each. */
  log(message: string): void;
  /** Prisma's own extension works beside this one: what it says as well is left to it. */
  readonly besidePrisma?: boolean;
  /** Findings in migrations that the main branch has are shown, whatever the configuration says. */
  readonly showHistory?: boolean;
}

/** How many units' verdicts are kept; a workspace rarely has as many. */
const KEPT_UNITS = 200;

/** Findings of a project's files. Reports are kept for as long as their units stay the same. */
export class Analysis {
  readonly #caches = new Map<string, LintCache>();
  readonly #findings = new WeakMap<Unit, ReadonlyMap<string, readonly Placed[]>>();
  readonly #reports = new WeakMap<Unit, Map<string, FileReport>>();

  constructor(private readonly options: AnalysisOptions) {}

  /** The report on a file in its present text; undefined for a file that belongs to no schema. */
  async report(path: string): Promise<FileReport | undefined> {
    const units = await this.options.project.unitsOf(path);
    const [first] = units;
    if (!first) return undefined;
    let reports = this.#reports.get(first);
    if (!reports) this.#reports.set(first, (reports = new Map()));
    const kept = reports.get(path);
    if (kept?.units.length === units.length && kept.units.every((unit, at) => unit === units[at])) return kept;
    const parsed = first.parsed(path);
    if (!parsed) return undefined;
    const report = this.#create(path, first, units, parsed);
    reports.set(path, report);
    return report;
  }

  /** The unit whose rules made a finding of the report. */
  unitOf(report: FileReport, finding: LintFinding): Unit | undefined {
    if (report.units.length === 1) return report.units[0];
    return report.units.find((unit) => this.#findingsOf(unit).get(report.path)?.some((placed) => placed.finding === finding)) ?? report.units[0];
  }

  #create(path: string, first: Unit, units: readonly Unit[], parsed: Parsed): FileReport {
    const { text } = parsed;
    const lines = new LineIndex(text);
    const suppressions = mayHoldSuppressions(text) ? readSuppressions(text, parsed.comments()) : [];
    const history = units.every((unit) => unit.migration(path)?.committed && !unit.settings.lintAllMigrations && !this.options.showHistory);
    const said = sortedByPlace(units.flatMap((unit) => this.#said(unit, path)));
    const findings = suppressions.length === 0 ? said : this.#suppressed(said, { path, text, lines, suppressions, history, units });
    const committed = units.every((unit) => unit.migration(path)?.committed);
    const isTold = (each: Placed): boolean => !history || each.finding.aboutHistory === true || units.some((unit) => isFresh(unit, path, each.start));
    const told = findings.filter(isTold);
    const shown = committed ? told.map((each) => ({ ...each, finding: withoutSafeFixes(each.finding) })) : told;
    return {
      path,
      language: first.language,
      dialect: first.schema.dialect,
      text,
      lines,
      findings: shown.map(({ finding }) => finding),
      offsets: offsetsOf(shown),
      counts: countsOf(shown),
      hidden: findings.flatMap((each) => (isTold(each) ? [] : [each.finding])),
      suppressions,
      problems: parsed.problems,
      units,
    };
  }

  #suppressed(said: readonly Placed[], file: Suppressible): readonly Placed[] {
    const { path, text, lines, suppressions, history, units } = file;
    const all = said.map(({ finding }) => finding);
    const kept = applySuppressions(all, {
      file: path,
      text,
      lines,
      suppressions,
      unused: history ? 'off' : 'warning',
      ran: (rule) => units.some((unit) => unit.settings.rules.get(rule)?.severity !== 'off'),
    });
    return sortedByPlace(kept.map(placed));
  }

  /** What a unit's rules say in a file, without what is said elsewhere or in a rollback. */
  #said(unit: Unit, path: string): readonly Placed[] {
    const findings = this.#findingsOf(unit).get(path) ?? [];
    const up = unit.migration(path)?.up;
    const { source } = unit;
    const { besidePrisma = false } = this.options;
    if (!up && !source && !besidePrisma) return findings;
    return findings.filter(({ finding, start }) => {
      if (besidePrisma && finding.saidByPrisma && unit.language === 'prisma') return false;
      if (up && (start < up.start || start > up.end)) return false;
      return !source || !(saidInSource(finding, source) || this.#saidOf(finding, source));
    });
  }

  /**
   * Whether the source speaks of it: what a table lacks to keep tenants apart is said there, and of a policy that is
   * written both there and in a migration only the source's.
   */
  #saidOf({ category, rule, table }: LintFinding, source: Unit): boolean {
    if (category !== 'tenancy' || !table || !holds(source, table)) return false;
    if (this.options.registry.some((each) => each.rule.id === rule && each.rule.meta.absence)) return true;
    const same = ({ finding }: Placed): boolean => finding.rule === rule && finding.table !== undefined && sameTable(finding.table, table);
    return [...this.#findingsOf(source).values()].some((findings) => findings.some(same));
  }

  #findingsOf(unit: Unit): ReadonlyMap<string, readonly Placed[]> {
    const known = this.#findings.get(unit);
    if (known) return known;
    const findings = byFile(
      lint(unit.schema, {
        registry: this.options.registry,
        settings: unit.settings,
        facts: unit.facts,
        applied: unit.applied ?? unit.database?.applied,
        history: unit.history,
        database: unit.database?.schema,
        uses: unit.uses,
        cache: this.#cacheOf(unit.id),
        onError: (rule, error) => {
          this.options.log(`The rule ${rule} failed and was left out: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        },
      }),
    );
    this.#findings.set(unit, findings);
    return findings;
  }

  #cacheOf(id: string): LintCache {
    const cache = this.#caches.get(id) ?? new LintCache();
    this.#caches.delete(id);
    this.#caches.set(id, cache);
    for (const oldest of this.#caches.keys()) {
      if (this.#caches.size <= KEPT_UNITS) break;
      this.#caches.delete(oldest);
    }
    return cache;
  }
}

/** Whether a place lies in a part of a migration that the main branch doesn't have, though it has the file. */
function isFresh(unit: Unit, path: string, offset: number): boolean {
  return unit.migration(path)?.parts?.some(({ fresh, start, end }) => fresh && start <= offset && offset < end) ?? false;
}

interface Suppressible extends Pick<FileReport, 'path' | 'text' | 'lines' | 'suppressions' | 'units'> {
  readonly history: boolean;
}

/** A finding with its place: a span looks its offsets up each time, so each is asked once. */
interface Placed {
  readonly finding: LintFinding;
  readonly start: number;
  readonly end: number;
  readonly severity: Severity;
}

function placed(finding: LintFinding): Placed {
  const { at, severity } = finding;
  return { finding, start: at.start, end: at.end, severity };
}

/** Whoever rewrites a migration that is out already does it with open eyes. */
function withoutSafeFixes(finding: LintFinding): LintFinding {
  if (!finding.fixes) return finding;
  let reviewed = reviewedFindings.get(finding);
  if (!reviewed) reviewedFindings.set(finding, (reviewed = { ...finding, fixes: finding.fixes.map((fix) => ({ ...fix, kind: 'review' })) }));
  return reviewed;
}

/** A finding stays the same object for as long as it is the same. */
const reviewedFindings = new WeakMap<LintFinding, LintFinding>();

function byFile(findings: readonly LintFinding[]): Map<string, Placed[]> {
  const files = new Map<string, Placed[]>();
  let last: string | undefined;
  let own: Placed[] = [];
  for (const finding of findings) {
    const { file } = finding.at;
    if (file !== last) {
      own = files.get(file) ?? [];
      files.set(file, own);
      last = file;
    }
    own.push(placed(finding));
  }
  return files;
}

/** By place, one of each rule at each place. */
function sortedByPlace(findings: readonly Placed[]): Placed[] {
  const all = [...findings].sort((a, b) => a.start - b.start || a.end - b.end || compare(a.finding.rule, b.finding.rule));
  const sorted: Placed[] = [];
  let previous: Placed | undefined;
  for (const each of all) {
    const again = previous?.start === each.start && previous.end === each.end && previous.finding.rule === each.finding.rule;
    if (!again) sorted.push(each);
    previous = each;
  }
  return sorted;
}

function offsetsOf(findings: readonly Placed[]): Int32Array {
  const offsets = new Int32Array(2 * findings.length);
  findings.forEach(({ start, end }, at) => {
    offsets[2 * at] = start;
    offsets[2 * at + 1] = end;
  });
  return offsets;
}

function countsOf(findings: readonly Placed[]): Record<Severity, number> {
  const counts: Record<Severity, number> = { error: 0, warning: 0, info: 0, hint: 0 };
  for (const { severity } of findings) counts[severity]++;
  return counts;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const finders = new WeakMap<Unit, ReturnType<typeof finderOf>>();

/** Whether the finding is about the shape of a table that the author writes in the ORM's schema: it is said there. */
function saidInSource({ category, table }: LintFinding, source: Unit): boolean {
  return table !== undefined && (category === 'schema' || category === 'index' || category === 'relation') && holds(source, table);
}

/** Whether the unit's schema declares the table. */
function holds(source: Unit, table: TableName): boolean {
  let find = finders.get(source);
  if (!find) finders.set(source, (find = finderOf(source.schema.tables)));
  return find(table) !== undefined;
}
