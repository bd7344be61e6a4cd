// What fixes become in SQL: the author's case, quotes, commas, line breaks and runner are kept.
import assert from 'node:assert/strict';
import { writeIntent } from '../../../server/src/ide/fixes';
import type { Edit } from '../../../server/src/text/edit';
import { sql } from '../../../server/src/languages/sql';
import type { Change, ChangeOf } from '../../../server/src/model/changes';
import type { Intent } from '../../../server/src/model/intents';
import { after, column, table, world, type Setting, type World } from './support';

/** The texts after the intent, each of which PostgreSQL still takes. */
function write(one: World, intent: Intent): Record<string, string> | undefined {
  const edits = editsOf(one, intent);
  if (!edits) return undefined;
  const texts = after(one, edits);
  for (const [path, text] of Object.entries(texts)) {
    if (path.endsWith('.sql')) assert.deepEqual(sql.parse(path, text).problems, [], text);
  }
  return texts;
}

function editsOf({ context }: World, intent: Intent): readonly Edit[] | undefined {
  return writeIntent(intent, sql.write, context);
}

function changeOf<V extends Change['verb']>(one: World, verb: V, file = '/1.sql'): Change & ChangeOf<V> {
  for (const migration of one.schema.migrations) {
    if (migration.file !== file) continue;
    for (const statement of migration.statements) {
      for (const change of statement.changes) if (change.verb === verb) return change as Change & ChangeOf<V>;
    }
  }
  throw new Error(`No ${verb}.`);
}

