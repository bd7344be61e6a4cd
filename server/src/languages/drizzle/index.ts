// The Drizzle front end: tables declared in TypeScript, read from syntax alone.
import type { FrontEnd } from '../language';
import { loadCompiler } from './compiler';
import { lowerDrizzle } from './lower';
import { parseDrizzle, type DrizzleParsed } from './parse';
import { writers } from './write';

export { claimsDrizzle } from './claims';
export type { DrizzleParsed } from './parse';

export const drizzle: FrontEnd<DrizzleParsed> = {
  id: 'drizzle',
  lineComment: '//',
  prepare: loadCompiler,
  parse: parseDrizzle,
  lower: lowerDrizzle,
  write: writers,
};
