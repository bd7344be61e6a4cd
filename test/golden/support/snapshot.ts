// A database's whole schema as PostgreSQL's catalog describes it, one line an object: two databases with equal lines
// have the same schema. The order of columns, owners and grants are left out.
import type { PGlite } from '@electric-sql/pglite';

const NAMESPACES = `n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'`;
/** What an extension made, it takes with it. */
const own = (catalog: string, oid: string): string => `NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '${catalog}'::regclass AND e.objid = ${oid} AND e.deptype = 'e')`;

const QUERIES: readonly string[] = [
  `SELECT format('schema %s', n.nspname) AS line FROM pg_namespace n WHERE ${NAMESPACES} AND ${own('pg_namespace', 'n.oid')}`,
  `SELECT format('extension %s', extname) AS line FROM pg_extension`,
  `SELECT format('%s %s.%s rls %s force %s persistence %s options %s part %s', c.relkind, n.nspname, c.relname, c.relrowsecurity, c.relforcerowsecurity, c.relpersistence, c.reloptions,
     coalesce(pg_get_partkeydef(c.oid), '') || coalesce(pg_get_expr(c.relpartbound, c.oid), '')) AS line
   FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S', 'c') AND ${NAMESPACES} AND ${own('pg_class', 'c.oid')}`,
  `SELECT format('column %s.%s.%s %s not null %s default %s identity %s generated %s collation %s', n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
     pg_get_expr(d.adbin, d.adrelid), a.attidentity, a.attgenerated, CASE WHEN a.attcollation <> t.typcollation THEN a.attcollation::regcollation END) AS line
   FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_type t ON t.oid = a.atttypid
   LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
   WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'f', 'c') AND ${NAMESPACES} AND ${own('pg_class', 'c.oid')}`,
  `SELECT format('constraint %s.%s %s %s', n.nspname, coalesce(r.relname, y.typname), c.conname, pg_get_constraintdef(c.oid)) AS line
   FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace LEFT JOIN pg_class r ON r.oid = c.conrelid LEFT JOIN pg_type y ON y.oid = c.contypid
   WHERE c.contype <> 'n' AND ${NAMESPACES} AND ${own('pg_class', 'r.oid')}`,
  `SELECT format('%s valid %s', pg_get_indexdef(i.indexrelid), i.indisvalid) AS line
   FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE ${NAMESPACES} AND c.relkind IN ('r', 'p', 'm') AND ${own('pg_class', 'c.oid')}`,
  `SELECT format('type %s.%s %s %s %s', n.nspname, t.typname, t.typtype, ARRAY(SELECT e.enumlabel FROM pg_enum e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder),
     CASE WHEN t.typtype = 'd' THEN format('%s %s %s', format_type(t.typbasetype, t.typtypmod), t.typnotnull, t.typdefault) END) AS line
   FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typtype IN ('e', 'd') AND ${NAMESPACES} AND ${own('pg_type', 't.oid')}`,
  `SELECT format('view %s.%s %s', n.nspname, c.relname, pg_get_viewdef(c.oid)) AS line
   FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('v', 'm') AND ${NAMESPACES} AND ${own('pg_class', 'c.oid')}`,
  `SELECT format('policy %s.%s %s %s %s %s using %s check %s', schemaname, tablename, policyname, permissive, roles, cmd, qual, with_check) AS line FROM pg_policies`,
  `SELECT format('%s enabled %s', pg_get_triggerdef(t.oid), t.tgenabled) AS line FROM pg_trigger t WHERE NOT t.tgisinternal`,
  `SELECT format('function %s', pg_get_functiondef(p.oid)) AS line FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
   WHERE p.prokind IN ('f', 'p') AND ${NAMESPACES} AND ${own('pg_proc', 'p.oid')}`,
  `SELECT format('sequence %s.%s %s from %s by %s in %s..%s cycle %s', schemaname, sequencename, data_type, start_value, increment_by, min_value, max_value, cycle) AS line FROM pg_sequences`,
  `SELECT format('comment on %s: %s', pg_describe_object(d.classoid, d.objoid, d.objsubid), d.description) AS line FROM pg_description d
   WHERE d.classoid IN ('pg_class'::regclass, 'pg_type'::regclass, 'pg_constraint'::regclass, 'pg_policy'::regclass) AND d.objoid >= 16384
     AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = d.classoid AND e.objid = d.objoid AND e.deptype = 'e')`,
];

/** The lines, sorted. */
export async function schemaLines(database: Pick<PGlite, 'query'>): Promise<string[]> {
  const { rows } = await database.query<{ line: string }>(QUERIES.join('\nUNION ALL\n'));
  // A view that says 'now' keeps the moment when it was made.
  return rows.map(({ line }) => line.replaceAll(/'\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+'::timestamp/g, "'now'::timestamp")).sort();
}

/** The lines that only one side has, marked with - and +. */
export function difference(before: readonly string[], after: readonly string[]): string[] {
  return [...before.filter((line) => !after.includes(line)).map((line) => `- ${line}`), ...after.filter((line) => !before.includes(line)).map((line) => `+ ${line}`)];
}
