// What compares a column with values of its type, and so has to be away while the type changes.
import { addConstraint, createIndex, createPolicy, dropConstraint, dropIndex, dropPolicy, isConstraint, type Spelling } from '../../../../model/ddl';
import type { Column } from '../../../../model/nodes';
import { byHand } from './undoing';
import { wordsOf } from './words';

export interface Holder {
  without(spelling: Spelling): string;
  restored(spelling: Spelling): string;
}

/** Policies, indexes and checks whose SQL names the column, or the type. */
export function holdersOf({ table, dbName }: Column, type?: string): Holder[] {
  const tells = (...texts: readonly (string | undefined)[]): boolean =>
    texts.some((text) => {
      const words = text === undefined ? undefined : wordsOf(text);
      return words?.has(dbName) || (type !== undefined && words?.has(type));
    });
  const policies = (table.policies ?? []).filter(({ using, withCheck }) => tells(using?.raw, withCheck?.raw));
  const indexes = table.indexes.filter((index) => tells(index.where?.raw, ...index.parts.map(({ expression }) => expression)));
  const checks = table.checks.filter(({ raw }) => tells(raw));
  return [
    ...policies.map((policy): Holder => ({ without: (spelling) => dropPolicy(policy, spelling), restored: (spelling) => createPolicy(policy, spelling) })),
    ...indexes.map((index): Holder => {
      const key = isConstraint(index);
      const restored = (spelling: Spelling): string | undefined => (key ? addConstraint(index, spelling) : createIndex(index, spelling));
      const without = (spelling: Spelling): string | undefined => (key ? dropConstraint(table, index.name ?? '', spelling) : dropIndex(index, spelling));
      return { without: (spelling) => without(spelling) ?? byHand(`the index ${index.name ?? ''}`), restored: (spelling) => restored(spelling) ?? byHand(`the index ${index.name ?? ''}`) };
    }),
    ...checks.map((check): Holder => ({
      without: (spelling) => dropConstraint(table, check.name ?? '', spelling),
      restored: (spelling) => addConstraint(check, spelling) ?? byHand(`the check ${check.name ?? ''}`),
    })),
  ];
}
