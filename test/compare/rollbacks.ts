// Proves the down halves that we write over the real migrations of repositories:
//   npm run prove:rollbacks -- <folder of a repository>… [--list 20] [--show <part of a file's name>]
// Each history that begins with an empty database runs in PGlite; before each migration the catalog is read, then the
// migration and our down half run, and the catalog must say the same again. Nothing is fetched.
import { parseArgs } from 'node:util';
import { basename, relative, resolve } from 'node:path';
import { drizzle } from '../../server/src/languages/drizzle';
import { prisma } from '../../server/src/languages/prisma';
import { sql } from '../../server/src/languages/sql';
import { NodeWorkspace } from '../../server/src/node/workspace';
import { Project } from '../../server/src/project/project';
import type { Unit } from '../../server/src/project/unit';
import { registry } from '../../server/src/rules/registry.generated';
import { prove, type Proof } from '../golden/support/rollbacks';
import { table } from './table';

const { values, positionals: folders } = parseArgs({
  allowPositionals: true,
  options: { list: { type: 'string', default: '20' }, show: { type: 'string' } },
});

/** The migrations of a repository that are run on PostgreSQL, one unit a folder. */
async function historiesIn(folder: string): Promise<Unit[]> {
  const log = (message: string): void => console.error(message);
  const project = new Project({ workspace: new NodeWorkspace(), frontEnds: [prisma, drizzle, sql], registry, overrides: { migrations: { lint: 'all' } }, log });
  await project.setRoots([folder]);
  const units = await project.units();
  return units.filter(({ language, schema }) => language === 'sql' && schema.completeHistory === true && schema.migrations.some(({ statements }) => statements.length > 0));
}

function shown({ status, migration, lines, half }: Proof, folder: string): string {
  return [`\n${status}: ${relative(folder, migration)}`, ...lines.map((line) => `  ${line.replaceAll(/\s+/g, ' ').slice(0, values.show === undefined ? 400 : 20_000)}`), ...(values.show === undefined ? [] : [half ?? ''])].join('\n');
}

async function main(): Promise<void> {
  if (folders.length === 0) throw new Error('Name folders of repositories.');
  const rows: string[][] = [];
  const totals = { restored: 0, written: 0, all: 0 };
  for (const folder of folders.map((each) => resolve(each))) {
    for (const unit of await historiesIn(folder)) {
      const proofs = (await prove(unit.writeContext)).filter(({ migration }) => values.show === undefined || migration.includes(values.show));
      const count = (status: Proof['status']): number => proofs.filter((each) => each.status === status).length;
      const judged = proofs.filter(({ status }) => status === 'restored' || status === 'told' || status === 'different' || status === 'fails');
      for (const proof of proofs.filter(({ status }) => values.show !== undefined || status === 'different' || status === 'fails' || status === 'not run').slice(0, Number(values.list))) console.log(shown(proof, folder));
      totals.restored += count('restored') + count('told');
      totals.written += judged.length;
      totals.all += proofs.length;
      const of = relative(folder, unit.files[0] ?? '').split('/').slice(0, -1).join('/');
      rows.push([`${basename(folder)} ${of}`, `${proofs.length}`, `${count('not run')}`, `${count('not written')}`, `${judged.length}`, `${count('restored')}`, `${count('told')}`, `${count('different')}`, `${count('fails')}`]);
    }
  }
  console.log(table([['', 'migrations', 'do not run here', 'nothing to write', 'written', 'schema restored', 'rest told in comments', 'different', 'half fails'], ...rows]));
  console.log(`\n${totals.restored} of ${totals.written} down halves bring the schema back, of ${totals.all} migrations.`);
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  },
);
