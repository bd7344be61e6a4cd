// Names of migrations: their versions, and the versions that come next.

/** A date as `20260823140509`, in UTC. */
export function timestamp(date: Date): string {
  return date.toISOString().replaceAll(/\D/g, '').slice(0, 14);
}

/** The digits that a name begins with. */
export function leadingDigits(name: string): string {
  return /^\d+/.exec(name)?.[0] ?? '';
}

/** Orders digits by number, however long they are. */
export function byNumber(a: string, b: string): number {
  const [first, second] = [a.replace(/^0+(?=\d)/, ''), b.replace(/^0+(?=\d)/, '')];
  if (first.length !== second.length) return first.length - second.length;
  return first < second ? -1 : first > second ? 1 : 0;
}

/** The number one greater, in as many digits at least. */
export function increment(digits: string): string {
  return (BigInt(digits === '' ? '0' : digits) + 1n).toString().padStart(digits.length, '0');
}

/** The greatest of some versions; an empty text without any. */
export function greatest(versions: readonly string[]): string {
  return versions.reduce((best, version) => (byNumber(version, best) > 0 ? version : best), '');
}

/** The second after the one that 14 digits name; digits that name no date are counted on. */
function secondAfter(digits: string): string {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(digits);
  if (!parts) return increment(digits);
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts.slice(1).map(Number);
  const after = timestamp(new Date(Date.UTC(year, month - 1, day, hour, minute, second + 1)));
  return after > digits ? after : increment(digits);
}

/**
 * The next versions in the manner of the existing ones: a clock reading (14 or 17 digits, or seconds or milliseconds since
 * 1970) where the last one is one or none exists, else the next numbers in the same width.
 */
export function nextVersions(existing: readonly string[], count: number, now: Date): string[] {
  const last = greatest(existing);
  const versions: string[] = [];
  let at = last;
  for (let step = 0; step < count; step++) {
    at = nextVersion(at, now);
    versions.push(at);
  }
  return versions;
}

function nextVersion(last: string, now: Date): string {
  const clock = clockLike(last, now);
  if (clock === undefined) return increment(last);
  if (byNumber(clock, last) > 0) return clock;
  return last.length === 14 ? secondAfter(last) : increment(last);
}

function clockLike(last: string, now: Date): string | undefined {
  if (last === '' || /^(?:19|20)\d{12}$/.test(last)) return timestamp(now);
  if (/^(?:19|20)\d{15}$/.test(last)) return now.toISOString().replaceAll(/\D/g, '').slice(0, 17);
  if (/^1\d{12}$/.test(last)) return String(now.getTime());
  if (/^1\d{9}$/.test(last)) return String(Math.floor(now.getTime() / 1000));
  return undefined;
}

/** Compares the numbers in names as numbers and everything between them as text. */
export function naturally(a: string, b: string): number {
  const [first, second] = [a.match(/\d+|\D+/g) ?? [], b.match(/\d+|\D+/g) ?? []];
  for (let at = 0; at < Math.min(first.length, second.length); at++) {
    const [x = '', y = ''] = [first[at], second[at]];
    if (x === y) continue;
    if (/^\d/.test(x) && /^\d/.test(y)) {
      const order = BigInt(x) - BigInt(y);
      if (order !== 0n) return order < 0n ? -1 : 1;
    }
    return x < y ? -1 : 1;
  }
  return first.length - second.length;
}
