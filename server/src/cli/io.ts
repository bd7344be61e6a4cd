// What the command line needs of its surroundings; tests bring their own.

export interface Io {
  /** The current folder, absolute and with `/`. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Standard output is a terminal that shows colours. */
  readonly terminal: boolean;
  /** Width of the terminal in columns, where known. */
  readonly columns?: number;
  out(text: string): void;
  /** One line on standard error. */
  complain(message: string): void;
}

/** Exit codes, the same for every command. */
export const CLEAN = 0;
export const FOUND = 1;
export const FAILED = 2;
export type ExitCode = typeof CLEAN | typeof FOUND | typeof FAILED;
