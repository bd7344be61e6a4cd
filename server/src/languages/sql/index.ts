// The front end for PostgreSQL migrations and schema scripts.
import type { FrontEnd } from '../language';
import { loadParser } from './parse/parser';
import { parseSql, type SqlParsed } from './parse/parsed';
import { lowerFiles } from './replay/lower';

export type { SqlParsed } from './parse/parsed';

export const sql: FrontEnd<SqlParsed> = {
  id: 'sql',
  lineComment: '--',
  prepare: loadParser,
  parse: parseSql,
  lower: lowerFiles,
  write: {},
};
