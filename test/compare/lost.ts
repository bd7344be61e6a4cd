// What of the peers' findings in real histories is lost to us: PostgreSQL runs each history, and tells of each statement at
// which a peer reports a lock and we report nothing.
import { PGlite } from '@electric-sql/pglite';
import { LineIndex } from '../../server/src/text/line-index';
import { byRule, statementOf } from './examples';
import { HAZARDS, type Hazard } from './hazards';
import type { History, OwnStatement, Sequence } from './histories';
import type { PeerRun } from './peers';
import { table } from './table';
import { CONTROL, errorOf, filesOf, locksOn, onOldTables, WORK } from './truth';
import { STRONG } from './verdict';

/** Hazards of which PostgreSQL's locks tell whether they are real. */
const isLock = ({ judge }: Hazard): boolean => judge === 'lock' || judge === 'existing';

interface Place {
  readonly file: string;
  readonly statement: OwnStatement;
  readonly hazard: Hazard;
  readonly peers: Set<string>;
  /** A rule of ours tells of it at another statement of the file. */
  readonly elsewhere: boolean;
  /** PostgreSQL's answer, where it was asked. */
  right?: 'they' | 'we';
}

/** A table by kinds of hazards, and what PostgreSQL sides with the peers about. */
export async function lostIn(histories: readonly History[], runs: ReadonlyMap<string, ReadonlyMap<History, PeerRun>>, list: number): Promise<string> {
  const places = new Map<History, Place[]>();
  for (const history of histories) {
    places.set(history, placesIn(history, runs));
    for (const sequence of history.sequences) await ask(sequence, (places.get(history) ?? []).filter(isMissed));
  }
  const all = [...places.values()].flat();
  const lost = [...places].flatMap(([{ name }, own]) => own.filter(({ right }) => right === 'they').map((place) => ({ name, ...place })));
  const rows = HAZARDS.filter(isLock).flatMap((hazard) => {
    const about = all.filter((each) => each.hazard === hazard);
    const count = (chosen: (place: Place) => boolean): string => `${about.filter(chosen).length}`;
    if (about.length === 0) return [];
    return [[hazard.kind, `${about.length}`, count((each) => !isMissed(each)), count(({ right }) => right === 'they'), count(({ right }) => right === 'we'), count((each) => isMissed(each) && !each.right)]];
  });
  return [
    '\nStatements at which a peer reports a lock: at how many we report something as well, hints included; for the others, who is',
    'right by PostgreSQL, which has run the whole history\n',
    table([['hazard', 'peers', 'ours too', 'peers right', 'we right', 'no answer'], ...rows]),
    `\nReal and lost to us: ${lost.length}`,
    ...lost.slice(0, list).map(({ name, file, hazard, peers, statement }) => `  ${name}/${file} (${hazard.kind}; ${[...peers].join(', ')})\n    > ${statement.text.replace(/\s+/g, ' ').slice(0, 160)}`),
  ].join('\n');
}

/** Whatever we say at a statement of its lock will do: a key that is dropped and a table that is dropped have one lock. */
const isMissed = ({ hazard, statement, elsewhere }: Place): boolean => !elsewhere && !statement.rules.some((rule) => hazard.ours.includes(rule) || LOCK_RULES.has(rule));
const LOCK_RULES = new Set(HAZARDS.filter(isLock).flatMap(({ ours }) => ours));

function placesIn(history: History, runs: ReadonlyMap<string, ReadonlyMap<History, PeerRun>>): Place[] {
  const byFile = new Map(history.sequences.flat().map(({ file, statements }) => [file, { statements, text: history.texts.get(file) ?? '', lines: new LineIndex(history.texts.get(file) ?? '') }]));
  const places = new Map<string, Place>();
  for (const [peer, run] of runs) {
    for (const reported of run.get(history)?.reports ?? []) {
      const hazard = byRule.get(reported.rule);
      const script = byFile.get(reported.file);
      if (!hazard || !script || !isLock(hazard) || hazard.once) continue;
      const at = statementOf(script, reported);
      const statement = script.statements[at];
      if (!statement) continue;
      const key = `${hazard.kind} ${reported.file} ${at}`;
      const elsewhere = script.statements.some(({ rules }) => rules.some((rule) => hazard.oncePerFile?.includes(rule)));
      const place = places.get(key) ?? { file: reported.file, statement, hazard, elsewhere, peers: new Set<string>() };
      place.peers.add(peer);
      places.set(key, place);
    }
  }
  return [...places.values()];
}

/** Runs the sequence in a database of its own and writes PostgreSQL's answers into the places. */
async function ask(sequence: Sequence, places: readonly Place[]): Promise<void> {
  if (places.length === 0) return;
  const database = await PGlite.create();
  try {
    for (const { file, statements } of sequence) {
      const { rows } = await database.query<{ oid: number }>('SELECT coalesce(max(oid::bigint), 0)::int AS oid FROM pg_class');
      for (const statement of statements) {
        if (CONTROL.test(statement.text)) continue;
        const asked = places.filter((each) => each.file === file && each.statement === statement);
        await (asked.length > 0 ? answer(database, statement.text, rows[0]?.oid ?? 0, asked) : database.exec(statement.text)).catch(() => undefined);
      }
    }
  } finally {
    await database.close();
  }
}

async function answer(database: PGlite, text: string, before: number, asked: readonly Place[]): Promise<void> {
  const work: string[] = [];
  const files = await filesOf(database, before);
  try {
    await database.exec('BEGIN; SET LOCAL client_min_messages = debug1');
    await database.exec(text, { onNotice: ({ message }) => void (message !== undefined && WORK.test(message) && work.push(message)) });
    const locked = (await locksOn(database, before)).some(({ mode }) => STRONG.test(mode));
    const written = [...(await filesOf(database, before))].some(([name, own]) => (files.get(name) ?? own) !== own);
    const works = written || (await onOldTables(database, before, work)).length > 0;
    for (const place of asked) place.right = locked && (place.hazard.judge === 'existing' || works) ? 'they' : 'we';
    await database.exec('COMMIT');
  } catch (error) {
    await database.exec('ROLLBACK');
    if (errorOf(error).code !== '25001') return;
    for (const place of asked) place.right = 'we';
    await database.exec(text);
  }
}
