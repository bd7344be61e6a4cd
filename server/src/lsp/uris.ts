// URIs of the protocol to the paths that the project knows, and back. Nothing else here parses a URI.
import { URI } from 'vscode-uri';

/** Unsaved documents get a path in a folder that can't exist on a disk, with an extension that tells their language. */
const UNSAVED = '/untitled:/';

const EXTENSIONS: Readonly<Record<string, string>> = {
  prisma: '.prisma',
  sql: '.sql',
  postgres: '.sql',
  postgresql: '.sql',
  pgsql: '.sql',
  plpgsql: '.sql',
  typescript: '.ts',
  typescriptreact: '.tsx',
  javascript: '.js',
  javascriptreact: '.jsx',
};

/** Remembers how the client spells the URI of a path: clients encode differently, and expect their own spelling back. */
export class Uris {
  readonly #spelling = new Map<string, string>();

  constructor(private readonly windows: boolean) {}

  /** The path of a document that the client has opened; undefined for schemes that hold no file of the user's. */
  open(uri: string, languageId: string): string | undefined {
    const path = this.path(uri) ?? unsaved(uri, languageId);
    if (path !== undefined) this.#spelling.set(path, uri);
    return path;
  }

  close(path: string): void {
    this.#spelling.delete(path);
  }

  /** The path of a file's URI, absolute and with `/`. */
  path(uri: string): string | undefined {
    const parsed = parse(uri);
    if (parsed?.scheme !== 'file') return undefined;
    const path = parsed.fsPath;
    return this.windows ? path.replaceAll('\\', '/') : path;
  }

  uri(path: string): string {
    return this.#spelling.get(path) ?? URI.file(path).toString();
  }
}

function unsaved(uri: string, languageId: string): string | undefined {
  const parsed = parse(uri);
  if (parsed?.scheme !== 'untitled') return undefined;
  const name = parsed.path.replace(/^\/+/, '');
  const extension = EXTENSIONS[languageId] ?? '';
  return `${UNSAVED}${name}${name.endsWith(extension) ? '' : extension}`;
}

function parse(uri: string): URI | undefined {
  try {
    return URI.parse(uri, true);
  } catch {
    return undefined;
  }
}
