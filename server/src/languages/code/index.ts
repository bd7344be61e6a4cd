// The front end of application code: queries in TypeScript and JavaScript, read from syntax alone.
import type { Schema } from '../../model/nodes';
import type { FrontEnd, Surroundings } from '../language';
import { loadCompiler } from '../typescript/compiler';
import { parseCode, type CodeParsed } from './parse';

export { mayBeCode, mayQuery } from './claims';

export const code: FrontEnd<CodeParsed> = {
  id: 'code',
  lineComment: '//',
  prepare: loadCompiler,
  parse: parseCode,
  lower: lowerCode,
  write: { replaceText: ({ edits }) => edits },
};

function lowerCode(files: readonly CodeParsed[], { dialect = 'unknown' }: Surroundings): Schema {
  const lowered = files.flatMap(({ pieces }) => pieces.map((piece) => piece.lowered));
  return {
    kind: 'schema',
    language: 'code',
    dialect,
    files: files.map(({ path }) => path),
    tables: [],
    enums: [],
    migrations: [],
    emulatedRelations: false,
    queries: lowered.flatMap(({ queries }) => queries),
    rawSql: lowered.flatMap((each) => each.rawSql),
    columnMembers: lowered.flatMap(({ columnMembers }) => columnMembers),
  };
}
