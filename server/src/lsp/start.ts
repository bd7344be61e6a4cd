// Starts the server of this process: over IPC, a pipe or a socket where the command line says so, over stdio otherwise.
import { createConnection } from 'vscode-languageserver/node';
import { NodeWorkspace } from '../node/workspace';
import { frontEnds, pages, registry } from './defaults';
import type { Installation } from './installation';
import { startServer } from './server';

const TRANSPORT = /^--(stdio|node-ipc|socket|pipe)(=|$)/;

/** Serves until the client leaves. */
export function serve({ version, pagesFolder }: Installation): void {
  const connection = process.argv.some((argument) => TRANSPORT.test(argument))
    ? createConnection()
    : createConnection(process.stdin, process.stdout);
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

/** The client is gone, so there is nobody to serve or to tell. */
function isBrokenPipe(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED' || code === 'ERR_IPC_CHANNEL_CLOSED';
}
