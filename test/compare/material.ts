// The SQL that linters show as examples of their rules, taken from where they keep it.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** One example: files that are run one after the other, by their names. */
export interface Example {
  readonly name: string;
  readonly scripts: readonly { readonly name: string; readonly text: string }[];
}

/** All examples below a folder: each .sql file, and each raw string with SQL in the tests of Rust's files. */
export function examplesIn(folder: string): Example[] {
  return filesBelow(folder).flatMap((path) => {
    const name = relative(folder, path);
    const text = readFileSync(path, 'utf8');
    return path.endsWith('.sql') ? [{ name, scripts: scriptsIn(text) }] : testsIn(name, text);
  });
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : /\.(?:sql|rs)$/.test(entry.name) ? [join(folder, entry.name)] : []))
    .sort();
}

/** A file may hold several scripts, each behind a line with its name. */
function scriptsIn(text: string): Example['scripts'] {
  const parts = text.split(/^-- (\w+\.sql)\s*$/m);
  if (parts.length < 3) return [{ name: '1.sql', text }];
  const scripts: { name: string; text: string }[] = [];
  for (let at = 1; at + 1 < parts.length; at += 2) scripts.push({ name: parts[at] ?? '', text: parts[at + 1] ?? '' });
  return scripts;
}

function testsIn(name: string, text: string): Example[] {
  return [...text.matchAll(/#\[test\]\s*fn (\w+)\(\)\s*\{([\s\S]*?)\n {4}\}/g)].flatMap(([, test = '', body = '']) => {
    const [, , raw] = /r(#+)"([\s\S]*?)"\1/.exec(body) ?? [];
    const [, plain] = /let sql = "([^"\\]*)"/.exec(body) ?? [];
    const sql = raw ?? plain;
    return sql === undefined ? [] : [{ name: `${name}:${test}`, scripts: [{ name: '1.sql', text: sql }] }];
  });
}
