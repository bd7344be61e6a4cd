// The front end for PostgreSQL migrations and schema scripts.
import type { FrontEnd } from '../language';
import { loadParser } from './parse/parser';
import { parseSql, type SqlParsed } from './parse/parsed';
import { lowerFiles } from './replay/lower';
import { writers } from './write/index';

export type { SqlParsed } from './parse/parsed';
export { sqlDialect, sqlKind, type SqlKind } from './dialect';

export const sql: FrontEnd<SqlParsed> = {
  id: 'sql',
  lineComment: '--',
  prepare: loadParser,
  parse: parseSql,
  lower: lowerFiles,
  write: writers,
};
