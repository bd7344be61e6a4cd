// The language servers to compare with, in exact versions, installed into a cache folder that is no part of the project.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const PACKAGES = {
  '@prisma/language-server': '31.12.10',
  'squawk-cli': '2.66.0',
  'vscode-langservers-extracted': '4.10.0',
  eslint: '10.15.0',
  'eslint-plugin-drizzle': '0.2.3',
  '@typescript-eslint/parser': '8.73.0',
  '@typescript-eslint/utils': '8.73.0',
  'drizzle-orm': '0.45.4',
  typescript: '5.9.3',
};

/** Installs the peers once and gives their folder. */
export function installPeers() {
  const hash = createHash('sha256').update(JSON.stringify(PACKAGES)).digest('hex').slice(0, 12);
  const folder = join(process.env.SCHEMA_BIBLE_CACHE ?? join(homedir(), '.cache'), `schema-bible-bench-${hash}`);
  if (existsSync(folder)) return folder;
  console.error(`Installing the servers to compare with into ${folder} …`);
  const fresh = `${folder}.${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  writeFileSync(join(fresh, 'package.json'), JSON.stringify({ name: 'schema-bible-bench', private: true, dependencies: PACKAGES }));
  try {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    execFileSync(npm, ['install', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: fresh, stdio: ['ignore', 'ignore', 'inherit'] });
    renameSync(fresh, folder);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return folder;
}

/** What the ESLint server reads from the editor's settings. */
function eslintSettings(folder) {
  return {
    validate: 'on',
    run: 'onType',
    nodePath: null,
    options: {},
    rulesCustomizations: [],
    onIgnoredFiles: 'off',
    quiet: false,
    format: false,
    experimental: { useFlatConfig: false },
    problems: { shortenToSingleLine: false },
    codeAction: { disableRuleComment: { enable: true, location: 'separateLine' }, showDocumentation: { enable: true } },
    codeActionOnSave: { mode: 'all' },
    workingDirectory: { mode: 'location' },
    workspaceFolder: { name: 'bench', uri: `file://${folder}` },
  };
}

// The Drizzle plugin's two rules look at queries only, so a third one looks at what the keystroke changes.
const ESLINT_CONFIG = `import drizzle from 'eslint-plugin-drizzle';
import parser from '@typescript-eslint/parser';

export default [
  {
    files: ['**/*.ts'],
    languageOptions: { parser },
    plugins: { drizzle },
    rules: {
      'drizzle/enforce-delete-with-where': 'error',
      'drizzle/enforce-update-with-where': 'error',
      'no-restricted-syntax': ['error', { selector: 'Property[key.name="withTimezone"][value.value=false]', message: 'Keep the zone.' }],
    },
  },
];
`;

/** One peer a language; `goal` is our largest share of its time, at that size. */
export function peers(folder) {
  const bin = (...parts) => join(folder, 'node_modules', ...parts);
  const squawk = process.platform === 'win32' ? 'squawk.exe' : 'squawk';
  return {
    prisma: {
      name: '@prisma/language-server',
      command: [process.execPath, bin('@prisma/language-server/dist/bin.js'), '--stdio'],
      goal: { size: 1000, share: 1 / 4 },
    },
    sql: {
      name: 'squawk server',
      command: [bin(`@squawk-cli/${process.platform}-${process.arch}/bin/${squawk}`), 'server'],
      goal: { size: 1000, share: 1 / 4 },
    },
    drizzle: {
      name: 'ESLint server',
      command: [process.execPath, bin('vscode-langservers-extracted/bin/vscode-eslint-language-server'), '--stdio'],
      settings: (section, inFolder) => (section === undefined || section === '' || section === 'eslint' ? eslintSettings(inFolder) : {}),
      files: { 'eslint.config.mjs': ESLINT_CONFIG },
      goal: { size: 100, share: 1 / 5 },
    },
  };
}
