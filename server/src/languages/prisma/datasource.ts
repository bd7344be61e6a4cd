// The data source of a Prisma schema: which database it is for, and how relations are kept.
import { spanIn, type Span } from '../../text/span';
import type { Chunk, PrismaParsed } from './parse/parse';

export interface Setting {
  readonly value: string;
  /** The value, its quotes included. */
  readonly span: Span;
}

export interface Datasource {
  /** The name before the dot of native types: `db` in `@db.Uuid`. */
  readonly name: string;
  readonly nameSpan: Span;
  readonly provider?: Setting;
  readonly relationMode?: Setting;
}

const known = new WeakMap<Chunk, Datasource>();

/** The first data source of the file. A setting that isn't a plain string is left out. */
export function readDatasource({ chunks }: PrismaParsed): Datasource | undefined {
  for (const chunk of chunks) {
    if (chunk.block?.kind !== 'datasource') continue;
    let datasource = known.get(chunk);
    if (!datasource) known.set(chunk, (datasource = read(chunk, chunk.block)));
    return datasource;
  }
  return undefined;
}

function read({ anchor }: Chunk, { name, nameAt, members }: NonNullable<Chunk['block']>): Datasource {
  const setting = (key: string): Setting | undefined => {
    for (const member of members) {
      if (member.kind !== 'assignment' || member.key !== key || member.value.kind !== 'string') continue;
      return { value: member.value.text, span: spanIn(anchor, member.value.from, member.value.to) };
    }
    return undefined;
  };
  const provider = setting('provider');
  // The older name of the same setting.
  const relationMode = setting('relationMode') ?? setting('referentialIntegrity');
  return { name, nameSpan: spanIn(anchor, nameAt.from, nameAt.to), ...(provider && { provider }), ...(relationMode && { relationMode }) };
}

/** Whether a file's text seems to declare a data source; told without parsing it. */
export function declaresDatasource(text: string): boolean {
  return /^[^\S\r\n]*datasource[^\S\r\n]+[\p{L}\p{N}_-]+[^\S\r\n]*\{/mu.test(text);
}
