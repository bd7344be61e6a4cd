// The language servers to compare with, in exact versions.
import { join } from 'node:path';
import { installPackages } from './install.mjs';

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
  return installPackages(PACKAGES, 'the servers to compare with');
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

/** One peer a language; `goal` is our largest share of its time, at that size; `alone` looks at no file but the edited one. */
export function peers(folder) {
  const bin = (...parts) => join(folder, 'node_modules', ...parts);
  const program = process.platform === 'win32' ? 'squawk.exe' : 'squawk';
  const squawk = { name: 'squawk server', command: [bin(`@squawk-cli/${process.platform}-${process.arch}/bin/${program}`), 'server'] };
  return {
    prisma: {
      name: '@prisma/language-server',
      command: [process.execPath, bin('@prisma/language-server/dist/bin.js'), '--stdio'],
      goal: { size: 1000, share: 1 / 4 },
    },
    sql: { ...squawk, goal: { size: 1000, share: 1 / 4 } },
    last: { ...squawk, alone: true },
    middle: { ...squawk, alone: true },
    drizzle: {
      name: 'ESLint server',
      command: [process.execPath, bin('vscode-langservers-extracted/bin/vscode-eslint-language-server'), '--stdio'],
      settings: (section, inFolder) => (section === undefined || section === '' || section === 'eslint' ? eslintSettings(inFolder) : {}),
      files: { 'eslint.config.mjs': ESLINT_CONFIG },
      goal: { size: 100, share: 1 / 5 },
    },
  };
}
