// PostgreSQL's own parser, one statement at a time.
import type { Node } from 'libpg-query';

type Library = typeof import('libpg-query');

export type ParseOutcome =
  | { readonly ok: true; readonly node: Node | undefined }
  | {
      readonly ok: false;
      readonly message: string;
      /** Characters from 0, as the parser counts. */
      readonly cursor: number;
    };

let library: Library | undefined;

/** Loads the WebAssembly module. */
export async function loadParser(): Promise<void> {
  if (library) return;
  const loaded: Library & { readonly default?: Library } = await import('libpg-query');
  const module = loaded.default ?? loaded;
  await module.loadModule();
  library = module;
}

/** Parses one statement. Throws only when `loadParser` hasn't settled. */
export function parseOne(text: string): ParseOutcome {
  if (!library) throw new Error('The SQL parser is used before it is loaded.');
  try {
    return { ok: true, node: library.parseSync(text).stmts?.[0]?.stmt };
  } catch (error) {
    if (library.hasSqlDetails(error)) {
      return { ok: false, message: error.message, cursor: error.sqlDetails?.cursorPosition ?? 0 };
    }
    return { ok: false, message: 'PostgreSQL\'s parser gave up on this statement.', cursor: 0 };
  }
}
