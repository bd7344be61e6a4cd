// The module that VS Code loads as extensionTestsPath: runs mocha inside the extension host and writes the results down.
import Mocha from 'mocha';
import { writeFileSync } from 'node:fs';
import { format } from 'node:util';

interface Result {
  readonly title: string;
  readonly state: string;
  readonly message?: string;
}

export async function run(): Promise<void> {
  const write = console.log; // VS Code carries it to the runner, among its own lines
  console.log = Mocha.reporters.Base.consoleLog = (...args: unknown[]) => write(`[test] ${format(...args)}`);
  const mocha = new Mocha({ ui: 'bdd', timeout: 40_000, color: false });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  await import('./editor.test');
  await import('./undo.test');
  const results: Result[] = [];
  const note = (result: Result): void => {
    results.push(result);
    const report = process.env['SCHEMA_BIBLE_REPORT'];
    if (report !== undefined) writeFileSync(report, JSON.stringify(results)); // each time: a run that hangs still tells
  };
  await new Promise<void>((resolve, reject) => {
    mocha
      .run((failures) => (failures === 0 ? resolve() : reject(new Error(`${failures} failed`))))
      .on('test end', (test) => note({ title: test.fullTitle(), state: test.state ?? 'skipped', ...(test.err && { message: test.err.message }) }))
      // A hook that fails ends its suite without a test.
      .on('fail', (failed) => {
        const isHook: boolean = failed instanceof Mocha.Hook;
        if (isHook) note({ title: failed.fullTitle(), state: 'failed' });
      });
  });
}
