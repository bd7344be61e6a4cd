// How a file names a table that another file declares.
import type { Table } from '../../../model/nodes';
import type { WriteContext } from '../../language';
import { isModuleParsed } from '../../typescript/parse';
import type { Draft } from './draft';
import type { Wanted } from './imports';

export interface Reach {
  /** The name by which the file calls the table. */
  readonly name: string;
  /** What the file has to import for it. */
  readonly wanted?: Wanted;
}

/** The table's name in the draft's file; undefined where it isn't exported, or its name means something else there. */
export function reachTable(draft: Draft, { name, span }: Table, context: WriteContext): Reach | undefined {
  const { path } = draft.parsed;
  if (span.file === path) return { name };
  for (const [local, binding] of draft.parsed.scope().bindings) {
    if (binding.kind !== 'import' || (binding.name !== name && binding.name !== '*')) continue;
    const meant = draft.resolver.top(path, local);
    if (meant?.kind === 'node' && meant.place.source.path === span.file && binding.name === name) return { name: local };
    if (meant?.kind === 'namespace' && meant.source.path === span.file) return { name: `${local}.${name}` };
  }
  const other = context.parsed(span.file);
  const exported = isModuleParsed(other) && new RegExp(String.raw`^export\s+(?:const|let|var)\s+${name}\b`, 'm').test(other.text);
  if (!exported || draft.parsed.scope().bindings.has(name)) return undefined;
  return { name, wanted: { module: relativeModule(draft, span.file), name } };
}

/** The specifier of another file, with an ending where the file's own relative imports have one. */
function relativeModule({ parsed }: Draft, file: string): string {
  const from = parsed.path.split('/').slice(0, -1);
  const to = file.split('/');
  let common = 0;
  while (common < from.length && common < to.length - 1 && from[common] === to[common]) common++;
  const up = from.slice(common).map(() => '..');
  const bare = [...(up.length > 0 ? up : ['.']), ...to.slice(common)].join('/').replace(/\.[cm]?[jt]sx?$/, '');
  const ending = /from\s*["']\.[^"']*(\.[cm]?[jt]sx?)["']/.exec(parsed.text)?.[1] ?? '';
  return bare.replace(/\/index$/, ending === '' ? '' : '/index') + ending;
}
