// The linters of migrations to compare with: how each is installed and run, and its findings in one shape.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { installPackages } from '../bench/install.mjs';

export interface Reported {
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'info';
  /** As it was given to the peer. */
  readonly file: string;
  /** From 0; undefined where the peer speaks of the whole file or of a statement. */
  readonly line?: number;
  readonly column?: number;
  /** The statement's text, where the peer gives no place. */
  readonly statement?: string;
}

export interface PeerRun {
  readonly reports: readonly Reported[];
  /** Files that it couldn't finish. */
  readonly failed: readonly string[];
}

export interface Peer {
  readonly name: string;
  readonly version: string;
  /** Runs it with its own defaults over files below `folder`, which are named from there. */
  run(files: readonly string[], folder: string): Promise<PeerRun>;
}

const PACKAGES = [
  { name: 'squawk-cli', version: '2.66.0', make: squawk },
  { name: '@postgres-language-server/cli', version: '0.25.5', make: languageServer },
  { name: '@flvmnt/pgfence', version: '0.1.5', make: pgfence },
  { name: 'migrationpilot', version: '1.6.1', make: migrationPilot },
] as const;

/** Installs the peers; `placed` gives folders with a `node_modules` for some of them. One that can't be had is left out. */
export function installAll(placed: Readonly<Record<string, string>>, complain: (message: string) => void): Peer[] {
  return PACKAGES.flatMap(({ name, version, make }) => {
    try {
      const folder = placed[name] ?? join(installPackages({ [name]: version }, name), 'node_modules', ...name.split('/'));
      const { version: found } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
      return [{ name, version: found, run: make(folder) }];
    } catch {
      complain(`${name} ${version} can't be installed here, so it is left out.`);
      return [];
    }
  });
}

/** The program of squawk for this machine. */
export function squawkProgram(): string {
  return binary(join(installPackages({ 'squawk-cli': '2.66.0' }, 'squawk-cli'), 'node_modules/squawk-cli'));
}

function binary(folder: string): string {
  return join(folder, `../@squawk-cli/${process.platform}-${process.arch}/bin`, process.platform === 'win32' ? 'squawk.exe' : 'squawk');
}

/** What a program writes to its output; what it says by its status doesn't count. */
function output(program: string, args: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve) => {
    execFile(program, args, { cwd, maxBuffer: 1 << 30 }, (_error, stdout) => resolve(stdout));
  });
}

function parsed<T>(text: string): T | undefined {
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}

/** Runs over many files at once; where that gives no answer, over halves of them, so that one bad file costs itself alone. */
async function halving(files: readonly string[], some: (files: readonly string[]) => Promise<readonly Reported[] | undefined>): Promise<PeerRun> {
  if (files.length === 0) return { reports: [], failed: [] };
  const reports = await some(files);
  if (reports) return { reports, failed: [] };
  if (files.length === 1) return { reports: [], failed: files };
  const middle = files.length >> 1;
  const first = await halving(files.slice(0, middle), some);
  const second = await halving(files.slice(middle), some);
  return { reports: [...first.reports, ...second.reports], failed: [...first.failed, ...second.failed] };
}

function squawk(folder: string): Peer['run'] {
  const program = binary(folder);
  return (files, cwd) =>
    halving(files, async (some) => {
      const text = await output(program, ['--reporter', 'json', ...some], cwd);
      const found = parsed<{ file: string; line: number; column: number; level: string; rule_name: string }[]>(text);
      return found?.map(({ file, line, column, level, rule_name: rule }) => ({ rule, file, line, column, severity: level === 'Error' ? 'error' : 'warning' }));
    });
}

function languageServer(folder: string): Peer['run'] {
  const program = join(folder, 'bin/postgres-language-server');
  interface Place {
    readonly path: string;
    readonly start?: { readonly line: number; readonly column: number };
  }
  return (files, cwd) =>
    halving(files, async (some) => {
      const text = await output(process.execPath, [program, 'check', '--disable-db', '--reporter=json', '--max-diagnostics=none', ...some], cwd);
      const found = parsed<{ diagnostics: { severity: string; category: string; location: Place }[] }>(text);
      return found?.diagnostics.map(({ severity, category, location }) => ({
        rule: category.split('/').at(-1) ?? category,
        severity: severity === 'error' || severity === 'fatal' ? 'error' : severity === 'warning' ? 'warning' : 'info',
        file: location.path,
        ...(location.start && { line: location.start.line - 1, column: location.start.column - 1 }),
      }));
    });
}

function pgfence(folder: string): Peer['run'] {
  const program = join(folder, 'dist/index.js');
  const severities: Readonly<Record<string, Reported['severity']>> = { CRITICAL: 'error', HIGH: 'error', MEDIUM: 'warning', error: 'error', warning: 'warning' };
  interface Result {
    readonly filePath: string;
    readonly checks: readonly { readonly ruleId: string; readonly risk: string; readonly statement: string }[];
    readonly policyViolations: readonly { readonly ruleId: string; readonly severity: string }[];
  }
  return (files, cwd) =>
    halving(files, async (some) => {
      const found = parsed<{ results: Result[] }>(await output(process.execPath, [program, 'analyze', '--format', 'sql', '--output', 'json', ...some], cwd));
      return found?.results.flatMap(({ filePath: file, checks, policyViolations }) => [
        ...checks.filter(({ risk }) => risk !== 'SAFE').map(({ ruleId: rule, risk, statement }) => ({ rule, file, statement, severity: severities[risk] ?? 'info' })),
        ...policyViolations.map(({ ruleId: rule, severity }) => ({ rule, file, severity: severities[severity] ?? 'info' })),
      ]);
    });
}

function migrationPilot(folder: string): Peer['run'] {
  const program = join(folder, 'dist/cli.cjs');
  interface Violation {
    readonly ruleId: string;
    readonly severity: string;
    readonly line: number;
  }
  const one = async (file: string, cwd: string): Promise<readonly Reported[] | undefined> => {
    const text = await output(process.execPath, [program, 'analyze', file, '--format', 'json', '--offline', '--no-config'], cwd);
    const found = parsed<{ violations: Violation[] }>(text);
    return found?.violations.map(({ ruleId: rule, severity, line }) => ({ rule, file, line: line - 1, severity: severity === 'critical' ? 'error' : 'warning' }));
  };
  return async (files, cwd) => {
    const reports: Reported[] = [];
    const failed: string[] = [];
    // It takes one file at a time, so two of them run at once.
    const queue = [...files];
    const work = async (): Promise<void> => {
      for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
        const found = await one(file, cwd);
        if (found) reports.push(...found);
        else failed.push(file);
      }
    };
    await Promise.all([work(), work()]);
    return { reports, failed };
  };
}
