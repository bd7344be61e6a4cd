// What Prisma's schema engine would still change in a database that stands in PGlite.
import type { PGlite } from '@electric-sql/pglite';
import { prismaEngine, settled, type Settled } from './oracles';

/** The engine's numbers for the types that it asks PostgreSQL's catalogs for, by PostgreSQL's own numbers. */
const TYPES: ReadonlyMap<number, number> = new Map([
  [16, 5], [18, 6], [19, 7], [20, 1], [21, 0], [23, 0], [25, 7], [26, 1], [700, 2], [701, 3],
  [1000, 69], [1002, 71], [1003, 71], [1005, 64], [1007, 64], [1009, 71], [1016, 65], [1028, 65], [1042, 6], [1043, 7], [1700, 4],
]); // prettier-ignore

interface Query {
  readonly sql: string;
  readonly args: unknown[];
}

interface Rows {
  readonly columnNames: readonly string[];
  readonly columnTypes: readonly number[];
  readonly rows: readonly unknown[][];
}

/** The SQL that makes of the database what the schema declares; empty where it is that already. */
export async function changesSeenByPrisma(database: PGlite, schema: string): Promise<string> {
  const { SchemaEngine } = await prismaEngine();
  const connection = {
    provider: 'postgres',
    adapterName: 'pglite',
    queryRaw: (query: Query) => ask(database, query),
    executeRaw: () => Promise.resolve(settled(0)),
    executeScript: () => Promise.resolve(settled(undefined)),
    dispose: () => Promise.resolve(settled(undefined)),
    getConnectionInfo: () => settled({ schemaName: 'public', supportsRelationJoins: true }),
  };
  const connect = () => Promise.resolve(settled(connection));
  const files = [{ path: 'schema.prisma', content: schema }];
  const adapter = { provider: 'postgres', adapterName: 'pglite', connect, connectToShadowDb: connect };
  const engine = await SchemaEngine.new({ datamodels: files.map(({ path, content }) => [path, content]) }, () => undefined, adapter);
  const { stdout } = await engine.diff({
    from: { tag: 'schemaDatasource', files, configDir: '.' },
    to: { tag: 'schemaDatamodel', files },
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  engine.free?.();
  return withoutComments(stdout);
}

/** SQL that the engine writes, without what it says about it. */
export function withoutComments(script: string): string {
  return script.replaceAll(/^--.*$/gm, '').trim();
}

async function ask(database: PGlite, { sql, args }: Query): Promise<Settled<Rows>> {
  const { fields, rows } = await database.query<unknown[]>(sql, args, { rowMode: 'array', parsers: { 20: String, 26: String, 1700: String } });
  // The engine doesn't know that PostgreSQL 18 lists NOT NULL among the constraints.
  const kind = fields.findIndex(({ name }) => name === 'constraint_type');
  return settled({
    columnNames: fields.map(({ name }) => name),
    columnTypes: fields.map(({ name, dataTypeID }) => {
      const type = TYPES.get(dataTypeID);
      if (type === undefined) throw new Error(`The engine asks for ${name} of the type ${dataTypeID}.`);
      return type;
    }),
    rows: kind < 0 ? rows : rows.filter((row) => row[kind] !== 'n'),
  });
}
