// Reads a rule's page as tests: fences with squiggles, `fixed` fences, settings, and named files that belong together.
import { readFileSync } from 'node:fs';

export type FenceLanguage = 'prisma' | 'ts' | 'sql' | 'json';

/** A squiggle: a range of one line, with its message. */
export interface Expected {
  readonly line: number;
  readonly character: number;
  readonly endCharacter: number;
  readonly message: string;
}

/** Lines of the page between the marks of a fence; counted from 0, `end` excluded. */
export interface Lines {
  readonly start: number;
  readonly end: number;
}

export interface ExampleFile {
  /** As named on the page, or the language's usual name. */
  readonly path: string;
  readonly text: string;
  readonly expected: readonly Expected[];
  /** The fence says `unserved`: nothing may look at this file. */
  readonly unserved: boolean;
  readonly lines: Lines;
}

export interface FixedFile {
  readonly path: string;
  readonly text: string;
  readonly lines: Lines;
}

/** What one choice of fixes gives; `choice` is a number from 1 among those offered, or a part of the title. */
export interface FixedGroup {
  readonly choice: string | undefined;
  readonly files: FixedFile[];
}

export interface Example {
  readonly heading: string;
  /** Line of its first fence, counted from 1. */
  readonly line: number;
  readonly language: FenceLanguage;
  readonly named: boolean;
  readonly files: ExampleFile[];
  readonly fixed: FixedGroup[];
  readonly settings: unknown;
}

export interface Page {
  readonly path: string;
  readonly text: string;
  readonly headings: readonly string[];
  readonly examples: readonly Example[];
}

/** What a path begins with where a fence says `main`: the file as the main branch has it. */
export const MAIN = 'main:';

const usualNames: Record<FenceLanguage, string> = { prisma: 'schema.prisma', ts: 'schema.ts', sql: 'migration.sql', json: 'package.json' };

export function readPage(path: string): Page {
  return parsePage(path, readFileSync(path, 'utf8'));
}

export function parsePage(path: string, text: string): Page {
  const lines = text.split('\n');
  const headings: string[] = [];
  const examples: Example[] = [];
  let settings: unknown;
  let name: string | undefined;
  let current: Example | undefined;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const heading = /^#+ (.*)$/.exec(line);
    if (heading) {
      headings.push(heading[1] ?? '');
      current = settings = name = undefined;
      continue;
    }
    const named = /^`([^`]+)`:$/.exec(line);
    if (named) name = named[1];
    const fence = /^```(\w+)\s*(.*)$/.exec(line);
    if (!fence) continue;
    const end = lines.indexOf('```', at + 1);
    if (end < 0) throw new Error(`${path}:${at + 1}: this fence has no end.`);
    const body = lines.slice(at + 1, end);
    const range = { start: at + 1, end };
    const language = languageOf(fence[1] ?? '', `${path}:${at + 1}`);
    const info = (fence[2] ?? '').trim();
    if (info === 'settings') settings = JSON.parse(body.join('\n'));
    else if (info === 'fixed' || info.startsWith('fixed ')) {
      if (!current) throw new Error(`${path}:${at + 1}: nothing stands above that this could be the fixed form of.`);
      addFixed(current, info.slice('fixed'.length).trim() || undefined, {
        path: name ?? current.files.at(-1)?.path ?? usualNames[language],
        text: body.map((each) => `${each}\n`).join(''),
        lines: range,
      });
    } else {
      const unserved = info === 'unserved' || info === 'main';
      const path = `${info === 'main' ? MAIN : ''}${name ?? usualNames[language]}`;
      const file = { path, ...readSquiggles(body), unserved, lines: range };
      if (!current || !belongsTo(current, file.path, name !== undefined)) {
        current = { heading: headings.at(-1) ?? '', line: at + 1, language, named: name !== undefined, files: [], fixed: [], settings };
        examples.push(current);
      }
      current.files.push(file);
    }
    name = undefined;
    at = end;
  }
  return { path, text, headings, examples };
}

function languageOf(word: string, place: string): FenceLanguage {
  if (word === 'prisma' || word === 'ts' || word === 'sql' || word === 'json') return word;
  throw new Error(`${place}: a fence is prisma, ts, sql or json, not ${word}.`);
}

/** Consecutive named fences under one heading are files of one example, until one is fixed or a name repeats. */
function belongsTo(example: Example, path: string, named: boolean): boolean {
  return named && example.named && example.fixed.length === 0 && example.files.every((file) => file.path !== path);
}

function addFixed(example: Example, choice: string | undefined, file: FixedFile): void {
  const bare = choice?.replace(/^"(.*)"$/, '$1');
  const group = example.fixed.find((each) => each.choice === bare);
  if (group && group.files.every((each) => each.path !== file.path)) group.files.push(file);
  else example.fixed.push({ choice: bare, files: [file] });
}

function readSquiggles(lines: readonly string[]): { text: string; expected: Expected[] } {
  const code: string[] = [];
  const expected: Expected[] = [];
  for (const line of lines) {
    const squiggle = /^(\s*)(~+)(?: (.*))?$/.exec(line);
    if (!squiggle || code.length === 0) {
      code.push(line);
      continue;
    }
    const [, indent = '', marks = '', message = ''] = squiggle;
    const character = indent.length;
    expected.push({ line: code.length - 1, character, endCharacter: character + marks.length, message });
  }
  return { text: code.map((line) => `${line}\n`).join(''), expected };
}

/** The lines of a fence: the code with each squiggle below its line. */
export function writeSquiggles(text: string, found: readonly Expected[]): string[] {
  return text
    .replace(/\n$/, '')
    .split('\n')
    .flatMap((line, at) => {
      const own = found.filter((each) => each.line === at).sort((a, b) => a.character - b.character || a.endCharacter - b.endCharacter);
      return [line, ...own.map((each) => `${indentOf(line, each.character)}${'~'.repeat(each.endCharacter - each.character)} ${each.message}`)];
    });
}

/** Blanks of the same width; tabs stay tabs, so that the squiggle stands below its code in an editor. */
function indentOf(line: string, width: number): string {
  return line.slice(0, width).replace(/[^\t]/g, ' ').padEnd(width);
}
