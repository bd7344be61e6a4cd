// The .vsix that `npm run package` writes: small, complete, and enough by itself.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { registry } from '../../server/src/rules/registry.generated';
import { root } from './files';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly main: string;
  readonly icon: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly contributes: {
    readonly languages: readonly { readonly configuration: string }[];
    readonly grammars: readonly { readonly path: string }[];
    readonly jsonValidation: readonly { readonly url: string }[];
  };
}

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
const vsix = join(root, `${manifest.name}-${manifest.version}.vsix`);

/** The files of a zip archive, by path, read from its central directory. */
function unzip(archive: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const [method, size, nameLength] = [archive.readUInt16LE(at + 10), archive.readUInt32LE(at + 20), archive.readUInt16LE(at + 28)];
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    const local = archive.readUInt32LE(at + 42);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const data = archive.subarray(start, start + size);
    if (!name.endsWith('/')) files.set(name, method === 0 ? data : inflateRawSync(data));
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return files;
}

/** What PostgreSQL or drizzle-kit refuses, what another version of Drizzle needs, and what would fill pages. */
const NOT_IN_A_WORKING_SAMPLE = new Set([
  'concurrently-in-transaction', 'duplicate-index-name', 'edited-migration', 'foreign-key-type-mismatch', 'ignored-casing', 'misused-hash-index', 'mixed-orms',
  'partitioned-index', 'repeated-column', 'skipped-migration', 'too-many-indexes', 'unknown-object', 'unnamed-expression-index',
]); // prettier-ignore

describe('the package', () => {
  const folder = mkdtempSync(join(tmpdir(), 'schema-bible-package-'));
  let files: ReadonlyMap<string, Buffer> = new Map();

  before(() => {
    assert.ok(existsSync(vsix), `${vsix} is missing: run \`npm run package\` first.`);
    files = unzip(readFileSync(vsix));
    for (const [path, data] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), data);
    }
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const check = (...paths: string[]): { status: number | null; stdout: string; stderr: string } =>
    spawnSync(process.execPath, [join(folder, 'extension/dist/cli.js'), 'check', ...paths], { cwd: folder, encoding: 'utf8' });

  it('is at most 5 MB', () => {
    assert.ok(statSync(vsix).size <= 5 * 1024 * 1024);
  });

  it('holds everything that the manifest names, and the page of each rule', () => {
    const { contributes } = manifest;
    const named = [
      manifest.icon, manifest.main, ...Object.values(manifest.bin), ...contributes.languages.map(({ configuration }) => configuration),
      ...contributes.grammars.map(({ path }) => path), ...contributes.jsonValidation.map(({ url }) => url),
      ...readdirSync(join(root, 'docs/rules')).map((name) => `docs/rules/${name}`),
      'dist/server.js', 'dist/typescript.js', 'dist/libpg-query.wasm', 'dist/THIRD-PARTY-NOTICES.txt', 'readme.md', 'changelog.md', 'LICENSE.txt',
    ]; // prettier-ignore
    for (const path of named) assert.ok(files.has(join('extension', path).replaceAll('\\', '/')), `${path} is not in the package`);
  });

  it('holds neither sources, tests, modules nor source maps', () => {
    const odd = [...files.keys()].filter((path) => /node_modules|\.ts$|\.map$|\/(server|client|test|scripts|examples)\//.test(path));
    assert.deepEqual(odd, []);
  });

  it('finds each rule in the sample with nothing beside it', () => {
    const { status, stdout, stderr } = check(join(root, 'examples/shop'));
    assert.equal(stderr, '');
    assert.equal(status, 1);
    for (const { rule } of registry) {
      if (rule.meta.severity === 'off' || NOT_IN_A_WORKING_SAMPLE.has(rule.id)) continue;
      assert.ok(stdout.includes(rule.id), `${rule.id} finds nothing in the sample`);
    }
  });

  it("reads the TypeScript parser only when a Drizzle schema asks for it", () => {
    rmSync(join(folder, 'extension/dist/typescript.js'));
    // Two files whose fixes don't ask what code writes.
    const prisma = check(...['schema', 'customer'].map((name) => join(root, `examples/shop/prisma/schema/${name}.prisma`)));
    assert.equal(prisma.stderr, '');
    assert.match(prisma.stdout, /naive-timestamp/);
    assert.notEqual(check(join(root, 'examples/shop/warehouse')).stderr, '');
  });
});
