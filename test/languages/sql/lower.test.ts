// What statements lower to, and where everything stands.
import assert from 'node:assert/strict';
import { sql } from '../../../server/src/languages/sql';
import { column, cut, print, printChanges, table, world } from './support';

const lines = (text: string): string => text.trim().split('\n').map((line) => line.replace(/^ {6}/, '')).join('\n');

describe('sql: tables', () => {
  before(() => sql.prepare());

  it('reads columns, keys, references, defaults', () => {
    const { schema } = world({
      '/1.sql': `
        CREATE TYPE mood AS ENUM ('sad', 'ok');
        CREATE TABLE app."User" (
          id uuid PRIMARY KEY DEFAULT uuid_generate_v7(), "Email" varchar(20) UNIQUE, old uuid DEFAULT gen_random_uuid(), m mood DEFAULT 'ok',
          at timestamp(3) DEFAULT now(), at2 timestamp with time zone DEFAULT (now() AT TIME ZONE 'utc'), n serial, b boolean DEFAULT false,
          q int DEFAULT nextval('x'), r numeric DEFAULT -1.5, j jsonb DEFAULT '{}'::jsonb, g int GENERATED ALWAYS AS (1) STORED, z public.custom, l date DEFAULT NULL,
          p int REFERENCES p ON DELETE NO ACTION, CONSTRAINT fk FOREIGN KEY (q, p) REFERENCES app.q (a, b) ON UPDATE CASCADE ON DELETE SET NULL (p));
        CREATE INDEX i ON app."User" USING gin (j jsonb_path_ops);
        CREATE UNIQUE INDEX u ON app."User" (lower("Email"), at DESC NULLS LAST) INCLUDE (b) WHERE b IS TRUE;`,
    });
    assert.equal(print(schema), lines(`
      table app.User
        id uuid required unique = uuid v7
        Email varchar(20) unique
        old uuid = uuid v4
        m enum mood = "ok"
        at timestamp(3) = now
        at2 timestamptz = now
        n int32 serial required = sequence
        b boolean = false
        q int32 = sequence
        r numeric = -1.5
        j json = "{}"
        g int32 generated
        z other
        l date = null
        p int32
        primary key User_pkey (id)
        unique User_Email_key (Email)
        index i gin (j jsonb_path_ops)
        unique index u ((lower("Email")), at desc nulls last) include (b) where b IS TRUE
        foreign key User_p_fkey (p) -> p() on delete no action
        foreign key fk (q, p) -> app.q(a, b) on delete set null
      enum mood (sad, ok)`));
  });

  it('marks what it can\'t know as partial', () => {
    const { schema } = world({
      '/1.sql': `CREATE TABLE a AS SELECT 1 AS x; SELECT 1 AS y INTO b; ALTER TABLE c ADD d int; CREATE TABLE e (LIKE f); CREATE TABLE g (x int) INHERITS (h);
        CREATE TEMP TABLE t (id int); CREATE VIEW v AS SELECT 1; CREATE MATERIALIZED VIEW mv AS SELECT 1 AS id; CREATE INDEX ON mv (id); CREATE TABLE k (id int); CREATE TABLE l (id int);
        DO $$ BEGIN IF true THEN ALTER TABLE k ADD x int; END IF; EXECUTE 'ALTER TABLE "l" ADD y int'; END $$;`,
    });
    assert.equal(print(schema), lines(`
      table a partial
      table b partial
      table c partial
        d int32
      table e partial
      table g partial of h
        x int32
      view v partial
      materialized view mv partial
        index mv_id_idx (id)
      table k partial
        id int32
        x int32
      table l partial
        id int32`));
  });

  it('keeps the later type, default and nullability, where they are written', () => {
    const one = world({
      '/1.sql': 'CREATE TABLE t (at timestamp NOT NULL DEFAULT now(), n varchar(5));',
      '/2.sql': 'ALTER TABLE t ALTER COLUMN at SET DATA TYPE timestamptz(3) USING at AT TIME ZONE \'UTC\', ALTER at SET DEFAULT clock_timestamp(), ALTER at DROP NOT NULL, ALTER n TYPE text;',
    });
    const at = column(one, 't', 'at');
    assert.equal(at.type.span.file, '/2.sql');
    assert.equal(cut(one, at.type.span), 'timestamptz(3)');
    assert.equal(cut(one, at.span), 'at timestamp NOT NULL DEFAULT now()');
    assert.equal(at.default && cut(one, at.default.span), 'clock_timestamp()');
    assert.equal(at.nullable, true);
    assert.equal(column(one, 't', 'n').type.raw, 'text');
  });
});

