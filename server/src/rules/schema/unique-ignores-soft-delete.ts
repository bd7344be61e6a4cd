// Reports unique constraints in which deleted rows still take up their values.
import type { Context, Rule } from '../../linter/rule';
import { isGeneratedAuthTable } from '../../model/auth-tables';
import { columnOf, isForeignKeyMember, isSecret } from '../../model/column-roles';
import { sameColumns } from '../../model/covering';
import { nameOf, sameTable } from '../../model/names';
import type { Column, Index } from '../../model/nodes';
import { knowsDeleted, softDeleteOf } from '../../model/soft-delete';
import { stems, words } from '../../model/words';

export const uniqueIgnoresSoftDelete: Rule = {
  id: 'unique-ignores-soft-delete',
  meta: {
    title: 'A deleted row still holds its unique value.',
    severity: 'info',
    fix: 'review',
    dialects: ['postgresql', 'cockroachdb', 'sqlite', 'sqlserver'],
    bible: '§1 X3 M7',
  },
  visit: {
    *index(index, context) {
      const { table } = index;
      if (!index.unique || index.constraint === 'primary key' || index.where || index.method !== 'btree' || !isReusable(index)) return;
      const deleted = softDeleteOf(table);
      if (deleted?.live !== null || knowsDeleted(index, deleted) || isGeneratedAuthTable(table) || isReferenced(index, context)) return;
      const { column } = deleted;
      yield {
        at: index.nameSpan,
        message: `A deleted row of \`${table.name}\` still holds its ${list(index)}, so no new row can have ${index.parts.length > 1 ? 'the same' : 'it'}, because rows whose \`${column.name}\` is set count as well.`,
        help: 'Let the constraint count only rows that are not deleted.',
        related: [{ at: column.nameSpan, message: `\`${column.name}\` marks deleted rows.` }],
        fixes: [
          {
            title: `Make ${list(index)} unique among rows that are not deleted`,
            kind: 'review',
            preferred: true,
            intent: () => ({ do: 'setRows', index, rows: { column, is: null } }),
          },
        ],
      };
    },
  },
};

/**
 * Whether people choose the values and may want one again: a name, an address, a slug, maybe within a scope. Keys made
 * by code, numbers and ids of other systems are never given out twice, and a row that only joins others is brought back.
 */
function isReusable({ table, parts }: Index): boolean {
  // What was released under a version is out there.
  if (stems(table.name).some((word) => word === 'version' || word === 'revision' || word === 'release')) return false;
  let chosen = false;
  for (const part of parts) {
    const column = part.column === undefined ? undefined : columnOf(table, part.column);
    if (part.column !== undefined && !column) return false;
    if (!column) chosen = true;
    else if (isForeignKeyMember(column) || column.type.family === 'enum' || column.type.family === 'boolean') continue;
    else if (isChosen(column) && !(parts.length === 1 && isStorageKey(column))) chosen = true;
    else if (!isScope(column)) return false;
  }
  return chosen;
}

function isChosen(column: Column): boolean {
  const { type } = column;
  if (type.family !== 'text' && !/^citext\b/i.test(type.raw)) return false;
  return type.array === 0 && (!column.default || column.default.kind === 'literal') && !column.generated && !isSecret(column) && !isId(column);
}

/** `key` says what a value is called only within a scope; by itself it says where something is stored. */
function isStorageKey({ name, dbName }: Column): boolean {
  return [name, dbName].some((each) => words(each).at(-1) === 'key' || words(each).at(-1) === 'path');
}

const IDS = new Set(['id', 'ids', 'uid', 'uuid', 'guid', 'ulid', 'cuid', 'nanoid', 'sid', 'arn', 'fingerprint', 'checksum', 'digest', 'external', 'identifier', 'ref', 'reference', 'iban', 'imei', 'vin']);

function isId({ name, dbName }: Column): boolean {
  return [name, dbName].some((each) => words(each).some((word) => IDS.has(word)));
}

/** A key of something that the row lies in, without a foreign key to say so. */
function isScope(column: Column): boolean {
  return isId(column) && !column.unique && !isSecret(column) && !column.default && words(column.name).length > 1;
}

/** A foreign key needs a constraint over all rows. */
function isReferenced(index: Index, { schema }: Context): boolean {
  const { table, parts } = index;
  const columns = parts.flatMap(({ column }) => column ?? []);
  const own = nameOf(table);
  return schema.tables.some(({ foreignKeys }) => foreignKeys.some(({ target, targetColumns }) => sameTable(target, own) && sameColumns(targetColumns, columns)));
}

function list({ table, parts }: Index): string {
  return parts.map((part) => `\`${(part.column === undefined ? undefined : columnOf(table, part.column)?.name) ?? part.column ?? part.expression ?? ''}\``).join(' and ');
}
