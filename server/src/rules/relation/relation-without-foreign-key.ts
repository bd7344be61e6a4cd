// Reports relations that code declares for its queries, while no foreign key keeps them in the database.
import type { Finding, Rule } from '../../linter/rule';
import { declaredReferences, forgoesForeignKeys, keyIntent, usesForeignKeys, type DeclaredReference } from '../../model/missing-keys';
import type { Schema, Table } from '../../model/nodes';
import { inBackticks } from '../../model/wording';

export const relationWithoutForeignKey: Rule = {
  id: 'relation-without-foreign-key',
  meta: {
    title: 'A declared relation has no foreign key behind it.',
    severity: 'info',
    fix: 'review',
    languages: ['drizzle'],
    absence: true,
    dialects: ['postgresql', 'cockroachdb', 'mysql', 'sqlite', 'sqlserver'],
    bible: '§6',
  },
  visit: {
    *schema(schema, { facts }) {
      if (!schema.relations?.length || forgoesForeignKeys(schema, facts)) return;
      // Without any foreign key in the schema that is a decision about all of them, and one finding is enough.
      const all = declaredReferences(schema);
      const references = usesForeignKeys(schema) ? all : all.slice(0, 1);
      const told = new Set<Table>();
      for (const reference of references) {
        const again = told.has(reference.table);
        told.add(reference.table);
        yield { ...finding(reference, schema), ...(again && { quiet: true as const }) };
      }
    },
  },
};

function finding(reference: DeclaredReference, schema: Schema): Finding {
  const { table, columns, target, relation } = reference;
  const intent = keyIntent(reference, schema);
  return {
    at: relation.nameSpan,
    about: table,
    message: `Deleting a row of \`${target.name}\` leaves its id behind in \`${table.name}\`, because the relation \`${relation.name}\` is for queries only and makes no foreign key.`,
    help: `Add a foreign key on ${inBackticks(columns.map(({ name }) => name))}.`,
    related: columns.map((column) => ({ at: column.nameSpan, message: `\`${column.name}\` refers to \`${target.name}\`.` })),
    ...(intent && { fixes: [{ title: `Add a foreign key to \`${target.name}\`${intent.do === 'addForeignKey' && intent.index ? ', with its index' : ''}`, kind: 'review', preferred: true, intent: () => intent }] }),
  };
}
