// Reads tar archives, so that a bare machine needs no tar program: files, folders, links, long names (ustar, pax, GNU).
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';

/**
 * Unpacks a tar archive into a folder. `place` turns an entry's path into one below `folder`, or undefined to leave
 * the entry out. Throws when an entry would land outside the folder.
 */
export function unpack(archive, folder, place = (path) => path) {
  for (const { path, type, mode, link, data } of entries(archive)) {
    const placed = place(path);
    if (placed === undefined) continue;
    const relative = normalize(placed);
    if (relative.startsWith('..') || relative.startsWith(sep)) throw new Error(`The archive holds a path outside itself: ${path}`);
    const target = join(folder, relative);
    if (type === 'folder') {
      mkdirSync(target, { recursive: true });
      continue;
    }
    mkdirSync(dirname(target), { recursive: true });
    if (type === 'link') symlinkSync(link, target);
    else {
      writeFileSync(target, data);
      chmodSync(target, (mode & 0o111) !== 0 ? 0o755 : 0o644);
    }
  }
}

const kinds = { 0: 'file', '\0': 'file', 2: 'link', 5: 'folder' };

function* entries(archive) {
  let extra = {};
  for (let at = 0; at + 512 <= archive.length && archive[at] !== 0; ) {
    const header = archive.subarray(at, at + 512);
    const size = octal(header, 124, 12);
    const data = archive.subarray(at + 512, at + 512 + size);
    at += 512 + Math.ceil(size / 512) * 512;
    const flag = String.fromCharCode(header[156]);
    if (flag === 'x') extra = { ...extra, ...paxFields(data) };
    else if (flag === 'L') extra = { ...extra, path: text(data, 0, size) };
    else if (flag === 'K') extra = { ...extra, linkpath: text(data, 0, size) };
    else if (flag !== 'g') {
      const prefix = text(header, 257, 5) === 'ustar' ? text(header, 345, 155) : '';
      const name = text(header, 0, 100);
      const path = extra.path ?? (prefix ? `${prefix}/${name}` : name);
      const type = kinds[flag];
      if (type === undefined) throw new Error(`The archive holds an entry of an unknown kind (${flag}): ${path}`);
      yield { path, type, mode: octal(header, 100, 8), link: extra.linkpath ?? text(header, 157, 100), data };
      extra = {};
    }
  }
}

function text(bytes, start, length) {
  const end = bytes.indexOf(0, start);
  return bytes.toString('utf8', start, end === -1 ? start + length : Math.min(end, start + length));
}

function octal(header, start, length) {
  return parseInt(text(header, start, length).trim() || '0', 8);
}

/** A pax header is a row of `<length> <key>=<value>\n`, the length counting itself. */
function paxFields(data) {
  const fields = {};
  for (let at = 0; at < data.length; ) {
    const space = data.indexOf(0x20, at);
    const end = at + Number(data.toString('utf8', at, space));
    const [, key, value] = /^([^=]*)=([^]*)\n$/.exec(data.toString('utf8', space + 1, end)) ?? [];
    if (key !== undefined) fields[key] = value;
    at = end;
  }
  return fields;
}
