// A history of migrations as its runner sees it.
import type { MigrationInfo } from '../../server/src/languages/language';
import type { Unit } from '../../server/src/project/unit';
import { open, short } from './helper';

export const table = (name: string): string => `CREATE TABLE ${name} (id bigint PRIMARY KEY);\n`;

/** The runner, the order of the files and how the first one is run. */
export async function history(files: Readonly<Record<string, string>>): Promise<{ unit: Unit; runner: string; order: string[]; model: string }> {
  const { project } = await open(files);
  const units = (await project.units()).filter(({ language }) => language === 'sql');
  const [unit] = units;
  if (!unit || units.length > 1) throw new Error(`There are ${units.length} units: ${units.map(({ id }) => id).join(' ')}`);
  const info = unit.migration(unit.files[0] ?? '');
  return { unit, runner: info?.runner ?? 'none', order: unit.files.map(short), model: info?.transaction ?? 'none' };
}

export function infoOf(unit: Unit, name: string): MigrationInfo {
  const info = unit.migration(`/w/${name}`);
  if (!info) throw new Error(`${name} is no migration.`);
  return info;
}

/** The forward half of a file. */
export function up(unit: Unit, name: string): string {
  const { start, end } = infoOf(unit, name).up;
  return unit.parsed(`/w/${name}`)?.text.slice(start, end).trim() ?? '';
}
