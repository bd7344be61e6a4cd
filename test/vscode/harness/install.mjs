// Puts VS Code's server, the Node it is made for, a headless Chromium, fonts and playwright-core into a cache folder.
// Everything comes through npm, pinned by checksum: no root, no compiler, no install scripts, no other program.
//   node install.mjs [release…]        fills the cache and prints the folders
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { nodeOf, parts, releases, revision, unneeded } from './parts.mjs';
import { unpack } from './tar.mjs';

const here = dirname(fileURLToPath(import.meta.url));

/** Whether the web workbench can run here: the packages hold linux-x64 programs only. */
export const supported = process.platform === 'linux' && process.arch === 'x64';

/** Where the parts lie: outside the checkout, so that another clone finds them. */
export function cacheFolder() {
  const { SCHEMA_BIBLE_CACHE, XDG_CACHE_HOME } = process.env;
  return SCHEMA_BIBLE_CACHE || join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'schema-bible-vscode');
}

/**
 * Makes sure that one release of VS Code's server is there, and gives the folders of its parts. `browser` adds the
 * headless Chromium. `say` hears of each step. Rejects with one clear sentence.
 */
export async function install(release, { browser = true, say = () => {} } = {}) {
  if (!supported) throw new Error(`VS Code's web workbench needs linux-x64; this machine is ${process.platform}-${process.arch}.`);
  const vscode = `vscode-${release}`;
  if (!(vscode in parts)) throw new Error(`There is no VS Code ${release} here, only ${releases.join(' and ')}.`);
  const node = await part(nodeOf[release], say);
  const home = { node: join(node, 'node'), vscode: await part(vscode, say) };
  if (!browser) return home;
  return { ...home, chromium: await part('chromium', say), playwright: await part('playwright-core', say), fonts: await part('fonts', say) };
}

/** The folder of a part. A half-written one is never seen: it gets its name in the end. */
async function part(id, say) {
  const { name, version, from, sha512 } = parts[id];
  const root = cacheFolder();
  const folder = join(root, `${id}-${version}-r${revision}`);
  if (existsSync(folder)) return folder;
  say(`installing ${id} (${name} ${version})`);
  mkdirSync(root, { recursive: true });
  const scratch = mkdtempSync(join(root, '.new-'));
  try {
    const made = join(scratch, 'out');
    mkdirSync(made);
    const prefix = `package/${from}${from && '/'}`;
    unpack(await download(name, version, sha512, scratch), made, (path) => (path.startsWith(prefix) ? path.slice(prefix.length) : undefined));
    await finish[id.replace(/-\d.*/, '')]?.(made, say);
    try {
      renameSync(made, folder);
    } catch (error) {
      if (!existsSync(folder)) throw error; // else another install was faster
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return folder;
}

/** The unzipped tarball of a package. */
async function download(name, version, sha512, folder) {
  await npm(['pack', `${name}@${version}`, '--loglevel=error', '--ignore-scripts'], folder);
  const file = join(folder, `${name.replace(/^@/, '').replace('/', '-')}-${version}.tgz`);
  const tarball = readFileSync(file);
  const found = createHash('sha512').update(tarball).digest('base64');
  if (found !== sha512) throw new Error(`The package ${name}@${version} isn't the one that was tested: its checksum is ${found}.`);
  rmSync(file);
  return gunzipSync(tarball);
}

/** What is left to do once a part is unpacked. */
const finish = {
  async vscode(folder, say) {
    const manifest = join(folder, 'package.json');
    const content = JSON.parse(readFileSync(manifest, 'utf8'));
    for (const name of unneeded) delete content.dependencies[name];
    writeFileSync(manifest, JSON.stringify(content, null, 2));
    say("installing VS Code's own dependencies");
    // Versions and checksums are those of the npm-shrinkwrap.json in there; it lacks one peer, hence the legacy flag.
    await npm(['install', '--omit=dev', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund', '--loglevel=error'], folder);
    // TypeScript, for the extensions that come with VS Code.
    await npm(['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], join(folder, 'extensions'));
    for (const extension of ['copilot', 'mermaid-markdown-features']) rmSync(join(folder, 'extensions', extension), { recursive: true, force: true });
    await standIns(folder, say);
  },
  chromium(folder) {
    for (const name of ['chromium', 'al2023.tar']) {
      const packed = join(folder, `${name}.br`);
      const data = brotliDecompressSync(readFileSync(packed));
      if (name.endsWith('.tar')) unpack(data, folder); // lib/: nss, nspr, expat
      else writeFileSync(join(folder, name), data, { mode: 0o755 });
    }
    for (const name of readdirSync(folder)) if (name.endsWith('.br')) rmSync(join(folder, name));
  },
  fonts(folder) {
    // With the serif fonts present the menus come out in serif.
    for (const name of readdirSync(folder)) if (!name.startsWith('DejaVuSans')) rmSync(join(folder, name));
  },
};

/** Three modules that an install script would have built or downloaded: a log writer, a hang detector, ripgrep. */
async function standIns(folder, say) {
  const modules = join(folder, 'node_modules');
  cpSync(join(here, 'log-writer.cjs'), join(modules, '@vscode/spdlog/index.js'));
  for (const name of ['native-watchdog', '@vscode/native-watchdog']) {
    if (!existsSync(join(modules, name))) continue;
    writeFileSync(join(modules, name, 'index.js'), 'exports.start = () => {};\nexports.exit = (code) => process.exit(code);\n');
  }
  const shipped = join(modules, '@vscode/ripgrep-universal/bin');
  if (existsSync(shipped)) {
    for (const platform of readdirSync(shipped)) if (platform !== 'linux-x64') rmSync(join(shipped, platform), { recursive: true });
  } else cpSync(await part('ripgrep', say), join(modules, '@vscode/ripgrep/bin'), { recursive: true });
}

/** Runs npm; its last words become the error's. */
function npm(args, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (chunk) => (errors += chunk));
    child.on('error', (error) => reject(new Error(`npm can't be started: ${error.message}.`)));
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`npm ${args[0]} failed in ${cwd}:\n${errors.trim()}`))));
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wanted = process.argv.slice(2);
  for (const release of wanted.length > 0 ? wanted : releases) console.log(await install(release, { say: (text) => console.error(text) }));
}
