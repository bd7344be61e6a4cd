// The difference of two texts, line by line: for edits that touch only what changed, and for reading.
import type { Edit } from '../text/edit';

/** Lines `[beforeStart, beforeEnd)` of the old text became lines `[afterStart, afterEnd)` of the new one. */
export interface Hunk {
  readonly beforeStart: number;
  readonly beforeEnd: number;
  readonly afterStart: number;
  readonly afterEnd: number;
}

/** Beyond so many changed lines the search costs more than a smaller hunk is worth. */
const FEW_ENOUGH = 3000;

/** Lines with their line ends; joined they are the text again. */
export function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** A smallest set of hunks between two lists of lines, in order; one for all of it when almost everything changed. */
export function diffLines(before: readonly string[], after: readonly string[]): Hunk[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < before.length - head && tail < after.length - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const oldLines = before.slice(head, before.length - tail);
  const newLines = after.slice(head, after.length - tail);
  if (oldLines.length === 0 && newLines.length === 0) return [];
  const path = shortestPath(oldLines, newLines);
  const hunks = path ? hunksOf(path, oldLines.length, newLines.length) : [whole(oldLines.length, newLines.length)];
  return hunks.map((hunk) => ({
    beforeStart: hunk.beforeStart + head,
    beforeEnd: hunk.beforeEnd + head,
    afterStart: hunk.afterStart + head,
    afterEnd: hunk.afterEnd + head,
  }));
}

/** Edits that turn one text of a file into the other, whole lines at a time. */
export function editsBetween(file: string, before: string, after: string): Edit[] {
  const oldLines = splitLines(before);
  const newLines = splitLines(after);
  const starts = [0];
  for (const line of oldLines) starts.push((starts.at(-1) ?? 0) + line.length);
  return diffLines(oldLines, newLines).map((hunk) => ({
    file,
    start: starts[hunk.beforeStart] ?? before.length,
    end: starts[hunk.beforeEnd] ?? before.length,
    newText: newLines.slice(hunk.afterStart, hunk.afterEnd).join(''),
  }));
}

/** The difference in the unified format, with three lines of context; empty when there is none. `before` is undefined for a new file. */
export function unifiedDiff(name: string, before: string | undefined, after: string): string {
  const oldLines = splitLines(before ?? '');
  const newLines = splitLines(after);
  const groups = grouped(diffLines(oldLines, newLines), 3);
  if (groups.length === 0) return '';
  const out = [before === undefined ? '--- /dev/null\n' : `--- a/${name}\n`, `+++ b/${name}\n`];
  for (const group of groups) out.push(...formatGroup(group, oldLines, newLines, 3));
  return out.join('');
}

function formatGroup(group: readonly Hunk[], oldLines: readonly string[], newLines: readonly string[], context: number): string[] {
  const [first] = group;
  const last = group.at(-1);
  if (!first || !last) return [];
  const from = Math.max(0, first.beforeStart - context);
  const to = Math.min(oldLines.length, last.beforeEnd + context);
  const newFrom = first.afterStart - (first.beforeStart - from);
  const newTo = last.afterEnd + (to - last.beforeEnd);
  const body: string[] = [];
  let at = from;
  for (const hunk of group) {
    for (const line of oldLines.slice(at, hunk.beforeStart)) body.push(marked(' ', line));
    for (const line of oldLines.slice(hunk.beforeStart, hunk.beforeEnd)) body.push(marked('-', line));
    for (const line of newLines.slice(hunk.afterStart, hunk.afterEnd)) body.push(marked('+', line));
    at = hunk.beforeEnd;
  }
  for (const line of oldLines.slice(at, to)) body.push(marked(' ', line));
  return [`@@ -${range(from, to)} +${range(newFrom, newTo)} @@\n`, ...body];
}

/** A range as patches write it: counted from 1, an empty one named by the line before it. */
function range(from: number, to: number): string {
  const count = to - from;
  return count === 1 ? `${from + 1}` : `${count === 0 ? from : from + 1},${count}`;
}

function marked(mark: string, line: string): string {
  return line.endsWith('\n') ? mark + line : `${mark}${line}\n\\ No newline at end of file\n`;
}

/** Hunks whose context would touch, together. */
function grouped(hunks: readonly Hunk[], context: number): Hunk[][] {
  const groups: Hunk[][] = [];
  for (const hunk of hunks) {
    const group = groups.at(-1);
    const previous = group?.at(-1);
    if (group && previous && hunk.beforeStart - previous.beforeEnd <= 2 * context) group.push(hunk);
    else groups.push([hunk]);
  }
  return groups;
}

function whole(before: number, after: number): Hunk {
  return { beforeStart: 0, beforeEnd: before, afterStart: 0, afterEnd: after };
}

/** Myers' greedy search: the furthest point on each diagonal after 0, 1, 2, … changes. Undefined when there are too many. */
function shortestPath(a: readonly string[], b: readonly string[]): Int32Array[] | undefined {
  const limit = Math.min(a.length + b.length, FEW_ENOUGH);
  const trace: Int32Array[] = [];
  let furthest = new Int32Array(3);
  for (let d = 0; d <= limit; d++) {
    const row = new Int32Array(2 * d + 3);
    for (let k = -d; k <= d; k += 2) {
      let x = d === 0 ? 0 : stepsDown(furthest, k, d) ? at(furthest, k + 1, d - 1) : at(furthest, k - 1, d - 1) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      row[k + d + 1] = x;
      if (x >= a.length && x - k >= b.length) {
        trace.push(row);
        return trace;
      }
    }
    trace.push(row);
    furthest = row;
  }
  return undefined;
}

/** The furthest x on a diagonal of the row for `d` changes. */
function at(row: Int32Array, k: number, d: number): number {
  return row[k + d + 1] ?? 0;
}

/** Whether diagonal `k` is best reached by an insertion. */
function stepsDown(row: Int32Array, k: number, d: number): boolean {
  return k === -d || (k !== d && at(row, k - 1, d - 1) < at(row, k + 1, d - 1));
}

/** Walks the search back from its end and joins neighbouring changes. */
function hunksOf(trace: readonly Int32Array[], beforeLength: number, afterLength: number): Hunk[] {
  const hunks: Hunk[] = [];
  let x = beforeLength;
  let y = afterLength;
  for (let d = trace.length - 1; d > 0; d--) {
    const row = trace[d - 1];
    if (!row) break;
    const k = x - y;
    const down = stepsDown(row, k, d);
    const fromX = at(row, down ? k + 1 : k - 1, d - 1);
    const fromY = fromX - (down ? k + 1 : k - 1);
    const next = hunks[0];
    const step = { beforeStart: fromX, beforeEnd: down ? fromX : fromX + 1, afterStart: fromY, afterEnd: down ? fromY + 1 : fromY };
    if (next && next.beforeStart === step.beforeEnd && next.afterStart === step.afterEnd) {
      hunks[0] = { ...next, beforeStart: step.beforeStart, afterStart: step.afterStart };
    } else hunks.unshift(step);
    x = fromX;
    y = fromY;
  }
  return hunks;
}
