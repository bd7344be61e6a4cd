// Where this package lies on the disk, and its version: the same from the bundle and from source.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface Installation {
  readonly version: string;
  /** Folder of the rules' pages, with `/`. */
  readonly pagesFolder: string;
}

/** Looks for this package's own package.json, from the running file upwards. */
export function findInstallation(): Installation {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    const version = versionIn(folder);
    if (version !== undefined) return { version, pagesFolder: join(folder, 'docs', 'rules').replaceAll('\\', '/') };
    if (dirname(folder) === folder) return { version: '0.0.0', pagesFolder: join(__dirname, '..', 'docs', 'rules') };
  }
}

function versionIn(folder: string): string | undefined {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const own = typeof manifest === 'object' && manifest !== null && 'name' in manifest && manifest.name === 'schema-bible';
    return own && 'version' in manifest && typeof manifest.version === 'string' ? manifest.version : undefined;
  } catch {
    return undefined;
  }
}
