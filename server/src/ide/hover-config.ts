// What the pointer tells in a configuration that belongs to no schema: which database Drizzle is told to use.
import type { Dialect } from '../model/nodes';
import { isDrizzleConfig } from '../project/drizzle-config';
import type { Hover } from './hover';
import { databaseTable } from './hover-tables';

const DIALECTS: Readonly<Record<string, Dialect>> = {
  postgresql: 'postgresql',
  cockroach: 'cockroachdb',
  mysql: 'mysql',
  sqlite: 'sqlite',
  turso: 'sqlite',
  mssql: 'sqlserver',
};

/** Strings and comments are matched as a whole, so that nothing inside them is taken for the setting. */
const DIALECT = /\bdialect["']?\s*:\s*(["'`])(\w+)\1|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;

/** The hover at an offset of a configuration file, or undefined where there is nothing to say. */
export function hoverInConfig(path: string, text: string, offset: number): Hover | undefined {
  if (!isDrizzleConfig(path)) return undefined;
  for (const { index: start, 0: all, 2: value } of text.matchAll(DIALECT)) {
    const end = start + all.length;
    if (value !== undefined && start <= offset && offset <= end) return { contents: databaseTable(value, DIALECTS[value] ?? 'unknown'), start, end };
  }
  return undefined;
}
