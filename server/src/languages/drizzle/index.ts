// The Drizzle front end: tables declared in TypeScript, read from syntax alone.
import type { FrontEnd } from '../language';
import { loadCompiler } from '../typescript/compiler';
import { lowerDrizzle } from './lower';
import { parseModule, type ModuleParsed } from '../typescript/parse';
import { writers } from './write';

export { claimsDrizzle } from './claims';

export const drizzle: FrontEnd<ModuleParsed> = {
  id: 'drizzle',
  lineComment: '//',
  prepare: loadCompiler,
  parse: parseModule,
  lower: lowerDrizzle,
  write: writers,
};
