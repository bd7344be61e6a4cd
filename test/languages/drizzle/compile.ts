// The compiler as an oracle: type-checks sources that exist only in memory against the installed drizzle-orm.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const OPTIONS: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  types: ['node'],
};
const AMBIENT = 'declare module "uuidv7" { export function uuidv7(): string; }\n';

/** The errors of files given by path, one line each. */
export function compile(files: Readonly<Record<string, string>>): string[] {
  const texts = new Map<string, string>([[join(ROOT, 'in-memory/ambient.d.ts'), AMBIENT]]);
  for (const [path, text] of Object.entries(files)) texts.set(join(ROOT, 'in-memory', path), text);
  const host = ts.createCompilerHost(OPTIONS);
  const { fileExists, readFile, getSourceFile, directoryExists } = host;
  host.fileExists = (path) => texts.has(path) || fileExists(path);
  host.readFile = (path) => texts.get(path) ?? readFile(path);
  host.directoryExists = (path) => [...texts.keys()].some((known) => known.startsWith(`${path}/`)) || (directoryExists?.(path) ?? true);
  host.getSourceFile = (path, target, ...rest) => {
    const text = texts.get(path);
    return text === undefined ? getSourceFile(path, target, ...rest) : ts.createSourceFile(path, text, target);
  };
  host.getCurrentDirectory = () => ROOT;
  const program = ts.createProgram([...texts.keys()], OPTIONS, host);
  return [...texts.keys()].flatMap((path) => {
    const file = program.getSourceFile(path);
    const found = file ? [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)] : [];
    return found.map(({ messageText, start = 0 }) => {
      const line = file?.text.slice(0, start).split('\n').length ?? 0;
      return `${path.slice(ROOT.length)}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
  });
}