describe('sql: spans', () => {
  before(() => sql.prepare());

  const text = `-- é😀\r\nCREATE TABLE "é😀" (\r\n  "Name" character varying (20)[] COLLATE "C" NOT NULL DEFAULT 'x, (y)' , -- c\r\n  at timestamp (3) without time zone,\r\n  u int CONSTRAINT f REFERENCES app."U" ("id") ON DELETE SET NULL NOT NULL,\r\n  CONSTRAINT "fk" FOREIGN KEY (u, at) REFERENCES b ON DELETE cascade,\r\n  UNIQUE (u, at)\r\n);\r\nCREATE INDEX "i😀" ON "é😀" ("Name", lower(u) DESC) WHERE u > 1;\r\nALTER TABLE ONLY public."é😀" ADD COLUMN d date, DROP COLUMN at CASCADE;`;
  const one = (): ReturnType<typeof world> => world({ '/1.sql': text });

  it('of columns, types and defaults', () => {
    const at = one();
    const name = column(at, 'é😀', 'Name');
    assert.equal(cut(at, name.span), `"Name" character varying (20)[] COLLATE "C" NOT NULL DEFAULT 'x, (y)'`);
    assert.equal(cut(at, name.nameSpan), 'Name');
    assert.equal(cut(at, name.type.span), 'character varying (20)[]');
    assert.equal(name.type.raw, 'character varying (20)[]');
    assert.equal(name.default && cut(at, name.default.span), "'x, (y)'");
    const created = at.schema.migrations[0]?.statements[0]?.changes[0];
    const second = created?.verb === 'addTable' ? created.created.columns[1] : undefined;
    assert.equal(second && cut(at, second.type.span), 'timestamp (3) without time zone');
  });

  it('of foreign keys, keys and indexes', () => {
    const at = one();
    const created = at.schema.migrations[0]?.statements[0]?.changes[0];
    assert.ok(created?.verb === 'addTable');
    const [inline, whole] = created.created.foreignKeys;
    assert.ok(inline && whole);
    assert.equal(cut(at, inline.span), 'CONSTRAINT f REFERENCES app."U" ("id") ON DELETE SET NULL');
    assert.equal(cut(at, inline.nameSpan), 'REFERENCES app."U" ("id")');
    assert.equal(cut(at, inline.targetSpan), 'app."U"');
    assert.equal(inline.onDelete && cut(at, inline.onDelete.span), 'ON DELETE SET NULL');
    assert.equal(cut(at, whole.span), 'CONSTRAINT "fk" FOREIGN KEY (u, at) REFERENCES b ON DELETE cascade');
    assert.equal(cut(at, whole.nameSpan), 'FOREIGN KEY (u, at) REFERENCES b');
    const unique = created.created.indexes[0];
    assert.equal(unique && cut(at, unique.span), 'UNIQUE (u, at)');
    assert.deepEqual(unique?.parts.map((part) => cut(at, part.span)), ['u', 'at']);
    const index = table(at, 'é😀').indexes.find((each) => each.name === 'i😀');
    assert.ok(index);
    assert.equal(cut(at, index.span), 'CREATE INDEX "i😀" ON "é😀" ("Name", lower(u) DESC) WHERE u > 1');
    assert.equal(cut(at, index.nameSpan), '"i😀"');
    assert.deepEqual(index.parts.map((part) => cut(at, part.span)), ['"Name"', 'lower(u) DESC']);
    assert.equal(index.parts[1]?.expression, 'lower(u)');
    assert.equal(index.where && cut(at, index.where.span), 'u > 1');
  });

  it('of statements and their changes', () => {
    const at = one();
    const [create, , alter] = at.schema.migrations[0]?.statements ?? [];
    assert.ok(create && alter);
    assert.ok(cut(at, create.span).startsWith('CREATE TABLE') && cut(at, create.span).endsWith(')'));
    assert.equal(create.text, cut(at, create.span));
    assert.deepEqual(alter.changes.map((change) => cut(at, change.span)), ['ADD COLUMN d date', 'DROP COLUMN at CASCADE']);
    assert.equal(alter.changes[0]?.tableSpan && cut(at, alter.changes[0].tableSpan), 'public."é😀"');
    assert.equal(cut(at, table(at, 'é😀').nameSpan), 'é😀');
  });
});

