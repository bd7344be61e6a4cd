// Holds TypeScript's compiler, of which only the parser is used. Loading it costs more than parsing a hundred files,
// so nothing else in this folder imports it as a value.
import type { ts } from 'ts-morph';

/** Usable once `loadCompiler` has settled. */
export let compiler: typeof ts;

/** The kinds of nodes, held apart: the compiler's own property is a getter, and too slow for every node. */
export let SyntaxKind: typeof ts.SyntaxKind;

export async function loadCompiler(): Promise<void> {
  compiler ??= (await import('ts-morph')).ts;
  SyntaxKind = compiler.SyntaxKind;
}
