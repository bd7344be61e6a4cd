// How commits hang together.
import type { Commit, Objects } from './objects';

/** Commits beyond which two branches are taken to have nothing in common: reading on would keep the user waiting. */
const MOST = 5000;

/**
 * Where two branches parted: the youngest commit that both come from. Undefined where it can't be found, as in a
 * shallow clone.
 */
export async function forkOf(objects: Objects, first: string, second: string): Promise<string | undefined> {
  if (first === second) return first;
  const reached = new Map<string, number>();
  const waiting: Commit[] = [];
  const reach = async (id: string, from: number): Promise<void> => {
    const before = reached.get(id) ?? 0;
    if ((before | from) === before) return;
    reached.set(id, before | from);
    if (waiting.some((each) => each.id === id)) return;
    const commit = await objects.commit(id);
    if (commit) insert(waiting, commit);
  };
  await reach(first, 1);
  await reach(second, 2);
  for (let count = 0; count < MOST; count++) {
    const commit = waiting.pop();
    if (!commit) return undefined;
    const from = reached.get(commit.id) ?? 0;
    if (from === 3) return commit.id;
    for (const parent of commit.parents) await reach(parent, from);
  }
  return undefined;
}

/** Keeps the youngest last. */
function insert(commits: Commit[], commit: Commit): void {
  let low = 0;
  let high = commits.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((commits[middle]?.time ?? 0) < commit.time) low = middle + 1;
    else high = middle;
  }
  commits.splice(low, 0, commit);
}
