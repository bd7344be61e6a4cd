// The statements of a file that its runner runs forward.
import type { MigrationInfo } from '../../language';
import type { Piece } from '../parse/chunk';
import type { SqlParsed } from '../parse/parsed';
import { partAt } from './migrations';

export function piecesOf(file: SqlParsed, info: MigrationInfo | undefined): Piece[] {
  const pieces: Piece[] = [];
  for (const chunk of file.chunks) {
    const at = chunk.anchor.offset;
    if (info && (at < info.up.start || at >= info.up.end)) continue;
    if (info?.parts && partAt(info.parts, at) === undefined) continue;
    pieces.push(...chunk.pieces);
  }
  return pieces;
}
