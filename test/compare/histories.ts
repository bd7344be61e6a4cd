// The migrations of a real repository, as our scan finds them, and our findings in them.
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import type { Unit } from '../../server/src/project/unit';
import { Analysis } from '../../server/src/ide/analysis';
import { code } from '../../server/src/languages/code';
import { drizzle } from '../../server/src/languages/drizzle';
import { prisma } from '../../server/src/languages/prisma';
import { sql } from '../../server/src/languages/sql';
import type { Category, Severity } from '../../server/src/linter/rule';
import { NodeWorkspace } from '../../server/src/node/workspace';
import { Project } from '../../server/src/project/project';
import { registry } from '../../server/src/rules/registry.generated';

export interface OwnFinding {
  readonly file: string;
  readonly rule: string;
  readonly category: Category | 'suppression';
  readonly severity: Severity;
  readonly line: number;
  readonly message: string;
}

/** A statement with the ids of our rules that report something at it. */
export interface OwnStatement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly rules: readonly string[];
}

/** Migrations that are run one after the other, each with its statements. */
export type Sequence = readonly { readonly file: string; readonly statements: readonly OwnStatement[] }[];

export interface History {
  readonly name: string;
  readonly folder: string;
  /** PostgreSQL's migrations, from the folder; other databases' files, seeds and queries aren't among them. */
  readonly files: readonly string[];
  readonly texts: ReadonlyMap<string, string>;
  readonly findings: readonly OwnFinding[];
  readonly sequences: readonly Sequence[];
}

/** Reads the repository with the default profile; committed migrations are linted like new ones. */
export async function readHistory(folder: string, log: (message: string) => void): Promise<History> {
  const project = new Project({ workspace: new NodeWorkspace(), frontEnds: [prisma, drizzle, sql, code], registry, overrides: { migrations: { lint: 'all' } }, log });
  await project.setRoots([folder]);
  await project.readCode();
  const analysis = new Analysis({ project, registry, log, showHistory: true });
  const texts = new Map<string, string>();
  const findings: OwnFinding[] = [];
  const units = new Map<Unit, Map<string, readonly { at: { start: number; end: number }; rule: string }[]>>();
  for (const path of project.files()) {
    const report = await analysis.report(path);
    if (report?.language !== 'sql' || report.dialect !== 'postgresql' || !report.units.some((unit) => unit.migration(path))) continue;
    const file = relative(folder, path);
    texts.set(file, report.text);
    for (const unit of report.units) units.set(unit, (units.get(unit) ?? new Map<string, never>()).set(path, report.findings));
    for (const { rule, category, severity, message, at } of report.findings) {
      findings.push({ file, rule, category, severity, message, line: report.lines.positionAt(at.start).line });
    }
  }
  return { name: basename(folder), folder, files: [...texts.keys()].sort(), texts, findings, sequences: [...units].map(([unit, found]) => sequenceOf(unit, found, folder)) };
}

function sequenceOf({ schema }: Unit, found: ReadonlyMap<string, readonly { at: { start: number; end: number }; rule: string }[]>, folder: string): Sequence {
  return schema.migrations.map(({ file, statements }) => ({
    file: relative(folder, file),
    statements: statements.map(({ span: { start, end }, text }) => ({
      start,
      end,
      text,
      rules: (found.get(file) ?? []).flatMap(({ at, rule }) => (at.start < end && at.end > start ? [rule] : [])),
    })),
  }));
}

/** Copies what tells of a history's runner beside its files, and nothing else of the repository, below `target`. */
export function copyHistory({ folder, files, texts }: History, target: string): void {
  const folders = new Set<string>();
  for (const file of files) {
    mkdirSync(join(target, dirname(file)), { recursive: true });
    writeFileSync(join(target, file), texts.get(file) ?? '');
    for (let at = dirname(file); !folders.has(at); at = dirname(at)) folders.add(at);
  }
  for (const at of folders) {
    for (const name of ['package.json', 'migration_lock.toml', 'meta/_journal.json']) {
      if (existsSync(join(folder, at, name))) cpSync(join(folder, at, name), join(target, at, name));
    }
  }
}
