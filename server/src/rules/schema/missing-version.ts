// Reports tables that code reads, computes with and writes back, though nothing tells it of a write in between.
import type { Rule } from '../../linter/rule';
import { lostUpdates, versionColumn } from '../../model/lost-updates';

/** A list of places is for looking around, not for counting. */
const MOST_PLACES = 5;

export const missingVersion: Rule = {
  id: 'missing-version',
  meta: {
    title: 'Code writes back what it read, and nothing notices a change in between.',
    severity: 'off',
    fix: 'review',
    absence: true,
    code: true,
    bible: '§11 L',
  },
  visit: {
    *table(table, { queriesOf }) {
      if (versionColumn(table)) return;
      const lost = lostUpdates(queriesOf(table));
      const [first] = lost;
      if (!first) return;
      const columns = [...new Set(lost.map(({ write }) => `\`${write.column}\``))];
      yield {
        at: table.nameSpan,
        message: `Two requests that change ${list(columns)} of the same \`${table.name}\` at once both compute from the value that they read, and the later write undoes the earlier one.`,
        help: 'Count a version up with each write, and write only where it is the one that was read.',
        related: lost.slice(0, MOST_PLACES).map(({ write }) => ({ at: write.span, message: `\`${write.column}\` is computed here from what was read before.` })),
        fixes: [
          {
            title: `Add a version to \`${table.name}\``,
            kind: 'review',
            preferred: true,
            intent: () => ({ do: 'addColumns', table, columns: ['version'] }),
          },
        ],
      };
    },
  },
};

function list(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
