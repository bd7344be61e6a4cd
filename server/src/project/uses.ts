// What application code does with the tables of a schema, looked up by table.
import { findTable, type Query, type Uses } from '../model/queries';
import type { Schema, Table } from '../model/nodes';

/** The queries of some code, and the schema that it works with. */
export interface Use {
  readonly code: Schema;
  readonly database: Schema;
}

/** Answers by the names that tables have in the database, so that another description of them is answered as well. */
export class TableUses implements Uses {
  readonly #code: readonly Schema[];
  readonly #names: string;
  #byTable: Map<string, Query[]> | undefined;

  constructor(private readonly uses: readonly Use[]) {
    this.#code = uses.map(({ code }) => code);
    this.#names = namesIn(uses);
  }

  queries(table: Table): readonly Query[] {
    this.#byTable ??= sorted(this.uses);
    return this.#byTable.get(table.dbName) ?? [];
  }

  /** Whether it would say the same about these. */
  saysOf(uses: readonly Use[]): boolean {
    return uses.length === this.#code.length && uses.every(({ code }, at) => code === this.#code[at]) && namesIn(uses) === this.#names;
  }
}

function namesIn(uses: readonly Use[]): string {
  const schemas = new Set(uses.map(({ database }) => database));
  return [...schemas].map(({ tables }) => tables.map(({ name, dbName }) => `${name} ${dbName}`).join()).join('\n');
}

function sorted(uses: readonly Use[]): Map<string, Query[]> {
  const byTable = new Map<string, Query[]>();
  for (const { code, database } of uses) {
    for (const query of code.queries ?? []) {
      const name = findTable(database.tables, query.table)?.dbName;
      if (name === undefined) continue;
      const own = byTable.get(name);
      if (own) own.push(query);
      else byTable.set(name, [query]);
    }
  }
  return byTable;
}
