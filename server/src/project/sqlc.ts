// What sqlc's configuration names: queries, and mirrors of a schema that it generates code from.
import { folderOf, isWithin, join, nameOf } from './paths';
import type { Texts } from './texts';
import type { Tree } from './tree';

/** Paths of files and folders that sqlc reads. */
export interface SqlcPaths {
  readonly queries: readonly string[];
  readonly schemas: readonly string[];
}

export async function sqlcPaths(tree: Tree, texts: Texts): Promise<SqlcPaths> {
  const configurations = [...tree.files()].filter((path) => /^sqlc\.(?:ya?ml|json)$/.test(nameOf(path)));
  await texts.loadAll(configurations);
  const read = (key: string): string[] =>
    configurations.flatMap((path) => valuesOf(key, texts.now(path) ?? '').map((value) => join(folderOf(path), value)));
  return { queries: read('queries'), schemas: read('schema') };
}

export function isAmong(path: string, named: readonly string[]): boolean {
  return named.some((each) => path === each || isWithin(path, each));
}

/** The values of a key, each one text or a list of them, in YAML or JSON; a pattern counts as the folder it lies in. */
function valuesOf(key: string, text: string): string[] {
  const values: string[] = [];
  const pattern = new RegExp(`^[ \\t]*(?:- +)?["']?${key}["']?[ \\t]*:[ \\t]*(\\[[^\\]]*\\]|[^\\n]*)((?:\\n[ \\t]*- [^\\n]*)*)`, 'gm');
  // JSON may stand on one line.
  for (const [, inline = '', list = ''] of text.replace(/\r/g, '').replace(/([{,])(?=\s*")/g, '$1\n').matchAll(pattern)) {
    for (const part of `${inline.replace(/^\[|\]$/g, '')}\n${list}`.split(/[\n,]/)) {
      const value = part.replace(/\s#.*$/, '').replace(/^\s*(?:- )?\s*|[\s"'}\]]+$|\[/g, '').replace(/^["']/, '').replace(/\/?\*.*$/, '');
      if (value !== '' && !/^[{&|>]/.test(value)) values.push(value);
    }
  }
  return values;
}
