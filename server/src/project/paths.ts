// Paths as the project knows them: absolute, with `/`.

/** The folder that holds `path`; the root's is itself. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  if (slash > 0) return path.slice(0, slash);
  return slash === 0 ? '/' : path;
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Joins and resolves `.` and `..`; an absolute `relative` stands for itself. */
export function join(folder: string, relative: string): string {
  const absolute = relative.startsWith('/') || /^[A-Za-z]:\//.test(relative);
  const segments: string[] = [];
  for (const segment of (absolute ? relative : `${folder}/${relative}`).split('/')) {
    if (segment === '..') {
      if (segments.length > 1) segments.pop();
    } else if (segment !== '.' && (segment !== '' || segments.length === 0)) segments.push(segment);
  }
  return segments.join('/') || '/';
}

/** Whether `path` is `folder` or lies below it. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** The part of `path` below `folder`, which must hold it. */
export function below(path: string, folder: string): string {
  return path.slice(folder.endsWith('/') ? folder.length : folder.length + 1);
}

/** The folders above a path, the nearest first. */
export function* foldersAbove(path: string): Generator<string> {
  for (let at = path; ; ) {
    const folder = folderOf(at);
    if (folder === at) return;
    yield folder;
    at = folder;
  }
}

/** How many leading folders two paths share. */
export function sharedDepth(a: string, b: string): number {
  const [first, second] = [a.split('/'), b.split('/')];
  let depth = 0;
  while (depth < first.length && first[depth] === second[depth]) depth++;
  return depth;
}

/** Orders texts by their UTF-16 code units, as sorting without a locale does. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
