// The command line's words, read and checked.
import { parseArgs } from 'node:util';
import type { RegisteredRule } from '../linter/rule';
import type { RuleSetting } from '../linter/settings';

export type Command =
  | ({ readonly command: 'check'; readonly format: 'pretty' | 'json' } & Lint)
  | ({ readonly command: 'fix'; readonly dryRun: boolean; readonly review: boolean } & Lint)
  | { readonly command: 'explain'; readonly rule: string | undefined }
  | { readonly command: 'lsp' | 'help' | 'version' };

/** What `check` and `fix` share. */
export interface Lint {
  readonly paths: readonly string[];
  readonly config: string | undefined;
  readonly rules: Readonly<Record<string, RuleSetting>>;
  readonly allMigrations: boolean;
  /** Only what has changed since this revision of git's is looked at. */
  readonly since: string | undefined;
  /** So many warnings are allowed; undefined when any counts. */
  readonly maxWarnings: number | undefined;
}

/** Something the user typed that can't be understood: one sentence. */
export class UsageError extends Error {}

export const HELP = `Finds what will hurt your database in production, in Prisma schemas, Drizzle schemas and PostgreSQL migrations.

Usage
  schema-bible check [paths…]    report findings; the current folder when no path is given
  schema-bible fix [paths…]      apply every safe fix
  schema-bible explain <rule>    print the page of a rule
  schema-bible lsp --stdio       start the language server

check
  --format pretty|json           how to print; pretty by default
  --max-warnings N               allow N warnings; none by default
  --since REF                    only files that changed since a branch, tag or commit of git

fix
  --dry-run                      print the changes as a diff, write nothing
  --review                       also apply fixes that want a look

check and fix
  --config FILE                  read this file in place of every schema-bible.json
  --rule ID=SEVERITY             error, warning, info, hint or off; may be repeated
  --all-migrations               also report on migrations that the main branch already has

  --help, --version

Exit status: 0 nothing found, 1 errors or warnings found (information and hints don't count), 2 usage or internal error.
`;

const OPTIONS = {
  format: { type: 'string' },
  config: { type: 'string' },
  rule: { type: 'string', multiple: true },
  'max-warnings': { type: 'string' },
  since: { type: 'string' },
  'all-migrations': { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  review: { type: 'boolean' },
  stdio: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

type Option = keyof typeof OPTIONS;

const ALLOWED: Readonly<Record<'check' | 'fix' | 'explain' | 'lsp', readonly Option[]>> = {
  check: ['format', 'config', 'rule', 'max-warnings', 'since', 'all-migrations'],
  fix: ['config', 'rule', 'all-migrations', 'dry-run', 'review'],
  explain: [],
  lsp: ['stdio'],
};

/** Reads the arguments behind the program's name. Throws a UsageError. */
export function readCommand(argv: readonly string[], registry: readonly RegisteredRule[]): Command {
  const { values, positionals } = parse(argv);
  if (values.help) return { command: 'help' };
  if (values.version) return { command: 'version' };
  const [command, ...rest] = positionals;
  if (command === undefined || command === 'help') return { command: 'help' };
  if (command !== 'check' && command !== 'fix' && command !== 'explain' && command !== 'lsp') {
    throw new UsageError(`There is no command "${command}". Try schema-bible --help.`);
  }
  for (const option of Object.keys(values)) {
    if (!ALLOWED[command].some((allowed) => allowed === option)) throw new UsageError(`"${command}" has no option --${option}. Try schema-bible --help.`);
  }
  const surplus = command === 'lsp' ? rest[0] : command === 'explain' ? rest[1] : undefined;
  if (surplus !== undefined) throw new UsageError(`"${command}" doesn't take "${surplus}". Try schema-bible --help.`);
  if (command === 'lsp') return { command };
  if (command === 'explain') return { command, rule: rest[0] };
  const lint: Lint = {
    paths: rest,
    config: values.config,
    rules: readRules(values.rule ?? [], registry),
    allMigrations: values['all-migrations'] ?? false,
    since: readRevision(values.since),
    maxWarnings: readCount(values['max-warnings']),
  };
  if (command === 'check') return { command, format: readFormat(values.format), ...lint };
  return { command, dryRun: values['dry-run'] ?? false, review: values.review ?? false, ...lint };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    const [message = ''] = (error instanceof Error ? error.message : String(error)).split(/\.\s/, 1);
    throw new UsageError(`${message.replace(/\.$/, '')}. Try schema-bible --help.`);
  }
}

function readFormat(format: string | undefined): 'pretty' | 'json' {
  if (format === undefined || format === 'pretty' || format === 'json') return format ?? 'pretty';
  throw new UsageError(`--format is "pretty" or "json", not "${format}".`);
}

function readCount(count: string | undefined): number | undefined {
  if (count === undefined) return undefined;
  if (!/^\d+$/.test(count)) throw new UsageError(`--max-warnings takes a number, not "${count}".`);
  return Number(count);
}

function readRevision(since: string | undefined): string | undefined {
  if (since?.trim() === '') throw new UsageError('--since takes a branch, a tag or a commit.');
  return since;
}

function readRules(rules: readonly string[], registry: readonly RegisteredRule[]): Record<string, RuleSetting> {
  const read: Record<string, RuleSetting> = {};
  for (const text of rules) {
    const [id = '', severity] = text.split(/=(.*)/s, 2);
    if (!registry.some(({ rule }) => rule.id === id)) throw new UsageError(`--rule ${text}: there is no rule "${id}".`);
    if (severity !== 'error' && severity !== 'warning' && severity !== 'info' && severity !== 'hint' && severity !== 'off') {
      throw new UsageError(`--rule ${text}: the severity is error, warning, info, hint or off.`);
    }
    read[id] = severity;
  }
  return read;
}
