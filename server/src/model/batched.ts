// Updates of a whole table in batches, so that no row stays locked for long.

export interface BatchedUpdate {
  /** As the author writes it. */
  readonly table: string;
  /** `a = b`, without SET. */
  readonly set: string;
  /** Rows that still want it. */
  readonly where: string;
  /** The one column of the primary key, as the author would write it; without one, rows are found by their place on disk. */
  readonly key: string | undefined;
  /** It runs outside of a transaction, so each batch can be one. */
  readonly commits: boolean;
}

/** A DO block with a loop over ranges of the key, or of pages. It ends whatever is set. */
export function batchedUpdate({ table, set, where, key, commits }: BatchedUpdate): string {
  const commit = commits ? '    COMMIT;\n' : '';
  if (key === undefined) {
    return `DO $$
DECLARE
  pages int := pg_relation_size('${table.replaceAll("'", "''")}') / current_setting('block_size')::int;
BEGIN
  FOR page IN 0 .. pages BY 100 LOOP
    UPDATE ${table} SET ${set}
    WHERE ctid >= format('(%s,0)', page)::tid AND ctid < format('(%s,0)', page + 100)::tid AND ${where};
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
    UPDATE ${table} SET ${set}
    WHERE ${key} >= batch_start AND (batch_end IS NULL OR ${key} < batch_end) AND ${where};
${commit}    batch_start := batch_end;
  END LOOP;
END
$$;`;
}
