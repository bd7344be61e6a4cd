// Starts a rule: `npm run new-rule <category> <id>` writes the rule and its page, and regenerates what lists them.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generate } from './generate';
import { camelCase, categories } from './generate/sources';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [category = '', id = ''] = process.argv.slice(2);

async function main(): Promise<void> {
  const problem = problemWith();
  if (problem !== undefined) {
    console.error(`${problem}\nUsage: npm run new-rule <category> <id>`);
    process.exitCode = 2;
    return;
  }
  const folder = join(root, 'server/src/rules', category);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${id}.ts`), ruleText());
  writeFileSync(join(folder, `${id}.md`), pageText());
  const own = [`server/src/rules/${category}/${id}.ts`, `server/src/rules/${category}/${id}.md`];
  for (const path of [...own, ...(await generate(false))]) console.log(`wrote ${path}`);
}

function problemWith(): string | undefined {
  if (!categories.some((each) => each === category)) return `The category must be one of ${categories.join(', ')}.`;
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(id)) return 'The id must be words in kebab-case, such as `unindexed-foreign-key`.';
  if (/^(no|ban|require|prefer)-/.test(id)) return 'The id names the problem: it must not start with no-, ban-, require- or prefer-.';
  if (categories.some((each) => existsSync(join(root, 'server/src/rules', each, `${id}.ts`)))) return `There is a rule \`${id}\` already.`;
  return undefined;
}

function ruleText(): string {
  const kind = category === 'migration' ? 'change' : category === 'schema' ? 'column' : category === 'relation' ? 'foreignKey' : category === 'index' ? 'index' : 'table';
  return `// Reports TODO.
import type { Rule } from '../../linter/rule';

export const ${camelCase(id)}: Rule = {
  id: '${id}',
  meta: {
    title: 'TODO: one sentence.',
    severity: 'warning',
    fix: 'none',
    bible: '+',
  },
  visit: {
    *${kind}(${kind}) {
      void ${kind};
    },
  },
};
`;
}

function pageText(): string {
  const languages = category === 'migration' ? ['sql'] : ['prisma', 'ts', 'sql'];
  const fences = languages.map((language) => `\`\`\`${language}\nTODO: what it reports\n~~~~ TODO: the message.\n\`\`\`\n\n\`\`\`${language}\nTODO: what is fine\n\`\`\`\n`);
  return `# ${id}

TODO: what goes wrong, in one sentence of at most 120 characters.

## Why

TODO

## Examples

${fences.join('\n')}
## When to leave it

TODO
`;
}

void main();