describe('sql: changes', () => {
  before(() => sql.prepare());

  it('tell how long their table has lived', () => {
    const { schema } = world({
      '/1.sql': 'CREATE TABLE a (id int); ALTER TABLE a ADD x int; CREATE INDEX i ON a (x);',
      '/2.sql': `CREATE TEMP TABLE t (id int); ALTER TABLE t ADD y int; ALTER TABLE a ADD y int NOT NULL; ALTER TABLE b ADD y int; DROP INDEX i, j; DROP INDEX i; REINDEX TABLE a;
        CREATE TABLE IF NOT EXISTS a (id int); CREATE TABLE c (id int); ALTER TABLE c RENAME TO d; ALTER TABLE d ADD z int; DROP TABLE a CASCADE; CREATE TABLE a (id int); ALTER TABLE a ADD w int;`,
    });
    assert.equal(printChanges(schema), lines(`
      addTable a added
      addColumn a x integer added
      addIndex a i added
      addTable t temporary
      addColumn t y integer temporary
      addColumn a y integer required existing
      addColumn b y integer unknown
      dropIndex i+j unknown
      dropIndex i unknown
      reindex a a existing
      addTable a existing
      addTable c added
      renameTable c ->d added
      addColumn d z integer added
      dropTable a existing
      addTable a added
      addColumn a w integer added`));
  });

  it('of every verb', () => {
    const { schema } = world({
      '/1.sql': `CREATE TABLE a (id int, b int, c text);`,
      '/2.sql': `BEGIN; SET LOCAL lock_timeout = '5s'; CREATE INDEX CONCURRENTLY i ON a (b); DROP INDEX CONCURRENTLY IF EXISTS i; REINDEX INDEX CONCURRENTLY j; REFRESH MATERIALIZED VIEW CONCURRENTLY s.v;
        ALTER TABLE a ALTER b SET NOT NULL, ALTER b DROP NOT NULL, ALTER b SET DEFAULT 1, ALTER b DROP DEFAULT, ALTER c TYPE varchar(3), DROP COLUMN c, ADD CONSTRAINT f FOREIGN KEY (b) REFERENCES x NOT VALID,
          ADD CONSTRAINT u UNIQUE (b), ADD PRIMARY KEY USING INDEX pi, ADD CONSTRAINT k CHECK (b > 0), ADD CONSTRAINT n NOT NULL b NOT VALID, VALIDATE CONSTRAINT f, DROP CONSTRAINT k,
          ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY, SET (fillfactor = 70);
        ALTER TABLE a RENAME b TO e; CREATE POLICY p ON a USING (true); DROP POLICY p ON a; TRUNCATE a, z; INSERT INTO a VALUES (1); UPDATE a SET e = 1; DELETE FROM a; COPY a FROM '/x';
        CREATE TYPE m AS ENUM ('x'); ALTER TYPE m ADD VALUE 'y'; DROP TYPE m; CREATE VIEW w AS SELECT 1; DROP VIEW w; GRANT SELECT ON a TO me; ROLLBACK; COMMIT; START TRANSACTION;`,
    });
    assert.equal(printChanges(schema).split('\n').slice(1).join('\n'), lines(`
      transaction begin unknown
      set lock_timeout local unknown
      addIndex a i concurrently existing
      dropIndex a i concurrently existing
      reindex j concurrently unknown
      refreshView s.v s.v concurrently unknown
      setNotNull a b existing
      dropNotNull a b existing
      setDefault a b existing
      dropDefault a b existing
      setType a c existing
      dropColumn a c existing
      addForeignKey a not valid existing
      addConstraint a unique existing
      addConstraint a primary key using pi existing
      addConstraint a check existing
      addConstraint a not null not valid existing
      validateConstraint a f existing
      dropConstraint a k existing
      enableRowSecurity a existing
      forceRowSecurity a existing
      disableRowSecurity a existing
      other a existing
      renameColumn a b->e existing
      addPolicy a p existing
      dropPolicy a p existing
      truncate a existing
      truncate z unknown
      write a insert existing
      write a update existing
      write a delete existing
      write a copy existing
      addEnum m unknown
      addEnumValue m y unknown
      dropType m unknown
      addView w w added
      dropView w w added
      other unknown
      transaction rollback unknown
      transaction commit unknown
      transaction begin unknown`));
  });

  it('inside a DO block count, as ORMs wrap them', () => {
    const one = world({
      '/1.sql': 'CREATE TABLE a (id int PRIMARY KEY, b int);',
      '/2.sql': `DO $$ BEGIN\n ALTER TABLE "a" ADD CONSTRAINT "f" FOREIGN KEY ("b") REFERENCES "public"."a"("id") ON DELETE cascade;\nEXCEPTION\n WHEN duplicate_object THEN null;\nEND $$;`,
    });
    assert.equal(printChanges({ ...one.schema, migrations: one.schema.migrations.slice(1) }), 'addForeignKey a existing\nother unknown');
    const key = table(one, 'a').foreignKeys[0];
    assert.equal(key && cut(one, key.nameSpan), 'FOREIGN KEY ("b") REFERENCES "public"."a"("id")');
  });

  it('inside a DO block count where it first asks whether they are needed', () => {
    const one = world({
      '/1.sql': `CREATE TABLE a (id int, b int); CREATE TABLE c (id int);
        DO $$ BEGIN
          IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'f') THEN ALTER TABLE a ADD CONSTRAINT f FOREIGN KEY (b) REFERENCES c; END IF;
          IF NOT EXISTS (SELECT 1) THEN ALTER TABLE a ADD CONSTRAINT f FOREIGN KEY (b) REFERENCES c; END IF;
          IF current_user = 'me' THEN ALTER TABLE c ADD d int; END IF;
        END $$;`,
    });
    assert.equal(print(one.schema), lines(`
      table a
        id int32
        b int32
        foreign key f (b) -> c()
      table c partial
        id int32
        d int32`));
  });

  it('leaves out what stands outside the forward half', () => {
    const text = 'CREATE TABLE a (id int);\n-- migrate:down\nDROP TABLE a;';
    const parsed = sql.parse('/1.sql', text);
    const up = { start: 0, end: text.indexOf('-- migrate:down') };
    const schema = sql.lower([parsed], {
      facts: { dependencies: new Set(), hasMigrations: true },
      migration: () => ({ runner: 'dbmate', transaction: 'file', up, committed: false }),
    });
    assert.equal(print(schema), 'table a\n  id int32');
    assert.equal(schema.migrations[0]?.statements.length, 1);
  });
});

