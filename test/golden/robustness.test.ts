// Random edits of rich files in all three languages: nothing ever throws, and after each edit the findings, their fixes
// and the problems are those of a project that is opened afresh with the same texts.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { editsOf } from '../../server/src/ide/fixes';
import { hoverAt } from '../../server/src/ide/hover';
import type { FileReport } from '../../server/src/ide/analysis';
import { registry } from '../../server/src/rules/registry.generated';
import type { Span } from '../../server/src/text/span';
import { open, type Opened } from './support/project';

const RICH = new URL('./rich/', import.meta.url);

function richFiles(newline: '\n' | '\r\n'): Record<string, string> {
  const files: Record<string, string> = {
    '/app/package.json': '{ "dependencies": { "drizzle-orm": "0.45.4" }, "devDependencies": { "prisma": "7.9.0" }, "prisma": { "schema": "prisma" } }',
  };
  for (const folder of ['prisma', 'db', 'migrations']) {
    for (const name of readdirSync(new URL(folder, RICH))) {
      files[`/app/${folder}/${name}`] = readFileSync(new URL(`${folder}/${name}`, RICH), 'utf8').replaceAll('\n', newline);
    }
  }
  return files;
}

// What people type, and what breaks scanners.
const SCRAPS = [
  'x', ' ', '\n', '\r\n', '\r', '{', '}', '(', ')', '[', ']', '"', "'", '`', ';', ',', '@', '@@', '.', ':', '?', '\\', '\0',
  '//', '/*', '*/', '--', '$$', '$body$', '${', '///', 'é😀', '\ud83d', '\ufeff',
  '@db.VarChar(9)', '@@index([email])\n', '@@id([', ' @relation(fields: [', 'model Extra {\n  id Int @id\n}\n', 'enum E { A }\n',
  '.notNull()', '...timestamps,\n', "index('i').on(table.authorId),\n", 'export const ', 'import { key } from "./columns";\n', '(t) => ({',
  'CREATE TABLE extra (id int, at timestamp);\n', 'CREATE INDEX extra_idx ON accounts (region);\n', 'DROP TABLE tasks;\n', 'BEGIN;\n',
  '-- schema-bible-disable-next-line\n', '// schema-bible-disable naive-timestamp\n', 'COPY x FROM stdin;\n', '\\.\n', 'NOT NULL', 'varchar(3)', 'timestamp',
]; // prettier-ignore

const edit = fc.record({
  file: fc.nat(100),
  act: fc.constantFrom('insert', 'insert', 'insert', 'delete', 'delete', 'truncate', 'repeat', 'restore', 'close', 'remove', 'add'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat(40),
  scrap: fc.nat(SCRAPS.length - 1),
  /** Types on without waiting for the findings. */
  hasty: fc.boolean(),
});
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;

/** An editor's session: a project that lives through all edits, and what disk and buffers hold. */
class Typing {
  readonly #disk: Map<string, string>;
  readonly #buffers = new Map<string, string>();

  constructor(
    private readonly opened: Opened,
    private readonly original: Readonly<Record<string, string>>,
  ) {
    this.#disk = opened.workspace.files;
  }

  texts(): Record<string, string> {
    return Object.fromEntries([...this.#disk].map(([path, text]) => [path, this.#buffers.get(path) ?? text]));
  }

  async apply(edit: Edit): Promise<void> {
    const paths = Object.keys(this.original).filter((path) => !path.endsWith('.json'));
    const path = paths[edit.file % paths.length] ?? '';
    const text = this.texts()[path];
    if (edit.act === 'add' || text === undefined) {
      this.#disk.set(path, this.original[path] ?? '');
      return this.opened.project.filesChanged([path]);
    }
    if (edit.act === 'remove' && !this.#buffers.has(path)) {
      this.#disk.delete(path);
      return this.opened.project.filesChanged([path]);
    }
    const next = this.#edited(text, path, edit);
    if (next === undefined) this.#buffers.delete(path);
    else this.#buffers.set(path, next);
    this.opened.project.setBuffer(path, next);
  }

  #edited(text: string, path: string, { act, at, length, scrap }: Edit): string | undefined {
    const place = Math.floor(at * text.length);
    if (act === 'insert') return text.slice(0, place) + (SCRAPS[scrap] ?? '') + text.slice(place);
    if (act === 'delete') return text.slice(0, place) + text.slice(place + 1 + length);
    if (act === 'truncate') return text.slice(0, place);
    if (act === 'repeat') return text.slice(0, place) + text.slice(Math.max(0, place - length * 5), place) + text.slice(place);
    return act === 'close' ? undefined : this.original[path];
  }
}

describe('random edits', () => {
  for (const [name, newline] of [['LF', '\n'], ['CRLF', '\r\n']] as const) {
    it(`give what a fresh start gives (${name})`, async () => {
      const original = richFiles(newline);
      const session = fc.asyncProperty(fc.array(edit, { minLength: 8, maxLength: 14, size: 'max' }), async (edits) => {
        const opened = await open(original);
        const typing = new Typing(opened, original);
        for (const [n, each] of edits.entries()) {
          await typing.apply(each);
          if (each.hasty && n < edits.length - 1) continue;
          const texts = typing.texts();
          const [kept, fresh] = [await everything(opened, texts), await everything(await open(texts), texts)];
          assert.deepEqual(kept, fresh);
        }
      });
      await fc.assert(session, { numRuns: 14 });
    });
  }

  it('of the rich files start from many findings in each language', async () => {
    const texts = richFiles('\n');
    const reports = (await everything(await open(texts), texts)).filter(({ findings }) => findings.length > 0);
    assert.deepEqual(new Set(reports.map(({ language }) => language)), new Set(['prisma', 'drizzle', 'sql']));
    assert.ok(reports.length >= 7, `${reports.length} files have findings`);
  });
});

/** All that is said about all files, as plain data. */
async function everything(opened: Opened, texts: Readonly<Record<string, string>>): Promise<{ language: string; findings: unknown[] }[]> {
  const said = [];
  for (const path of Object.keys(texts)) {
    const report = await opened.analysis.report(path);
    if (!report) continue;
    assert.equal(report.text, texts[path]);
    said.push({ path, language: report.language, problems: report.problems, findings: report.findings.map((finding) => told(opened, report, finding)) });
  }
  return said;
}

function told({ analysis }: Opened, report: FileReport, finding: FileReport['findings'][number]): unknown {
  const { at, rule, severity, message, help, related, fixes } = finding;
  assert.ok(0 <= at.start && at.start <= at.end && at.end <= report.text.length, `${rule} at ${at.start}–${at.end} of ${report.text.length}`);
  const unit = analysis.unitOf(report, finding);
  const hover = hoverAt(report, at.start, { registry, pages: {}, pageLink: () => undefined })?.contents;
  return {
    rule,
    severity,
    message,
    help,
    hover,
    at: place(at),
    related: related?.map((each) => ({ ...each, at: place(each.at) })),
    fixes: fixes?.map((fix) => ({ title: fix.title, kind: fix.kind, edits: unit && editsOf(fix, unit) })),
  };
}

function place({ file, start, end }: Span): string {
  return `${file}:${start}-${end}`;
}
