// Writes to a whole table in batches, so that no row stays locked for long.

export interface BatchedWrite {
  /** As the author writes it. */
  readonly table: string;
  /** The statement up to its WHERE: `UPDATE posts SET a = b`, `DELETE FROM posts`. */
  readonly write: string;
  /** Rows that still want it; all of them when absent. */
  readonly where?: string | undefined;
  /** The one column of the primary key, as the author would write it; without one, rows are found by their place on disk. */
  readonly key: string | undefined;
  /** It runs outside of a transaction, so each batch can be one. */
  readonly commits: boolean;
  /** The table may be missing; the loop then runs over nothing. Only without a key. */
  readonly maybe?: boolean;
}

/** A DO block with a loop over ranges of the key, or of pages. It ends whatever is set. */
export function batchedWrite({ table, write, where, key, commits, maybe = false }: BatchedWrite): string {
  const commit = commits ? '    COMMIT;\n' : '';
  const rest = where === undefined ? '' : ` AND ${where}`;
  if (key === undefined) {
    const name = `'${table.replaceAll("'", "''")}'`;
    const size = `pg_relation_size(${maybe ? `to_regclass(${name})` : name}) / current_setting('block_size')::int`;
    return `DO $$
DECLARE
  pages int := ${maybe ? `coalesce(${size}, -1)` : size};
BEGIN
  FOR page IN 0 .. pages BY 100 LOOP
    ${write}
    WHERE ctid >= format('(%s,0)', page)::tid AND ctid < format('(%s,0)', page + 100)::tid${rest};
${commit}  END LOOP;
END
$$;`;
  }
  return `DO $$
DECLARE
  batch_start ${table}.${key}%TYPE;
  batch_end ${table}.${key}%TYPE;
BEGIN
  SELECT ${key} INTO batch_start FROM ${table} ORDER BY ${key} LIMIT 1;
  WHILE batch_start IS NOT NULL LOOP
    SELECT ${key} INTO batch_end FROM ${table} WHERE ${key} >= batch_start ORDER BY ${key} OFFSET 1000 LIMIT 1;
    ${write}
    WHERE ${key} >= batch_start AND (batch_end IS NULL OR ${key} < batch_end)${rest};
${commit}    batch_start := batch_end;
  END LOOP;
END
$$;`;
}