describe('sql: transactions', () => {
  before(() => sql.prepare());
  const flags = (text: string, transaction: 'none' | 'file' | 'all' | 'file-if-many'): string =>
    (world({ '/1.sql': text }, { transaction }).schema.migrations[0]?.statements ?? []).map((each) => (each.inTransaction ? 'T' : '-')).join('');

  it('are the runner\'s or the author\'s', () => {
    assert.equal(flags('SELECT 1; SELECT 2;', 'none'), '--');
    assert.equal(flags('SELECT 1; BEGIN; SELECT 2; COMMIT; SELECT 3;', 'none'), '--TT-');
    assert.equal(flags('SELECT 1; START TRANSACTION; SELECT 2; ROLLBACK; SELECT 3;', 'none'), '--TT-');
    assert.equal(flags('SELECT 1; SELECT 2;', 'file'), 'TT');
    assert.equal(flags('SELECT 1;', 'all'), 'T');
    assert.equal(flags('SELECT 1;', 'file-if-many'), '-');
    assert.equal(flags('SELECT 1; SELECT 2;', 'file-if-many'), 'TT');
  });

  it('end with an explicit COMMIT, but not in one query', () => {
    assert.equal(flags('SELECT 1;\nCOMMIT;--> statement-breakpoint\nCREATE INDEX CONCURRENTLY i ON a (b);', 'all'), 'TT-');
    assert.equal(flags('BEGIN; SELECT 1; COMMIT; CREATE INDEX CONCURRENTLY i ON a (b);', 'file-if-many'), 'TTTT');
  });
});
