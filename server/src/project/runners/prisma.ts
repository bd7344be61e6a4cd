// Prisma Migrate: one folder per migration, applied in the order of the folders' names.
import { atLeast } from '../../model/facts';
import { byText } from '../paths';
import { claimNames, statementsOf } from './content';
import { leadingDigits, nextVersions } from './naming';
import { besideFile, writeBeside } from './rollback';
import type { Folder, Runner } from './runner';

const FILE = /^[^/]+\/migration\.sql$/;

/** What Prisma writes above its statements, and the first line of a migration made with --create-only. */
const HEAD = /^-- (?:CreateTable|AlterTable|CreateIndex|AddForeignKey|DropIndex|DropTable|DropForeignKey|AlterEnum|CreateEnum|RedefineTables|RenameIndex|RenameForeignKey|CreateSchema|CreateExtension|This is an empty migration\.)/m;

/** Statements that Prisma's splitter is known not to read; the file is then sent as one query. */
const UNSPLIT = /^[ \t]*(?:DROP\s+INDEX\s+CONCURRENTLY|REINDEX)\b/im;

const downName = (name: string): string => `${folderName(name)}/down.sql`;
const folderName = (name: string): string => name.slice(0, name.indexOf('/'));

export const prisma: Runner = {
  id: 'prisma',

  claim(folder) {
    const own = (name: string): boolean => FILE.test(name) && !folder.has(`${folderName(name)}/snapshot.json`);
    const names = [...folder.sql].filter(([name]) => own(name));
    if (!folder.has('migration_lock.toml') && !names.some(([name, text]) => HEAD.test(text) || isTimestamp(name))) return undefined;
    const claim = claimNames(folder, FILE, (a, b) => byText(folderName(a), folderName(b)), /\/(?!migration\.sql$)[^/]*\.sql$/);
    const dialect = /^\s*provider\s*=\s*"(\w+)"/m.exec(folder.text('migration_lock.toml') ?? '')?.[1];
    return claim && { ...claim, migrations: claim.migrations.filter(own), ...(dialect !== undefined && { dialect }) };
  },

  // Up to 7.3 the file is sent as one query, which PostgreSQL runs as one transaction when it holds several statements.
  transaction: (folder: Folder) => (atLeast(folder.facts.prismaVersion, 7, 4) ? 'none' : 'file-if-many'),
  // From 7.4 on it cuts the file into statements, unless its splitter stumbles over one of them.
  read(text, name, folder) {
    const rollback = besideFile(folder, downName(name));
    return UNSPLIT.test(text) ? { rollback, transaction: 'file-if-many' } : { rollback };
  },
  // Prisma runs no rollback itself; `down.sql` is where its documentation has one written for `prisma db execute`.
  rollback: (request) => writeBeside(request, downName(request.name)),

  next({ migrations, steps, now }) {
    const versions = nextVersions(migrations.map(leadingDigits), steps.length, now);
    return steps.map((step, at) => ({ name: `${versions[at] ?? ''}_${step.name}/migration.sql`, text: statementsOf(step) }));
  },

  needs: () => ['migration_lock.toml'],
};

function isTimestamp(name: string): boolean {
  return /^\d{14}_/.test(name);
}
