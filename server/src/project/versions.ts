// Which version of a package a lock file or a range speaks of, found by text, as lock files have many formats.
import type { Version } from '../model/facts';

/** The first version number in a text such as `^7.3.0` or `npm:drizzle-orm@1.0.0-rc.1`; undefined without one. */
export function versionIn(text: string | undefined): Version | undefined {
  const match = /(?:^|[^\d.])(\d+)(?:\.(\d+|x|\*))?/.exec(text ?? '');
  if (!match) return undefined;
  return { major: Number(match[1]), minor: Number(match[2]) || 0 };
}

/**
 * The locked version of a package. A workspace may lock several: the newest of the wanted major version wins, as that
 * is the one which the range in a package.json is resolved to.
 */
export function lockedVersion(lock: string, name: string, wanted: Version | undefined): Version | undefined {
  const quoted = name.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  const forms = [
    // package-lock.json, of the second and third format and of the first.
    `"(?:node_modules/)?${quoted}":\\s*\\{\\s*"version":\\s*"([^"]+)"`,
    // pnpm-lock.yaml: keys such as `prisma@6.1.0:` or `/prisma/5.0.0:`.
    `^\\s+['"]?/?${quoted}[@/](\\d[^:'"(]*)`,
    // yarn.lock.
    `^"?${quoted}@[^\\n]*:\\s*\\n\\s+version:? "?([^"\\n]+)`,
    // bun.lock.
    `"${quoted}":\\s*\\[\\s*"${quoted}@([^"]+)"`,
  ];
  let best: Version | undefined;
  for (const form of forms) {
    for (const [, text] of lock.matchAll(new RegExp(form, 'gm'))) {
      const version = versionIn(text);
      if (!version || (wanted && wanted.major !== version.major)) continue;
      if (!best || version.major > best.major || (version.major === best.major && version.minor > best.minor)) best = version;
    }
  }
  return best;
}
