// Names as they are written where PostgreSQL will cut them: its parser has done so already.
import type { LongName } from '../../../model/changes';
import { byteLength, LONGEST } from '../../../model/identifiers';
import type { Source } from './source';

const MAY_HOLD = /[^\s"'().,;]{32}|"[^"]{32}/;

export function longNames(source: Source): readonly LongName[] {
  if (!MAY_HOLD.test(source.text)) return [];
  const found: LongName[] = [];
  for (const [i, token] of source.tokens.entries()) {
    if (token.kind !== 'word' && token.kind !== 'quoted') continue;
    const written = source.text.slice(token.start, token.end);
    const name = token.kind === 'quoted' ? written.slice(1, -1).replaceAll('""', '"') : written.toLowerCase();
    if (byteLength(name) > LONGEST) found.push({ name, at: source.span({ from: i, to: i + 1 }) });
  }
  return found;
}
