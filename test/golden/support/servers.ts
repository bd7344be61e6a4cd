// A PostgreSQL to measure: the one in memory, or the server that POSTGRES_URL names.
import { PGlite } from '@electric-sql/pglite';
import { Client } from 'pg';

export interface Connection {
  /** Runs statements, and gives what the server said about them. */
  exec(sql: string): Promise<string>;
  query<T extends object>(sql: string): Promise<readonly T[]>;
  close(): Promise<void>;
}

export interface Server extends Connection {
  /** Major version. */
  readonly version: number;
  /** Another session; absent where the server has only one. */
  connect?(): Promise<Connection>;
}

export async function openServer(): Promise<Server> {
  const url = process.env.POSTGRES_URL;
  const connection = url === undefined ? await inMemory() : await remote(url);
  const [row] = await connection.query<{ version: string }>("SELECT current_setting('server_version_num') AS version");
  const version = Math.floor(Number(row?.version) / 10_000);
  return { ...connection, version, ...(url !== undefined && { connect: () => remote(url) }) };
}

async function inMemory(): Promise<Connection> {
  const postgres = await PGlite.create();
  return {
    async exec(sql) {
      const said: string[] = [];
      await postgres.exec(sql, { onNotice: ({ message }) => void said.push(message ?? '') });
      return said.join('\n');
    },
    query: async <T extends object>(sql: string) => (await postgres.query<T>(sql)).rows,
    close: () => postgres.close(),
  };
}

async function remote(url: string): Promise<Connection> {
  const client = new Client(url);
  await client.connect();
  let said: string[] = [];
  client.on('notice', ({ message }) => void said.push(message ?? ''));
  client.on('error', () => undefined);
  return {
    async exec(sql) {
      said = [];
      await client.query(sql);
      return said.join('\n');
    },
    query: async <T extends object>(sql: string) => (await client.query<T>(sql)).rows,
    close: () => client.end(),
  };
}