describe('sql: writing types', () => {
  before(() => sql.prepare());

  const zoned = (text: string, name: string): string | undefined => {
    const one = world({ '/1.sql': text });
    return write(one, { do: 'setType', column: column(one, 't', name), to: { family: 'timestamp', zoned: true } })?.['/1.sql'];
  };

  it('keeps case, precision, brackets and the long form', () => {
    assert.equal(zoned('CREATE TABLE t (at TIMESTAMP(3) NOT NULL);', 'at'), 'CREATE TABLE t (at TIMESTAMPTZ(3) NOT NULL);');
    assert.equal(zoned('create table t (at timestamp (3) without time zone default now());', 'at'), 'create table t (at timestamptz(3) default now());');
    assert.equal(zoned('CREATE TABLE t (at timestamp[] NOT NULL);', 'at'), 'CREATE TABLE t (at timestamptz[] NOT NULL);');
    assert.equal(
      zoned('CREATE TABLE t (a timestamp with time zone, b timestamp(3));', 'b'),
      'CREATE TABLE t (a timestamp with time zone, b timestamp(3) with time zone);',
    );
    assert.equal(zoned("-- é😀\r\nCREATE TABLE t (a int);\r\nALTER TABLE t ALTER a TYPE timestamp USING now();", 'a'), "-- é😀\r\nCREATE TABLE t (a int);\r\nALTER TABLE t ALTER a TYPE timestamptz USING now();");
  });

  it('drops a length, with and without a check in its place', () => {
    const one = world({ '/1.sql': `CREATE TABLE t (a VARCHAR(20) NOT NULL, "B" character varying(5)[] DEFAULT '{}', c int);\nALTER TABLE t ALTER c TYPE varchar(9);` });
    const drop = (name: string, check: boolean): string | undefined => write(one, { do: 'dropLength', column: column(one, 't', name), check })?.['/1.sql'];
    assert.match(drop('a', false) ?? '', /\(a TEXT NOT NULL,/);
    assert.match(drop('a', true) ?? '', /\(a TEXT NOT NULL CHECK \(char_length\(a\) <= 20\),/);
    assert.match(drop('B', false) ?? '', /"B" text\[\] DEFAULT/);
    assert.match(drop('c', false) ?? '', /ALTER c TYPE text;/);
    assert.equal(drop('c', true), undefined);
  });

  it('writes uuidv7() where PostgreSQL has it', () => {
    const text = 'CREATE TABLE t (id uuid PRIMARY KEY DEFAULT public.uuid_generate_v4(), n int);';
    const intent = (one: World): Intent => ({ do: 'setTimeOrderedDefault', column: column(one, 't', 'id') });
    const at18 = world({ '/1.sql': text }, { facts: { postgresVersion: 18 } });
    assert.deepEqual(write(at18, intent(at18)), { '/1.sql': 'CREATE TABLE t (id uuid PRIMARY KEY DEFAULT uuidv7(), n int);' });
    const at17 = world({ '/1.sql': text }, { facts: { postgresVersion: 17 } });
    assert.equal(write(at17, intent(at17)), undefined);
  });
});

describe('sql: writing columns', () => {
  before(() => sql.prepare());
  const add = (text: string): string | undefined => {
    const one = world({ '/1.sql': text });
    return write(one, { do: 'addColumns', table: table(one, 't'), columns: ['createdAt', 'updatedAt'] })?.['/1.sql'];
  };

  it('into every style of CREATE TABLE', () => {
    assert.equal(
      add('CREATE TABLE t (\n    id int,\n    b text\n);'),
      'CREATE TABLE t (\n    id int,\n    b text,\n    created_at timestamptz NOT NULL DEFAULT now(),\n    updated_at timestamptz NOT NULL DEFAULT now()\n);',
    );
    assert.equal(
      add('CREATE TABLE "t" (\r\n\t"id" TEXT NOT NULL,\r\n\t"userId" TEXT,\r\n\r\n\tCONSTRAINT "pk" PRIMARY KEY ("id")\r\n);'),
      'CREATE TABLE "t" (\r\n\t"id" TEXT NOT NULL,\r\n\t"userId" TEXT,\r\n\t"createdAt" TIMESTAMPTZ NOT NULL DEFAULT now(),\r\n\t"updatedAt" TIMESTAMPTZ NOT NULL DEFAULT now(),\r\n\r\n\tCONSTRAINT "pk" PRIMARY KEY ("id")\r\n);',
    );
    assert.equal(
      add('create table t (id int, b text);'),
      'create table t (id int, b text, created_at timestamptz not null default now(), updated_at timestamptz not null default now());',
    );
    assert.equal(
      add('create table t (\n    id int\n  , b text -- why\n);'),
      'create table t (\n    id int\n  , b text\n  , created_at timestamptz not null default now()\n  , updated_at timestamptz not null default now() -- why\n);',
    );
    assert.equal(
      add('CREATE TABLE t (\n  id int, -- one\n  b text -- two\n);'),
      'CREATE TABLE t (\n  id int, -- one\n  b text, -- two\n  created_at timestamptz NOT NULL DEFAULT now(),\n  updated_at timestamptz NOT NULL DEFAULT now()\n);',
    );
    assert.equal(
      add('CREATE TABLE t (\n  id int,\n  b text, -- two\n  PRIMARY KEY (id)\n);'),
      'CREATE TABLE t (\n  id int,\n  b text, -- two\n  created_at timestamptz NOT NULL DEFAULT now(),\n  updated_at timestamptz NOT NULL DEFAULT now(),\n  PRIMARY KEY (id)\n);',
    );
  });
});

describe('sql: writing keys and their indexes', () => {
  before(() => sql.prepare());

  const rule = (text: string, action: 'cascade' | 'set null'): string | undefined => {
    const one = world({ '/1.sql': text });
    const [foreignKey] = table(one, 't').foreignKeys;
    assert.ok(foreignKey);
    return write(one, { do: 'setOnDelete', foreignKey, action })?.['/1.sql'];
  };

  it('sets and replaces delete rules', () => {
    assert.equal(rule('CREATE TABLE t (a int REFERENCES b(id) NOT NULL);', 'cascade'), 'CREATE TABLE t (a int REFERENCES b(id) ON DELETE CASCADE NOT NULL);');
    assert.equal(rule('create table t (a int references b match full on update cascade);', 'set null'), 'create table t (a int references b match full on delete set null on update cascade);');
    assert.equal(rule('CREATE TABLE t (a int, FOREIGN KEY (a) REFERENCES b (c) ON UPDATE CASCADE ON DELETE NO ACTION);', 'cascade'), 'CREATE TABLE t (a int, FOREIGN KEY (a) REFERENCES b (c) ON UPDATE CASCADE ON DELETE CASCADE);');
    assert.equal(rule('CREATE TABLE t (a int);\nALTER TABLE "t" ADD CONSTRAINT "f" FOREIGN KEY ("a") REFERENCES "public"."b"("id") NOT VALID;', 'cascade'), 'CREATE TABLE t (a int);\nALTER TABLE "t" ADD CONSTRAINT "f" FOREIGN KEY ("a") REFERENCES "public"."b"("id") ON DELETE CASCADE NOT VALID;');
  });

  const index = (texts: Record<string, string>, name = 't', setting: Setting = {}): Record<string, string> | undefined => {
    const one = world(texts, setting);
    const owner = table(one, name);
    const [foreignKey] = owner.foreignKeys;
    assert.ok(foreignKey);
    return write(one, { do: 'addIndex', table: owner, columns: foreignKey.columns, for: foreignKey });
  };

  it('adds a plain index to a table of the same file', () => {
    assert.deepEqual(index({ '/1.sql': 'CREATE TABLE t (a int REFERENCES b); -- why\nSELECT 1;' }), { '/1.sql': 'CREATE TABLE t (a int REFERENCES b); -- why\nCREATE INDEX t_a_idx ON t (a);\nSELECT 1;' });
    assert.deepEqual(index({ '/1.sql': 'create table s.t (a int references b)' }), { '/1.sql': 'create table s.t (a int references b);\ncreate index t_a_idx on s.t (a);' });
    assert.deepEqual(
      index({ '/1.sql': '-- CreateTable\r\nCREATE TABLE "Post" (\r\n    "authorId" TEXT\r\n);\r\n\r\n-- AddForeignKey\r\nALTER TABLE "Post" ADD CONSTRAINT "f" FOREIGN KEY ("authorId") REFERENCES "User"("id");\r\n' }, 'Post'),
      { '/1.sql': '-- CreateTable\r\nCREATE TABLE "Post" (\r\n    "authorId" TEXT\r\n);\r\n\r\n-- AddForeignKey\r\nALTER TABLE "Post" ADD CONSTRAINT "f" FOREIGN KEY ("authorId") REFERENCES "User"("id");\r\n\r\n-- CreateIndex\r\nCREATE INDEX "Post_authorId_idx" ON "Post" ("authorId");\r\n' },
    );
    assert.deepEqual(
      index({ '/1.sql': 'CREATE TABLE "t" ("a" int REFERENCES "b"("id"));--> statement-breakpoint\nCREATE TABLE "x" ("y" int);' }, 't', { runner: 'drizzle', transaction: 'all' }),
      { '/1.sql': 'CREATE TABLE "t" ("a" int REFERENCES "b"("id"));--> statement-breakpoint\nCREATE INDEX "t_a_idx" ON "t" ("a");--> statement-breakpoint\nCREATE TABLE "x" ("y" int);' },
    );
  });

  it('builds it concurrently on a table that exists, outside of transactions', () => {
    const texts = { '/1.sql': 'CREATE TABLE t (a int);', '/2.sql': 'ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES b;' };
    assert.deepEqual(index(texts), { '/2.sql': 'ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES b;\nCREATE INDEX CONCURRENTLY t_a_idx ON t (a);' });
    const next = { '/next/1_index_t_a.sql': '-- outside\nCREATE INDEX CONCURRENTLY t_a_idx ON t (a);\n' };
    assert.deepEqual(index(texts, 't', { transaction: 'file' }), next);
    assert.deepEqual(index(texts, 't', { runner: 'prisma', transaction: 'file-if-many' }), next);
    assert.deepEqual(index(texts, 't', { runner: 'drizzle', transaction: 'all' }), { '/next/1_index_t_a.sql': '-- outside\nCOMMIT;\nCREATE INDEX CONCURRENTLY t_a_idx ON t (a);\n' });
    assert.deepEqual(index({ '/1.sql': 'ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES b;' }), { '/1.sql': 'ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES b;\nCREATE INDEX CONCURRENTLY t_a_idx ON t (a);' });
  });

  const plain = (texts: Record<string, string>, columns: readonly string[], setting: Setting = {}): Record<string, string> | undefined => {
    const one = world(texts, setting);
    return write(one, { do: 'addIndex', table: table(one, 't'), columns });
  };

  it('adds an index that no foreign key asks for, where its columns are there', () => {
    assert.deepEqual(plain({ '/1.sql': 'CREATE TABLE t (a int, b int);\nCREATE TABLE u (a int);\nALTER TABLE t ADD c int;\n' }, ['a', 'b']), {
      '/1.sql': 'CREATE TABLE t (a int, b int);\nCREATE INDEX t_a_b_idx ON t (a, b);\nCREATE TABLE u (a int);\nALTER TABLE t ADD c int;\n',
    });
    assert.deepEqual(plain({ '/1.sql': 'CREATE TABLE t (a int);\nALTER TABLE t ADD c int;\nALTER TABLE t RENAME a TO b;\n' }, ['b', 'c']), {
      '/1.sql': 'CREATE TABLE t (a int);\nALTER TABLE t ADD c int;\nALTER TABLE t RENAME a TO b;\nCREATE INDEX t_b_c_idx ON t (b, c);\n',
    });
    const later = { '/1.sql': 'CREATE TABLE s (a int);', '/2.sql': 'ALTER TABLE s RENAME TO t;' };
    assert.deepEqual(plain(later, ['a']), { '/2.sql': 'ALTER TABLE s RENAME TO t;\nCREATE INDEX CONCURRENTLY t_a_idx ON t (a);' });
    const next = { '/next/1_index_t_a.sql': '-- outside\nCREATE INDEX CONCURRENTLY t_a_idx ON t (a);\n' };
    assert.deepEqual(plain(later, ['a'], { transaction: 'file' }), next);
    assert.deepEqual(plain({ '/1.sql': 'CREATE TABLE t (a int);' }, ['a'], { committed: ['/1.sql'] }), next);
  });

  const remove = (text: string, name: string, setting: Setting = {}): Record<string, string> | undefined => {
    const one = world({ '/1.sql': text }, setting);
    const found = table(one, 't').indexes.find((each) => each.name === name);
    assert.ok(found);
    return write(one, { do: 'removeIndex', index: found });
  };

  it('takes an index out of a migration that nobody has run', () => {
    assert.deepEqual(remove('CREATE TABLE t (a int);\nCREATE INDEX i ON t (a);\nSELECT 1;\n', 'i'), { '/1.sql': 'CREATE TABLE t (a int);\nSELECT 1;\n' });
    assert.deepEqual(remove('-- CreateTable\nCREATE TABLE t (a int);\n\n-- CreateIndex\nCREATE INDEX i ON t (a);\n\n-- CreateIndex\nCREATE INDEX j ON t (a);\n', 'i'), { '/1.sql': '-- CreateTable\nCREATE TABLE t (a int);\n\n-- CreateIndex\nCREATE INDEX j ON t (a);\n' });
    assert.deepEqual(remove('CREATE TABLE "t" (a int);--> statement-breakpoint\nCREATE INDEX i ON t (a);', 'i'), { '/1.sql': 'CREATE TABLE "t" (a int);' });
    assert.deepEqual(remove('CREATE TABLE "t" (a int);--> statement-breakpoint\r\nCREATE INDEX i ON t (a);--> statement-breakpoint\r\nSELECT 1;', 'i'), { '/1.sql': 'CREATE TABLE "t" (a int);--> statement-breakpoint\r\nSELECT 1;' });
    assert.deepEqual(remove('CREATE TABLE t (\n  a int,\n  CONSTRAINT u UNIQUE (a),\n  PRIMARY KEY (b)\n);', 'u'), { '/1.sql': 'CREATE TABLE t (\n  a int,\n  PRIMARY KEY (b)\n);' });
    assert.deepEqual(remove('CREATE TABLE t (\n  a int,\n  UNIQUE (a)\n);', 't_a_key'), { '/1.sql': 'CREATE TABLE t (\n  a int\n);' });
    assert.deepEqual(remove('CREATE TABLE t (a int UNIQUE NOT NULL);', 't_a_key'), { '/1.sql': 'CREATE TABLE t (a int NOT NULL);' });
    assert.deepEqual(remove('CREATE TABLE t (a int);\nALTER TABLE t ADD UNIQUE (a), ADD b int;', 't_a_key'), { '/1.sql': 'CREATE TABLE t (a int);\nALTER TABLE t ADD b int;' });
    assert.deepEqual(remove('CREATE TABLE t (a int);\nALTER TABLE t ADD UNIQUE (a);', 't_a_key'), { '/1.sql': 'CREATE TABLE t (a int);\n' });
  });

  it('drops it by a next migration where history is fixed', () => {
    const committed: Setting = { committed: ['/1.sql'], transaction: 'file' };
    assert.deepEqual(remove('CREATE TABLE t (a int); CREATE INDEX "I" ON t (a);', 'I', committed), { '/next/1_drop_i.sql': '-- outside\nDROP INDEX CONCURRENTLY "I";\n' });
    assert.deepEqual(remove('CREATE TABLE t (a int UNIQUE);', 't_a_key', committed), { '/next/1_drop_t_a_key.sql': 'ALTER TABLE t DROP CONSTRAINT t_a_key;\n' });
  });
});

describe('sql: writing CONCURRENTLY', () => {
  before(() => sql.prepare());

  const build = (text: string, verb: 'addIndex' | 'dropIndex' | 'reindex' | 'refreshView', setting: Setting = {}): Record<string, string> | undefined => {
    const one = world({ '/1.sql': text }, setting);
    return write(one, { do: 'buildConcurrently', change: changeOf(one, verb) });
  };

  it('in place where no transaction is open', () => {
    assert.deepEqual(build('CREATE UNIQUE INDEX i ON t (a);', 'addIndex'), { '/1.sql': 'CREATE UNIQUE INDEX CONCURRENTLY i ON t (a);' });
    assert.deepEqual(build('create index on "T" (a)', 'addIndex'), { '/1.sql': 'create index concurrently on "T" (a)' });
    assert.deepEqual(build('CREATE INDEX IF NOT EXISTS i ON t (a);', 'addIndex', { runner: 'prisma', transaction: 'file-if-many' }), { '/1.sql': 'CREATE INDEX CONCURRENTLY i ON t (a);' });
    assert.deepEqual(build('DROP INDEX IF EXISTS s."A";', 'dropIndex'), { '/1.sql': 'DROP INDEX CONCURRENTLY IF EXISTS s."A";' });
    assert.deepEqual(build('DROP INDEX IF EXISTS a, s.b RESTRICT; SELECT 1;', 'dropIndex'), { '/1.sql': 'DROP INDEX CONCURRENTLY IF EXISTS a;\nDROP INDEX CONCURRENTLY IF EXISTS s.b; SELECT 1;' });
    assert.equal(build('DROP INDEX a CASCADE;', 'dropIndex'), undefined);
    assert.deepEqual(build('reindex (verbose) table t;', 'reindex'), { '/1.sql': 'reindex (verbose) table concurrently t;' });
    assert.deepEqual(build('SELECT 1; REFRESH MATERIALIZED VIEW v;', 'refreshView', { transaction: 'file' }), { '/1.sql': 'SELECT 1; REFRESH MATERIALIZED VIEW CONCURRENTLY v;' });
  });

  it('with the runner\'s word against transactions, where the statement is alone', () => {
    const alone = 'CREATE INDEX i ON t (a);\n';
    assert.deepEqual(build(`-- +goose Up\n${alone}`, 'addIndex', { runner: 'goose', transaction: 'file' }), { '/1.sql': '-- +goose NO TRANSACTION\n-- +goose Up\nCREATE INDEX CONCURRENTLY i ON t (a);\n' });
    assert.deepEqual(build(alone, 'addIndex', { runner: 'sqlx', transaction: 'file' }), { '/1.sql': '-- no-transaction\nCREATE INDEX CONCURRENTLY i ON t (a);\n' });
    assert.deepEqual(build(`-- migrate:up\r\n${alone}`, 'addIndex', { runner: 'dbmate', transaction: 'file' }), { '/1.sql': '-- migrate:up transaction:false\r\nCREATE INDEX CONCURRENTLY i ON t (a);\n' });
    assert.deepEqual(build(alone, 'addIndex', { runner: 'atlas', transaction: 'file' }), { '/1.sql': '-- atlas:txmode none\n\nCREATE INDEX CONCURRENTLY i ON t (a);\n' });
    assert.deepEqual(build(alone, 'addIndex', { runner: 'diesel', transaction: 'file' }), { '/metadata.toml': 'run_in_transaction = false\n', '/1.sql': 'CREATE INDEX CONCURRENTLY i ON t (a);\n' });
    assert.deepEqual(build(alone, 'addIndex', { runner: 'flyway', transaction: 'file' }), { '/1.sql': 'CREATE INDEX CONCURRENTLY i ON t (a);\n' });
    assert.equal(build(alone, 'addIndex', { runner: 'node-pg-migrate', transaction: 'file' }), undefined);
  });

  it('in a next migration where others share the file', () => {
    assert.deepEqual(build('ALTER TABLE t ADD a int;\nCREATE INDEX "I" ON t (a);\n', 'addIndex', { runner: 'prisma', transaction: 'file-if-many' }), {
      '/1.sql': 'ALTER TABLE t ADD a int;\n',
      '/next/1_create_i.sql': '-- outside\nCREATE INDEX CONCURRENTLY "I" ON t (a);\n',
    });
    assert.deepEqual(build('ALTER TABLE t ADD a int;--> statement-breakpoint\nCREATE INDEX i ON t (a);', 'addIndex', { runner: 'drizzle', transaction: 'all' }), {
      '/1.sql': 'ALTER TABLE t ADD a int;',
      '/next/1_create_i.sql': '-- outside\nCOMMIT;\nCREATE INDEX CONCURRENTLY i ON t (a);\n',
    });
    assert.deepEqual(build('BEGIN;\nCREATE INDEX i ON t (a);\nCOMMIT;\n', 'addIndex'), {
      '/1.sql': 'BEGIN;\nCOMMIT;\n',
      '/next/1_create_i.sql': '-- outside\nCREATE INDEX CONCURRENTLY i ON t (a);\n',
    });
  });
});

describe('sql: splitting migrations', () => {
  before(() => sql.prepare());

  const steps = [
    { name: 'add_b', statements: ['ALTER TABLE t ADD COLUMN b int;'] },
    { name: 'require_b', statements: ['-- now\nUPDATE t SET b = 1;', 'ALTER TABLE t ALTER b SET NOT NULL;'] },
  ];
  const divide = (text: string, where: 'here' | 'next', setting: Setting = {}): Record<string, string> | undefined => {
    const one = world({ '/1.sql': text }, setting);
    const change = changeOf(one, 'addColumn');
    return write(one, { do: 'splitMigration', statement: change.statement, change, steps, where });
  };

  it('here', () => {
    assert.deepEqual(divide('SELECT 1;\r\nALTER TABLE t ADD COLUMN b int NOT NULL;\r\nSELECT 2;', 'here'), {
      '/1.sql': 'SELECT 1;\r\nALTER TABLE t ADD COLUMN b int;\r\n-- now\r\nUPDATE t SET b = 1;\r\nALTER TABLE t ALTER b SET NOT NULL;\r\nSELECT 2;',
    });
    assert.deepEqual(divide('ALTER TABLE t ADD COLUMN b int NOT NULL, ADD c int', 'here'), {
      '/1.sql': 'ALTER TABLE t ADD c int;\nALTER TABLE t ADD COLUMN b int;\n-- now\nUPDATE t SET b = 1;\nALTER TABLE t ALTER b SET NOT NULL;',
    });
    assert.deepEqual(divide('ALTER TABLE t\n  DROP COLUMN x,\n  ADD COLUMN b int NOT NULL;--> statement-breakpoint\nSELECT 1;', 'here', { runner: 'drizzle', transaction: 'all' }), {
      '/1.sql': 'ALTER TABLE t\n  DROP COLUMN x;--> statement-breakpoint\nALTER TABLE t ADD COLUMN b int;--> statement-breakpoint\n-- now\nUPDATE t SET b = 1;--> statement-breakpoint\nALTER TABLE t ALTER b SET NOT NULL;--> statement-breakpoint\nSELECT 1;',
    });
  });

  it('over the next files', () => {
    assert.deepEqual(divide('ALTER TABLE t ADD COLUMN b int NOT NULL;', 'next'), {
      '/1.sql': 'ALTER TABLE t ADD COLUMN b int;',
      '/next/1_require_b.sql': '-- now\nUPDATE t SET b = 1;\nALTER TABLE t ALTER b SET NOT NULL;\n',
    });
  });
});
