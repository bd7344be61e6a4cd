// Type-checks Drizzle schemas against the real drizzle-orm, all in one program.
import { join } from 'node:path';
import ts from 'typescript';
import { root } from './all';
import type { Texts } from './engine';

/** Packages that examples import without owning them. */
const AMBIENT = `declare module 'uuidv7' { export function uuidv7(): string }
declare module 'node:crypto' { export function randomUUID(): string }
declare module '@company/columns' { export const shared: {} }
declare const crypto: { randomUUID(): string };
`;

/** The compiler's complaints about modules that belong together, by name and text; modules without any are left out. */
export function complaints(groups: ReadonlyMap<string, Texts>): Map<string, string[]> {
  const folder = join(root, 'test/rules/virtual');
  const files = new Map(
    [...groups].flatMap(([name, texts], at) =>
      [...texts].map(([path, text]) => [join(folder, `${at}`, path), { key: `${name}, ${path}\n${text}`, text }] as const),
    ),
  );
  const ambient = join(folder, 'ambient.d.ts');
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2023,
    lib: ['lib.es2023.d.ts'],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    moduleDetection: ts.ModuleDetectionKind.Force,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const read = host.readFile.bind(host);
  const exists = host.fileExists.bind(host);
  const source = host.getSourceFile.bind(host);
  const own = (path: string): string | undefined => (path === ambient ? AMBIENT : files.get(path)?.text);
  host.readFile = (path) => own(path) ?? read(path);
  host.fileExists = (path) => own(path) !== undefined || exists(path);
  const folders = host.directoryExists?.bind(host);
  host.directoryExists = (path) => path.startsWith(folder) || folders?.(path) !== false;
  host.getSourceFile = (path, languageVersion, ...rest) => {
    const text = own(path);
    return text === undefined ? source(path, languageVersion, ...rest) : ts.createSourceFile(path, text, languageVersion);
  };
  // A declaration of modules must be a script, not a module of its own.
  const program = ts.createProgram([ambient, ...files.keys()], { ...options, moduleDetection: ts.ModuleDetectionKind.Auto }, host);
  const found = new Map<string, string[]>();
  for (const [path, { key }] of files) {
    const file = program.getSourceFile(path);
    if (!file) throw new Error(`${path} is not part of the program.`);
    const own = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    if (own.length > 0) found.set(key, own.map((each) => ts.flattenDiagnosticMessageText(each.messageText, '\n')));
  }
  return found;
}
