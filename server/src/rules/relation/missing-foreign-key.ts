// Reports columns that hold the keys of another table's rows, and no foreign key.
import type { Finding, Rule } from '../../linter/rule';
import { declaredReferences, forgoesForeignKeys, keyIntent, namedReferences, usesForeignKeys, type KeylessReference } from '../../model/missing-keys';
import { nameOf, sameTable } from '../../model/names';
import type { Schema, Table } from '../../model/nodes';

export const missingForeignKey: Rule = {
  id: 'missing-foreign-key',
  meta: {
    title: "A column holds another table's keys without a foreign key.",
    severity: 'warning',
    fix: 'review',
    absence: true,
    history: true,
    dialects: ['postgresql', 'cockroachdb', 'mysql', 'sqlite', 'sqlserver'],
    bible: '§6',
  },
  visit: {
    *schema(schema, { facts, history }) {
      if (forgoesForeignKeys(schema, facts)) return;
      const references = namedReferences(schema).filter((reference) => !isMade(reference, history));
      const [first, ...others] = references;
      if (!first) return;
      if (!usesForeignKeys(schema)) {
        // A schema without any has its reasons, or none of its authors knows: said once, here or by a declared relation.
        if (declaredReferences(schema).length === 0) yield ofSchema(first, others.length, schema);
        return;
      }
      const told = new Set<Table>();
      for (const reference of references) {
        const again = told.has(reference.table) || isWeak(reference);
        told.add(reference.table);
        yield { ...kept(reference, schema), ...(again && { quiet: true as const }) };
      }
    },
  },
};

/** A migration made it by hand, which the schema doesn't know. */
function isMade({ table, columns }: KeylessReference, history: Schema | undefined): boolean {
  const made = history?.tables.find((each) => sameTable(nameOf(each), nameOf(table)));
  const names = columns.map(({ dbName }) => dbName).join();
  return made?.foreignKeys.some((key) => key.columns.join() === names) ?? false;
}

/** Texts fit any text: in a table without foreign keys they may be ids of something else's making. */
function isWeak({ table, columns }: KeylessReference): boolean {
  return table.foreignKeys.length === 0 && columns.every(({ type }) => type.family === 'text');
}

/** A reference is the same object for as long as its tables are. */
const known = { emulated: new WeakMap<KeylessReference, Finding>(), real: new WeakMap<KeylessReference, Finding>() };

function kept(reference: KeylessReference, schema: Schema): Finding {
  const findings = schema.emulatedRelations ? known.emulated : known.real;
  let found = findings.get(reference);
  if (!found) findings.set(reference, (found = finding(reference, schema)));
  return found;
}

function finding(reference: KeylessReference, schema: Schema): Finding {
  const { table, columns, target } = reference;
  const column = columns[0];
  const kind = schema.emulatedRelations ? 'relation' : 'foreign key';
  const intent = keyIntent(reference, schema);
  return {
    at: column?.nameSpan ?? table.nameSpan,
    about: table,
    message: `Deleting a row of \`${target.name}\` leaves its id behind in \`${table.name}\`, because \`${column?.name ?? ''}\` has no ${kind}.`,
    help: `Add a ${kind} to \`${target.name}\`.`,
    related: [{ at: target.nameSpan, message: `\`${target.name}\` is declared here.` }],
    ...(intent && { fixes: [{ title: `Add a ${kind} to \`${target.name}\`${intent.do === 'addForeignKey' && intent.index ? ', with its index' : ''}`, kind: 'review', preferred: true, intent: () => intent }] }),
  };
}

function ofSchema(first: KeylessReference, others: number, schema: Schema): Finding {
  const [column] = first.columns;
  const more = others === 0 ? '' : ` and ${others} more ${others === 1 ? 'column' : 'columns'}`;
  return {
    ...finding(first, schema),
    message: `Nothing keeps \`${column?.name ?? ''}\` of \`${first.table.name}\`${more} from holding ids of rows that don't exist, because no table here has a ${schema.emulatedRelations ? 'relation' : 'foreign key'}.`,
  };
}
