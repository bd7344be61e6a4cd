// A headless Chromium with fonts of its own, that reaches nothing but 127.0.0.1.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Opens an empty page of 1280×800. `home` is what install() gave, `server` what startServer() gave. */
export async function openBrowser(home, server, { width = 1280, height = 800 } = {}) {
  const { chromium } = createRequire(join(home.playwright, 'package.json'))('playwright-core');
  const { CHROMIUM_PATH } = process.env; // another browser than the installed one
  const fontconfig = join(server.data, 'fonts.conf');
  writeFileSync(fontconfig, fontConfiguration(home.fonts, join(server.data, 'fonts-cache')));
  const browser = await chromium.launch({
    executablePath: CHROMIUM_PATH || join(home.chromium, 'chromium'),
    headless: true,
    env: { ...server.environment, FONTCONFIG_FILE: fontconfig, ...(CHROMIUM_PATH ? {} : { LD_LIBRARY_PATH: join(home.chromium, 'lib') }) },
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage', '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
    ],
  });
  const context = await browser.newContext({ viewport: { width, height } });
  return { page: await context.newPage(), close: () => browser.close().catch(() => {}) };
}

/** The same letters on every machine: a bare one has no fonts at all. */
function fontConfiguration(folder, cache) {
  const prefer = (generic, family) => `<alias><family>${generic}</family><prefer><family>${family}</family></prefer></alias>`;
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}</dir><cachedir>${cache}</cachedir>
  ${prefer('sans-serif', 'DejaVu Sans')}${prefer('system-ui', 'DejaVu Sans')}${prefer('monospace', 'DejaVu Sans Mono')}
</fontconfig>
`;
}
