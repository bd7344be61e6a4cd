// Links the files of one Prisma schema into the model. A table is lowered again only when its block changed, or what
// it asked about others.
import type { Dialect, Enum, Schema, Table } from '../../../model/nodes';
import type { Chunk, PrismaParsed } from '../parse/parse';
import type { Block } from '../parse/syntax';
import { declaredBy, mappedName } from './declared';
import { environmentOf, stillHolds, Neighbours, type Environment } from './environment';
import { spanOf } from './lowering';
import { lowerTable } from './table';

/** The schema that the files make up together. */
export function lower(files: readonly PrismaParsed[]): Schema {
  const environment = environmentOf(files);
  const tables: Table[] = [];
  const enums: Enum[] = [];
  for (const { chunks } of files) {
    for (const [at, chunk] of chunks.entries()) {
      const { block } = chunk;
      if (block?.kind === 'model' || block?.kind === 'view') tables.push(tableOf(chunk, block, standsForView(chunks[at - 1]), environment));
      else if (block?.kind === 'enum') enums.push(enumOf(chunk, block));
    }
  }
  return {
    kind: 'schema',
    language: 'prisma',
    dialect: environment.dialect,
    files: files.map(({ path }) => path),
    tables,
    enums,
    migrations: [],
    emulatedRelations: environment.emulatedRelations,
    ...(environment.provider && { provider: environment.provider }),
  };
}

interface Lowered {
  readonly table: Table;
  readonly dialect: Dialect;
  readonly view: boolean;
  readonly questions: Neighbours['questions'];
}

const lowered = new WeakMap<Chunk, Lowered>();

function tableOf(chunk: Chunk, block: Block, view: boolean, environment: Environment): Table {
  const known = lowered.get(chunk);
  if (known && known.dialect === environment.dialect && known.view === view && stillHolds(known.questions, environment)) return known.table;
  const neighbours = new Neighbours(environment);
  const table = lowerTable(chunk, block, neighbours, view);
  lowered.set(chunk, { table, dialect: environment.dialect, view, questions: neighbours.questions });
  return table;
}

/** Whether the comments above a model say `@view`, as people do to keep a view out of migrations while `view` is a preview. */
function standsForView(above: Chunk | undefined): boolean {
  if (above?.kind !== 'between' || !above.text.includes('@view')) return false;
  const lines = above.text.split(/\r\n|\r|\n/).reverse();
  const end = lines.findIndex((line) => !/^\s*(?:\/\/.*)?$/.test(line));
  return lines.slice(0, end < 0 ? undefined : end).some((line) => /^\s*\/\/+\s*@view\s*$/.test(line));
}

const enums = new WeakMap<Chunk, Enum>();

function enumOf(chunk: Chunk, block: Block): Enum {
  const known = enums.get(chunk);
  if (known) return known;
  const declared = declaredBy(chunk);
  const node: Enum = {
    kind: 'enum',
    span: spanOf({ chunk }, { from: 0, to: chunk.text.trimEnd().length }),
    nameSpan: spanOf({ chunk }, block.nameAt),
    name: block.name,
    dbName: declared?.dbName ?? block.name,
    ...(declared?.dbSchema !== undefined && { dbSchema: declared.dbSchema }),
    values: block.members.flatMap((member) => (member.kind === 'value' ? [mappedName(member.attributes, member.name)] : [])),
  };
  enums.set(chunk, node);
  return node;
}
