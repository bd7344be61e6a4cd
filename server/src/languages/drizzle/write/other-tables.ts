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
  return { name, wanted: { module: relativeModule(draft, span.file, context), name } };
}

/** The specifier of another file, with an ending where relative imports have one, in this file or else in the schema's others. */
export function relativeModule({ parsed }: Draft, file: string, context: WriteContext): string {
  const from = parsed.path.split('/').slice(0, -1);
  const to = file.split('/');
  let shared = 0;
  while (shared < from.length && shared < to.length - 1 && from[shared] === to[shared]) shared++;
  const up = from.slice(shared).map(() => '..');
  const bare = to.slice(shared).join('/').replace(/\.[cm]?[jt]sx?$/, '');
  const ending = usualEnding([parsed.text, ...context.schema.files.map((path) => context.parsed(path)?.text ?? '')]);
  return [...(up.length > 0 ? up : ['.']), ending === '' ? bare.replace(/\/index$/, '') : bare + ending].join('/');
}

/** How the first relative import in these texts ends. */
function usualEnding(texts: readonly string[]): string {
  for (const text of texts) {
    const [, path] = /\bfrom\s*["'](\.[^"']*)["']/.exec(text) ?? [];
    if (path !== undefined) return /\.[cm]?[jt]sx?$/.exec(path)?.[0] ?? '';
  }
  return '';
}
