// Starts the server of this process: over IPC, a pipe or a socket where the command line says so, over stdio otherwise.
import { createConnection, StreamMessageReader, StreamMessageWriter, type Connection } from 'vscode-languageserver/node';
import { NodeWorkspace } from '../node/workspace';
import { frontEnds, pages, registry } from './defaults';
import { encoder } from './encode';
import type { Installation } from './installation';
import { startServer } from './server';

/** What the command line can ask for besides stdio. */
const TRANSPORT = /^--(node-ipc|socket|pipe)(=|$)/;

/** Serves until the client leaves. */
export function serve({ version, pagesFolder }: Installation): void {
  const connection = process.argv.some((argument) => TRANSPORT.test(argument)) ? createConnection() : connectStdio();
  // One request that goes wrong outside every handler must not cost the user the whole server.
  const survive = (error: unknown): void => {
    if (isBrokenPipe(error)) process.exit(1);
    connection.console.error(`An error was survived: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  };
  process.on('uncaughtException', survive);
  process.on('unhandledRejection', survive);
  const windows = process.platform === 'win32';
  startServer(connection, { workspace: new NodeWorkspace(), frontEnds, registry, pages, pagesFolder, version, windows });
}

/** A connection over the standard streams; the process ends with its input. */
function connectStdio(): Connection {
  const connection = createConnection(new StreamMessageReader(process.stdin), new StreamMessageWriter(process.stdout, { contentTypeEncoder: encoder }));
  let shutdown = false;
  connection.onShutdown(() => {
    shutdown = true;
  });
  const leave = (): void => process.exit(shutdown ? 0 : 1);
  process.stdin.on('end', leave).on('close', leave);
  return connection;
}

/** The client is gone, so there is nobody to serve or to tell. */
function isBrokenPipe(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED' || code === 'ERR_IPC_CHANNEL_CLOSED';
}
