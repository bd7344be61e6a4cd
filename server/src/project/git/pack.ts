// One pack file with its index (version 2): finds single objects without reading the whole.
import type { Workspace } from '../workspace';
import { hex, uint32 } from './bytes';
import { applyDelta } from './delta';
import type { GitObject, ObjectType } from './objects';

/** Bytes of an object beyond which it is no folder and no commit that matters here. */
const LARGEST_OBJECT = 32 * 1024 * 1024;
const FANOUT = 8;
const IDS = FANOUT + 256 * 4;
const TYPES: readonly (ObjectType | undefined)[] = [undefined, 'commit', 'tree', 'blob', 'tag'];
const OFFSET_DELTA = 6;
const ID_DELTA = 7;

interface Entry {
  readonly type: number;
  readonly size: number;
  /** Where the base of a delta stands, or its id. */
  readonly base?: number | string;
  readonly data: Uint8Array;
}

export class Pack {
  #fanout: Uint8Array | undefined;

  /** `path` is the pack's without its extension. `readObject` finds objects of other packs that deltas build on. */
  constructor(
    private readonly workspace: Workspace,
    private readonly path: string,
    private readonly readObject: (id: string) => Promise<GitObject | undefined>,
  ) {}

  /** The object of that id; undefined where the pack doesn't hold it. */
  async read(id: string): Promise<GitObject | undefined> {
    const offset = await this.#offset(id);
    return offset === undefined ? undefined : this.#object(offset, 0);
  }

  /** The ids of the pack that begin with these digits. */
  async idsLike(start: string): Promise<readonly string[]> {
    const { ids } = (await this.#idsBeside(start)) ?? {};
    const found: string[] = [];
    for (let at = 0; ids && at < ids.length; at += 20) {
      const id = hex(ids.subarray(at, at + 20));
      if (id.startsWith(start)) found.push(id);
    }
    return found;
  }

  /** The ids with the same first byte, how many come before them, and how many there are in all. */
  async #idsBeside(id: string): Promise<{ readonly ids: Uint8Array; readonly low: number; readonly total: number } | undefined> {
    const index = `${this.path}.idx`;
    this.#fanout ??= await this.#bytes(index, 0, IDS);
    const fanout = this.#fanout;
    // Only version 2 begins with these bytes.
    if (!fanout || uint32(fanout, 0) !== 0xff744f63 || uint32(fanout, 4) !== 2) return undefined;
    const first = Number.parseInt(id.slice(0, 2), 16);
    const low = first === 0 ? 0 : uint32(fanout, FANOUT + (first - 1) * 4);
    const high = uint32(fanout, FANOUT + first * 4);
    const ids = await this.#bytes(index, IDS + low * 20, (high - low) * 20);
    return ids && { ids, low, total: uint32(fanout, FANOUT + 255 * 4) };
  }

  async #offset(id: string): Promise<number | undefined> {
    const index = `${this.path}.idx`;
    const beside = await this.#idsBeside(id);
    const at = beside === undefined ? -1 : place(beside.ids, id);
    if (!beside || at < 0) return undefined;
    const { low, total } = beside;
    // After the ids come as many checksums, then the offsets.
    const offsets = IDS + total * 24;
    const short = uint32((await this.#bytes(index, offsets + (low + at) * 4, 4)) ?? new Uint8Array(4), 0);
    if (short < 0x80000000) return short;
    const long = await this.#bytes(index, offsets + total * 4 + (short - 0x80000000) * 8, 8);
    return long && uint32(long, 0) * 2 ** 32 + uint32(long, 4);
  }

  async #object(offset: number, depth: number): Promise<GitObject | undefined> {
    const entry = depth > 100 ? undefined : await this.#entry(offset);
    if (!entry) return undefined;
    const plain = TYPES[entry.type];
    if (plain) return { type: plain, data: entry.data };
    const base = typeof entry.base === 'number' ? await this.#object(entry.base, depth + 1) : entry.base && (await this.readObject(entry.base));
    const data = base ? applyDelta(base.data, entry.data) : undefined;
    return base && data ? { type: base.type, data } : undefined;
  }

  async #entry(offset: number): Promise<Entry | undefined> {
    const head = await this.#bytes(`${this.path}.pack`, offset, 4096);
    if (!head) return undefined;
    let at = 0;
    let byte = head[at++] ?? 0;
    const type = (byte >> 4) & 7;
    let size = byte & 15;
    for (let shift = 16; byte >= 0x80; shift *= 128) {
      byte = head[at++] ?? 0;
      size += (byte & 0x7f) * shift;
    }
    if (size > LARGEST_OBJECT) return undefined;
    let base: number | string | undefined;
    if (type === OFFSET_DELTA) {
      byte = head[at++] ?? 0;
      let back = byte & 0x7f;
      while (byte >= 0x80) {
        byte = head[at++] ?? 0;
        back = (back + 1) * 128 + (byte & 0x7f);
      }
      base = offset - back;
    } else if (type === ID_DELTA) {
      base = hex(head.subarray(at, at + 20));
      at += 20;
    }
    // What can't be compressed grows by a few bytes a block.
    const most = at + size + (size >> 10) + 64;
    const packed = most <= head.length ? head : ((await this.#bytes(`${this.path}.pack`, offset, most)) ?? head);
    const data = await this.workspace.inflate(packed.subarray(at));
    return data.length === size ? { type, size, data, ...(base !== undefined && { base }) } : undefined;
  }

  /** A part of a file, shorter at its end. */
  async #bytes(path: string, start: number, length: number): Promise<Uint8Array | undefined> {
    if (this.workspace.readRange) return this.workspace.readRange(path, start, length);
    return (await this.workspace.readBytes(path))?.subarray(start, start + length);
  }
}

/** The place of an id among sorted ones; -1 where it is missing. */
function place(ids: Uint8Array, id: string): number {
  let low = 0;
  let high = ids.length / 20 - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const other = hex(ids.subarray(middle * 20, middle * 20 + 20));
    if (other === id) return middle;
    if (other < id) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
