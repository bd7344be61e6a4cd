// Liquibase's formatted SQL: files of changesets, each remembered and run by itself, in the order of a list or of their names.
import { byText } from '../paths';
import { changesets, hasBody, isFormatted, nextChangesets, rollbackLines, type Changeset } from './liquibase-changesets';
import { leadingDigits, naturally, nextVersions } from './naming';
import type { Folder, NewFile, NextRequest, ReadingPart, Runner } from './runner';

/** Where the list of all files may stand, as seen from their folder. */
const LISTS = ['', '../', '../../'].flatMap((above) =>
  ['db.changelog-master', 'changelog-master', 'db.changelog', 'db.changelog-root', 'changelog', 'changelog-root', 'master', 'root.changelog', 'index'].flatMap((name) =>
    ['xml', 'yaml', 'yml', 'json'].map((extension) => `${above}${name}.${extension}`),
  ),
);

export const liquibase: Runner = {
  id: 'liquibase',

  claim(folder) {
    const own = [...folder.sql].filter(([name, text]) => !name.includes('/') && isFormatted(text)).map(([name]) => name);
    if (own.length === 0) return undefined;
    const listed = listedFiles(folder);
    const place = (name: string): number => (listed.includes(name) ? listed.indexOf(name) : listed.length);
    return { migrations: own.sort((a, b) => place(a) - place(b) || naturally(a, b) || byText(a, b)), aside: [] };
  },

  transaction: () => 'file',

  read(text, name) {
    const own = changesets(text);
    const parts: ReadingPart[] = own.filter(({ postgres }) => postgres);
    const alone = parts.length > 0 && parts.every(({ transaction }) => transaction === 'none');
    const directive = alone ? own.find(({ postgres }) => postgres)?.directive : undefined;
    return {
      parts,
      ...(alone && { transaction: 'none' as const }),
      ...(directive && { directive }),
      rollback: { kind: own.every(({ undone }) => undone) ? 'written' : 'missing', name, at: 'section' },
    };
  },

  rollback({ name, text, sql }) {
    const [only, other] = changesets(text);
    // It would cut the body of a function at its semicolons.
    if (!only || other || only.undone || hasBody(sql)) return undefined;
    const end = text.slice(0, only.end).trimEnd().length;
    return { name, before: text, text: `${text.slice(0, end)}\n${rollbackLines(sql)}${text.slice(end).replace(/^\s*/, '\n')}` };
  },

  next(request) {
    const [only, other] = request.migrations;
    const single = only !== undefined && other === undefined && !/^[\dV]/.test(only);
    return single || listedFiles(request.folder).length > 0 ? appended(request) : newFiles(request);
  },

  needs: () => LISTS,
};

/** The folder's files in the order in which a list includes them. */
function listedFiles(folder: Folder): readonly string[] {
  for (const list of LISTS) {
    const included = Array.from((folder.text(list) ?? '').matchAll(/\bfile"?\s*[=:]\s*["']?([^"'\s>]+\.sql)\b/g), ([, path = '']) => path.slice(path.lastIndexOf('/') + 1));
    const own = included.filter((name) => folder.sql.has(name));
    if (own.length > 0) return own;
  }
  return [];
}

/** Where a list would have to learn of a new file, changesets go to the end of the last one. */
function appended({ folder, migrations, steps }: NextRequest): NewFile[] | undefined {
  const name = migrations.at(-1) ?? '';
  const before = folder.text(name);
  if (before === undefined) return undefined;
  const last = changesets(before).at(-1);
  const newline = before.includes('\r\n') ? '\r\n' : '\n';
  const text = nextChangesets(steps, last, (id) => before.includes(`:${id}`)).replaceAll('\n', newline);
  // What the file holds stays as it is: another edit may change the end of it.
  return [{ name, before, text: `${before}${before.endsWith('\n') ? '' : newline}${newline}${text}` }];
}

function newFiles({ folder, migrations, steps, now }: NextRequest): NewFile[] | undefined {
  const versions = nextVersions(migrations.map(leadingDigits), steps.length, now);
  const name = migrations.at(-1) ?? '';
  const [, digits, separator = '_', rest = ''] = /^(\d+)([._-]+)?(.*)$/.exec(name) ?? [];
  if (digits === undefined) return undefined;
  const last: Changeset | undefined = changesets(folder.text(name) ?? '').at(-1);
  const extension = /\.\w+\.sql$/.exec(rest)?.[0] ?? '.sql';
  return steps.map((step, at) => ({
    name: `${versions[at] ?? ''}${separator}${separator.includes('-') ? step.name.replaceAll('_', '-') : step.name}${extension}`,
    text: `--liquibase formatted sql\n\n${nextChangesets([step], last, () => false)}`,
  }));
}
