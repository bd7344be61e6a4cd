// The table of layers in docs/architecture.md is the law: every import is compared with it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { root, sources } from './files';

const src = join(root, 'server/src');

/** The folders that each folder may import, as the table says. */
function table(): Map<string, Set<string>> {
  const text = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
  const block = /^```layers\n([\s\S]*?)^```/m.exec(text)?.[1];
  assert.ok(block, 'docs/architecture.md has no ```layers block');
  const rows = block.trim().split('\n').map((line) => line.split('->'));
  return new Map(rows.map(([from = '', to = '']) => [from.trim(), new Set(to.split(',').map((each) => each.trim()).filter(Boolean))]));
}

interface Import {
  readonly file: string;
  readonly specifier: string;
  /** The imported file from `server/src`, or undefined for a package. */
  readonly target: string | undefined;
}

function imports(): Import[] {
  return sources('server/src').flatMap((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    const specifiers = [...text.matchAll(/^(?:import|export)\b[^'"`;]*?from\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]|^import\s+['"]([^'"]+)['"]/gm)];
    return specifiers.map((match) => {
      const specifier = match[1] ?? match[2] ?? match[3] ?? '';
      const file = relative(src, join(root, path));
      return { file, specifier, target: specifier.startsWith('.') ? relative(src, resolve(src, dirname(file), specifier)) : undefined };
    });
  });
}

const layerOf = (path: string): string => path.split('/')[0] ?? '';

describe('layers', () => {
  const allowed = table();
  const all = imports();

  it('are all in the table', () => {
    const folders = new Set(all.map(({ file }) => layerOf(file)));
    for (const folder of folders) assert.ok(allowed.has(folder), `server/src/${folder} is not in the table`);
    assert.ok(all.length > 200, 'hardly any import was read');
  });

  it('import only what the table allows', () => {
    const wrong = all.filter(({ file, target }) => {
      if (target === undefined) return false;
      const to = layerOf(target);
      return to !== layerOf(file) && !allowed.get(layerOf(file))?.has(to);
    });
    assert.deepEqual(wrong.map(({ file, target }) => `${file} imports ${target}`), []);
  });

  it('keep languages apart, and rules away from each other', () => {
    const wrong = all.filter(({ file, target }) => {
      if (target === undefined) return false;
      const [layer, own] = file.split('/');
      const [toLayer, to, name] = target.split('/');
      if (layer === 'languages' && toLayer === 'languages') return own !== to && to !== 'language' && !(to === 'typescript' && (own === 'drizzle' || own === 'code'));
      // A rule may have helpers of its own, named after it; what two rules need lives in the model.
      const rule = /^rules\/[a-z]+\/([a-z-]+)/.exec(file)?.[1];
      return layer === 'rules' && toLayer === 'rules' && rule !== undefined && !name?.startsWith(`${rule}.`) && !target.endsWith(`/${rule}`) && !name?.startsWith('sql-syntax.');
    });
    assert.deepEqual(wrong.map(({ file, target }) => `${file} imports ${target}`), []);
  });

  it('leave packages to their owners', () => {
    const owners: Readonly<Record<string, RegExp>> = {
      'vscode-languageserver': /^lsp\//,
      vscode: /^$/,
      'libpg-query': /^languages\/sql\//,
      '@mrleebo/prisma-ast': /^languages\/prisma\//,
      'ts-morph': /^languages\/(?:typescript|drizzle|code)\//,
    };
    for (const { file, specifier } of all) {
      const owner = Object.entries(owners).find(([name]) => specifier === name || specifier.startsWith(`${name}/`))?.[1];
      assert.ok(!owner || owner.test(file), `${file} imports ${specifier}`);
      if (specifier.startsWith('node:')) assert.match(file, /^(?:lsp|cli|node)\//, `${file} imports ${specifier}`);
    }
  });
});
