// The front end for Prisma schemas.
import type { FrontEnd } from '../language';
import { lower } from './lower/schema';
import { parse, type PrismaParsed } from './parse/parse';
import { loadParser } from './parse/structure';
import { write } from './write/writers';

export type { PrismaParsed } from './parse/parse';
export { declaresDatasource, readDatasource, type Datasource, type Setting } from './datasource';

export const prisma: FrontEnd<PrismaParsed> = {
  id: 'prisma',
  lineComment: '//',
  prepare: loadParser,
  parse,
  lower: (files) => lower(files),
  write,
};
