// Reports what a schema declares and its migrations don't make, and the other way round.
import type { Rule } from '../../linter/rule';
import { nameOf } from '../../model/names';
import { inBackticks } from '../../model/wording';
import { comparedColumns } from './schema-drift.columns';
import { missingTable, missingValues, writing } from './schema-drift.fixes';
import { missingJunctions } from './schema-drift.junctions';
import { comparedKeys } from './schema-drift.keys';
import { undeclared } from './schema-drift.left';
import { finder, missingHelp, otherHelp } from './schema-drift.words';

export const schemaDrift: Rule = {
  id: 'schema-drift',
  meta: {
    title: 'A schema and the migrations that are written from it disagree.',
    severity: 'warning',
    fix: 'review',
    history: true,
    absence: true,
    languages: ['prisma', 'drizzle'],
    dialects: ['postgresql'],
    bible: '+',
  },
  visit: {
    *table(table, context) {
      const { history, schema } = context;
      if (!history || table.objectKind !== 'table') return;
      const sides = { schema, history };
      const made = finder(history)(nameOf(table));
      if (made) {
        if (made.objectKind !== 'table' || made.partial) return;
        yield* comparedColumns(table, made, sides);
        yield* comparedKeys(table, made, sides, context);
        yield* missingJunctions(table, sides, context);
      } else if (table.dbSchema === undefined || history.tables.some(({ dbSchema = 'public' }) => dbSchema === table.dbSchema)) {
        yield {
          at: table.nameSpan,
          message: `No migration creates \`${table.dbName}\`, so queries of it fail in every database that the migrations have made.`,
          help: missingHelp(history),
          ...writing(missingTable(table, sides), sides, `Create \`${table.dbName}\``),
        };
      }
    },
    *enum(declared, { history, schema }) {
      const made = history?.enums.find(({ dbName }) => dbName === declared.dbName);
      if (!history || !made) return;
      const missing = declared.values.filter((value) => !made.values.includes(value));
      const left = made.values.filter((value) => !declared.values.includes(value));
      const related = [{ at: made.nameSpan, message: 'Made here.' }];
      if (missing.length > 0) {
        yield {
          at: declared.nameSpan,
          message: `No migration adds ${inBackticks(missing)} to \`${declared.dbName}\`, so each query with that value fails in every database that the migrations have made.`,
          help: missingHelp(history),
          related,
          ...writing(missingValues(declared, missing, made, { schema, history }), { schema, history }, `Add ${inBackticks(missing)} to \`${declared.dbName}\``),
        };
      }
      if (left.length > 0) {
        yield {
          at: declared.nameSpan,
          message: `The migrations let \`${declared.dbName}\` also hold ${inBackticks(left)}, not declared here, so rows may come back with values that code doesn't know.`,
          help: otherHelp(history),
          related,
          quiet: true,
        };
      }
    },
    schema: undeclared,
  },
};
