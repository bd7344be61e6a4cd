// Reads `prisma.config.ts` without running it: where the schema and the migrations are, as far as the text says.
import { withoutComments } from './code-text';

export interface PrismaConfig {
  /** As written, resolved against nothing yet; absent where it isn't written or can't be told without running it. */
  readonly schema?: string;
  readonly migrations?: string;
}

/** Whether a file is Prisma's configuration. */
export function isPrismaConfig(path: string): boolean {
  return /\/(?:prisma\.config\.[cm]?[jt]s|\.config\/prisma\.[cm]?[jt]s)$/.test(path);
}

/** What the configuration's text says. Paths come out relative to the configuration's folder, or absolute. */
export function readPrismaConfig(text: string): PrismaConfig {
  const code = withoutComments(text);
  const schema = valueOf(code, 'schema');
  const inner = /\bmigrations\s*:\s*\{/.exec(code);
  const migrations = inner ? valueOf(code.slice(inner.index + inner[0].length), 'path') : undefined;
  return { ...(schema !== undefined && { schema }), ...(migrations !== undefined && { migrations }) };
}

function valueOf(code: string, key: string): string | undefined {
  const match = new RegExp(`(?:^|[{,\\s])['"]?${key}['"]?\\s*:\\s*`).exec(code);
  if (!match) {
    // `{ schema }` means a variable of that name.
    return new RegExp(`[{,]\\s*${key}\\s*[,}]`).test(code) ? variable(code, key) : undefined;
  }
  return expression(code, match.index + match[0].length, 0);
}

function variable(code: string, name: string, depth = 0): string | undefined {
  const match = new RegExp(`\\b(?:const|let|var)\\s+${name}\\s*(?::[^=]+)?=\\s*`).exec(code);
  return match && depth < 4 ? expression(code, match.index + match[0].length, depth + 1) : undefined;
}

/** A string, a path joined from strings, or a variable that holds one of these. */
function expression(code: string, at: number, depth: number): string | undefined {
  const rest = code.slice(at);
  const literal = /^(?:"([^"\\\n]*)"|'([^'\\\n]*)'|`([^`\\$]*)`)/.exec(rest);
  if (literal) return literal[1] ?? literal[2] ?? literal[3];
  const template = /^`\$\{\s*(?:__dirname|import\.meta\.dirname)\s*\}\/?([^`$]*)`/.exec(rest);
  if (template) return template[1] || '.';
  const call = /^(?:path\s*\.\s*)?(?:join|resolve)\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)/.exec(rest);
  if (call) return joined(code, call[1] ?? '', depth);
  const url = /^(?:fileURLToPath\s*\(\s*)?new\s+URL\s*\(\s*["']([^"']+)["']\s*,\s*import\.meta\.url/.exec(rest);
  if (url) return url[1];
  if (/^(?:__dirname|import\.meta\.dirname|process\.cwd\(\))/.test(rest)) return '.';
  const name = /^[A-Za-z_$][\w$]*(?=\s*[,;}\n)]|\s*$)/.exec(rest);
  return name && name[0] !== 'undefined' ? variable(code, name[0].replaceAll('$', '\\$'), depth) : undefined;
}

/** The arguments of `path.join`: every one must be known. The configuration's own folder counts as nothing. */
function joined(code: string, list: string, depth: number): string | undefined {
  const parts: string[] = [];
  for (const argument of list.split(',').map((part) => part.trim())) {
    if (argument === '') continue;
    const part = expression(`${code}\n${argument}`, code.length + 1, depth + 1);
    if (part === undefined) return undefined;
    parts.push(part);
  }
  const path = parts.filter((part) => part !== '.').join('/');
  return path === '' ? '.' : path;
}
