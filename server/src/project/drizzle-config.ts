// What Drizzle's configuration files say, read as text: they are code, and a workspace's code is never run.
import picomatch from 'picomatch';
import type { Facts } from '../model/facts';
import { withoutComments } from './code-text';
import { below, folderOf, isWithin, join, nameOf } from './paths';

type Casing = NonNullable<Facts['drizzleCasing']>;

const CONFIG = /(?:^drizzle[\w.-]*\.config|^config(?:\.[\w-]+)*|\.drizzle)\.[cm]?[jt]s$/;

export function isDrizzleConfig(path: string): boolean {
  return CONFIG.test(nameOf(path)) && /drizzle/i.test(path);
}

/**
 * Whether a configuration names a file as a part of its schema; undefined where the configuration names none by a
 * plain literal. Paths in it are relative to the folder that drizzle-kit is started in: the package's, or its own.
 */
export function readSchemaPaths(path: string, text: string, packageFolder: string): ((file: string) => boolean) | undefined {
  const value = /\bschema\s*:\s*(\[[^\]]*\]|"[^"\n]*"|'[^'\n]*'|`[^`$\n]*`)/.exec(text)?.[1];
  const literals = [...(value ?? '').matchAll(/["'`]([^"'`]+)["'`]/g)].map(([, literal = '']) => literal);
  if (literals.length === 0) return undefined;
  const tests = literals.flatMap((literal) => [packageFolder, folderOf(path)].map((folder) => schemaPath(folder, literal)));
  return (file) => tests.some((test) => test(file));
}

/** How a configuration has the names of columns made; introspection has a setting of the same name with other values. */
export function readCasing(text: string): Casing | undefined {
  const value = /\bcasing["']?\s*:\s*["'`](snake_case|camelCase)["'`]/.exec(withoutComments(text))?.[1];
  return value === 'snake_case' || value === 'camelCase' ? value : undefined;
}

/** A file, a folder or a glob below the folder; the folder's own name is no pattern. */
function schemaPath(folder: string, literal: string): (file: string) => boolean {
  const matches = picomatch(literal.replace(/^\.\//, ''));
  const place = join(folder, literal);
  return (file) => isWithin(file, place) || file.replace(/\.[cm]?[jt]sx?$/, '') === place || (isWithin(file, folder) && matches(below(file, folder)));
}
