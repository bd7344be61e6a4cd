// Bundles the extension into dist/: the client, the language server, the command line and, apart, the TypeScript parser.
//   node scripts/build.mjs [--watch]      $SCHEMA_BIBLE_SOURCE_MAPS=1 adds source maps
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, context } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const require = createRequire(import.meta.url);

/**
 * ts-morph holds a whole TypeScript compiler: it lies in a bundle of its own, which is read when a Drizzle file is
 * first opened. The other bundles reach it through a small module that asks for it when it is itself asked for.
 */
const typescriptApart = {
  name: 'typescript-apart',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^ts-morph$/ }, () => ({ path: 'ts-morph', namespace: 'typescript-apart' }));
    onLoad({ filter: /.*/, namespace: 'typescript-apart' }, () => ({ contents: 'module.exports = require("./typescript.js");' }));
    onResolve({ filter: /^\.\/typescript\.js$/, namespace: 'typescript-apart' }, ({ path }) => ({ path, external: true }));
  },
};

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: true,
  legalComments: 'none', // they are in THIRD-PARTY-NOTICES.txt
  sourcemap: process.env.SCHEMA_BIBLE_SOURCE_MAPS === '1',
  metafile: true,
  alias: {
    // Its main file is UMD, which can't be bundled.
    'jsonc-parser': 'jsonc-parser/lib/esm/main.js',
    lilconfig: join(root, 'scripts/no-config-search.cjs'),
  },
  logLevel: 'warning',
  outdir: dist,
};
const bundles = [
  { ...common, entryPoints: { extension: 'client/src/extension.ts' }, external: ['vscode'] },
  { ...common, entryPoints: { server: 'server/src/lsp/main.ts' }, plugins: [typescriptApart] },
  { ...common, entryPoints: { cli: 'server/src/cli/main.ts' }, plugins: [typescriptApart], banner: { js: '#!/usr/bin/env node' } },
  { ...common, entryPoints: { typescript: 'ts-morph' } },
];

/** The texts of the licences of all packages that a bundle holds. */
function notices(metafiles) {
  const inputs = metafiles.flatMap(({ inputs }) => Object.keys(inputs));
  const packages = new Set(inputs.flatMap((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []));
  const texts = [...packages].sort().map((name) => {
    const folder = join(root, 'node_modules', name);
    const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file ? readFileSync(join(folder, file), 'utf8').trim() : `Licence: ${license}`;
    return `${name} ${version}\n\n${text}\n`;
  });
  return `This extension contains the following packages.\n\n${texts.join(`\n${'-'.repeat(80)}\n\n`)}`;
}

function sizes() {
  const files = readdirSync(dist).sort();
  return files.map((name) => `  dist/${name} ${Math.ceil(statSync(join(dist, name)).size / 1024)} KB`).join('\n');
}

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
// The parser of PostgreSQL looks for its WebAssembly beside the bundle that holds it.
copyFileSync(join(dirname(require.resolve('libpg-query')), 'libpg-query.wasm'), join(dist, 'libpg-query.wasm'));
if (process.argv.includes('--watch')) {
  for (const options of bundles) await (await context({ ...options, minify: false, sourcemap: true, logLevel: 'info' })).watch();
} else {
  const results = await Promise.all(bundles.map((options) => build(options)));
  writeFileSync(join(dist, 'THIRD-PARTY-NOTICES.txt'), notices(results.map(({ metafile }) => metafile)));
  console.log(sizes());
}
