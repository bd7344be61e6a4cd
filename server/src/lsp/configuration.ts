// Mistakes in configuration files, shown in those files whether they are open or not.
import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver/node';
import { LineIndex } from '../text/line-index';
import { SOURCE, toRange } from './convert';
import type { Session } from './session';

export class ConfigurationDiagnostics {
  #shown = new Set<string>();
  #running: Promise<void> | undefined;
  #due = false;

  constructor(private readonly session: Session) {}

  /** Looks again at all configuration files. */
  refresh(): void {
    this.#due = true;
    this.#running ??= this.#run();
  }

  async #run(): Promise<void> {
    while (this.#due) {
      this.#due = false;
      try {
        await this.#send();
      } catch (error) {
        this.session.log(`Configuration files couldn't be checked: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    this.#running = undefined;
  }

  async #send(): Promise<void> {
    const byPath = new Map<string, Diagnostic[]>();
    for (const problem of await this.session.project.problems()) {
      const lines = new LineIndex((await this.session.text(problem.path)) ?? '');
      const own = byPath.get(problem.path) ?? [];
      own.push({ range: toRange(lines, problem), severity: DiagnosticSeverity.Warning, source: SOURCE, code: 'configuration', message: problem.message });
      byPath.set(problem.path, own);
    }
    for (const path of this.#shown) if (!byPath.has(path)) byPath.set(path, []);
    this.#shown = new Set([...byPath].flatMap(([path, diagnostics]) => (diagnostics.length > 0 ? [path] : [])));
    for (const [path, diagnostics] of byPath) void this.session.connection.sendDiagnostics({ uri: this.session.uri(path), diagnostics });
  }
}
