// The program: reads the command, runs it, and turns what goes wrong into one line and an exit code.
import { check } from './check';
import { fix } from './fix';
import { CLEAN, FAILED, type ExitCode, type Io } from './io';
import { HELP, readCommand, UsageError } from './options';
import type { Parts } from './workbench';

/** Runs `schema-bible` with the arguments behind its name. Never rejects. */
export async function main(argv: readonly string[], parts: Parts, io: Io): Promise<ExitCode> {
  try {
    const command = readCommand(argv, parts.registry);
    switch (command.command) {
      case 'check':
        return await check(command, parts, io);
      case 'fix':
        return await fix(command, parts, io);
      case 'explain':
        return explain(command.rule, parts, io);
      case 'help':
        io.out(HELP);
        return CLEAN;
      case 'version':
        io.out(`${parts.version}\n`);
        return CLEAN;
      case 'lsp':
        throw new UsageError('The language server is started by the program itself.');
    }
  } catch (error) {
    if (error instanceof UsageError) io.complain(`schema-bible: ${error.message}`);
    else io.complain(`schema-bible: an internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return FAILED;
  }
}

function explain(rule: string | undefined, { pages, registry }: Parts, io: Io): ExitCode {
  const ids = registry.map((own) => own.rule.id);
  if (rule === undefined) throw new UsageError(`explain takes a rule: ${ids.join(', ')}.`);
  const page = pages[rule];
  if (page === undefined) throw new UsageError(`there is no rule "${rule}". The rules are ${ids.join(', ')}.`);
  io.out(`${page.trimEnd()}\n`);
  return CLEAN;
}
