// Drizzle: numbered files listed in a journal up to 0.x, one folder per migration with its snapshot from 1.0 on.
import type { Dated } from '../../model/changes';
import { withNotes } from '../../model/sql-text';
import { asString, readObject } from '../json';
import { byText } from '../paths';
import { canTakeEntries, journalEntries, withEntries } from './drizzle-journal';
import { copiedSnapshot, hasOnRecord } from './drizzle-snapshot';
import { anyText, claimNames } from './content';
import { leadingDigits, nextVersions } from './naming';
import type { Claim, Folder, NewFile, NextRequest, Runner } from './runner';

const JOURNAL = 'meta/_journal.json';
const FLAT = /^\d+_[^/]+\.sql$/;
const BREAKPOINT = '--> statement-breakpoint';

export const drizzle: Runner = {
  id: 'drizzle',

  claim(folder) {
    const flat = claimFlat(folder);
    const folders = claimFolders(folder);
    if (!flat || !folders) return flat ?? folders;
    return { ...flat, ...folders, migrations: [...flat.migrations, ...folders.migrations], aside: [] };
  },

  transaction: () => 'all',

  // From 1.0 on it keeps book by name, and dates no longer matter.
  read(_text, name, folder) {
    const dated = FLAT.test(name) ? datesOf(folder).get(name) : undefined;
    return dated ? { dated } : {};
  },

  next(request) {
    const inFolders = request.migrations.some((name) => name.includes('/'));
    return inFolders ? nextFolders(request) : nextFlat(request);
  },

  needs(names) {
    const all = [...names].sort(byText);
    const flat = all.filter((name) => FLAT.test(name)).slice(-2).map((name) => snapshotOf(leadingDigits(name)));
    const folders = all.filter((name) => name.endsWith('/migration.sql')).slice(-1).map((name) => snapshotBeside(name));
    return [JOURNAL, ...flat, ...folders];
  },
};

const dates = new WeakMap<Folder, { readonly journal: string | undefined; readonly byName: ReadonlyMap<string, Dated> }>();

/** What the journal says of each file; it is read once for all of them. */
function datesOf(folder: Folder): ReadonlyMap<string, Dated> {
  const journal = folder.text(JOURNAL);
  const known = dates.get(folder);
  if (known && known.journal === journal) return known.byName;
  const byName = new Map(journalEntries(journal).map(({ tag, when }, place) => [`${tag}.sql`, { place, when }]));
  dates.set(folder, { journal, byName });
  return byName;
}

function claimFlat(folder: Folder): Claim | undefined {
  const journal = folder.text(JOURNAL);
  // A timestamped journal in Supabase's folder keeps book for drizzle-kit only: Supabase's own tool runs the files.
  if (folder.path.endsWith('/supabase/migrations') && [...folder.sql.keys()].every((name) => /^\d{14}_/.test(name))) return undefined;
  if (journal === undefined && !(anyText(folder, /^--> statement-breakpoint|;--> statement-breakpoint/m) && numbered(folder))) return undefined;
  const tags = journalEntries(journal).map(({ tag }) => `${tag}.sql`).filter((name) => folder.sql.has(name));
  const listed = new Set(tags);
  const others = [...folder.sql.keys()].filter((name) => FLAT.test(name) && !listed.has(name)).sort(byText);
  const ordered = tags.every((tag, at) => at === 0 || byText(tags[at - 1] ?? '', tag) <= 0);
  // Journals lose entries to merges. Where its own order is that of the names, the names place the lost files too.
  const migrations = ordered ? [...tags, ...others].sort(byText) : [...tags, ...others];
  if (migrations.length === 0) return undefined;
  const dialect = asString(readObject(journal)['dialect']);
  return { migrations, aside: [], ...(dialect !== undefined && { dialect }) };
}

function numbered(folder: Folder): boolean {
  return [...folder.sql.keys()].some((name) => /^\d{4}_/.test(name));
}

function claimFolders(folder: Folder): Claim | undefined {
  const claim = claimNames(folder, /^[^/]+\/migration\.sql$/, byText);
  const migrations = claim?.migrations.filter((name) => folder.has(snapshotBeside(name))) ?? [];
  if (migrations.length === 0) return undefined;
  const dialect = asString(readObject(folder.text(snapshotBeside(migrations.at(-1) ?? '')))['dialect']);
  return { migrations, aside: [], ...(dialect !== undefined && { dialect }) };
}

const snapshotOf = (version: string): string => `meta/${version}_snapshot.json`;
const snapshotBeside = (name: string): string => name.replace(/migration\.sql$/, 'snapshot.json');

/** The copies of the last snapshot say what it says, so whatever the steps bring has to be there already. */
function isOnRecord(steps: NextRequest['steps'], snapshot: string | undefined): boolean {
  const wanted = steps.flatMap(({ recorded = [] }) => recorded);
  return wanted.length === 0 || (snapshot !== undefined && hasOnRecord(snapshot, wanted));
}

function sqlOf(statements: readonly string[]): string {
  return `${withNotes(statements).join(`${BREAKPOINT}\n`)}\n`;
}

function nextFolders({ folder, migrations, steps, now }: NextRequest): NewFile[] | undefined {
  const inFolders = migrations.filter((name) => name.includes('/'));
  const versions = nextVersions(inFolders.map(leadingDigits), steps.length, now);
  let snapshot = folder.text(snapshotBeside(inFolders.at(-1) ?? ''));
  if (!isOnRecord(steps, snapshot)) return undefined;
  return steps.flatMap((step, at) => {
    const name = `${versions[at] ?? ''}_${step.name}`;
    snapshot = snapshot === undefined ? undefined : copiedSnapshot(snapshot, name);
    const files: NewFile[] = [{ name: `${name}/migration.sql`, text: sqlOf(step.statements) }];
    if (snapshot !== undefined) files.push({ name: `${name}/snapshot.json`, text: snapshot });
    return files;
  });
}

function nextFlat({ folder, migrations, steps, now }: NextRequest): NewFile[] | undefined {
  const journal = folder.text(JOURNAL);
  if (journal === undefined || !canTakeEntries(journal)) return undefined;
  const entries = journalEntries(journal);
  const existing = [...migrations, ...entries.map(({ tag }) => tag)].map(leadingDigits).filter((digits) => digits !== '');
  const versions = nextVersions(existing, steps.length, now);
  const tags = steps.map((step, at) => `${versions[at] ?? ''}_${step.name}`);
  const last = migrations.map(leadingDigits).sort(byText).at(-1) ?? '';
  let snapshot = folder.text(snapshotOf(last)) ?? folder.text(snapshotOf(leadingDigits(entries.at(-1)?.tag ?? '')));
  if (!isOnRecord(steps, snapshot)) return undefined;
  const files = steps.flatMap((step, at) => {
    const tag = tags[at] ?? '';
    const made: NewFile[] = [{ name: `${tag}.sql`, text: sqlOf(step.statements) }];
    snapshot = snapshot === undefined ? undefined : copiedSnapshot(snapshot, tag);
    if (snapshot !== undefined) made.push({ name: snapshotOf(leadingDigits(tag)), text: snapshot });
    return made;
  });
  return [...files, { name: JOURNAL, before: journal, text: withEntries(journal, tags, now) }];
}
