// What fixes write into Prisma schemas. Prisma itself judges each result.
import assert from 'node:assert/strict';
import { prisma } from '../../../server/src/languages/prisma/index';
import type { WriteContext } from '../../../server/src/languages/language';
import type { Facts } from '../../../server/src/model/facts';
import type { Intent } from '../../../server/src/model/intents';
import type { ReferentialAction, Schema } from '../../../server/src/model/nodes';
import { applyEdits, type Edit } from '../../../server/src/text/edit';
import { withDatasource } from './model';
import { rich } from './schemas';
import { column, edits, expectChange, foreignKey, found, index, model, table, written } from './writing';

const RELATION = '  id Int @id\n  uId Int @map("u_id")\n  u U @relation(fields: [uId], references: [id])';

const addIndex = (schema: Schema): Intent => ({ do: 'addIndex', table: table(schema), columns: ['u_id'], for: foreignKey(schema, 'u') });
const zoned = (name: string) => (schema: Schema): Intent => ({ do: 'setType', column: column(schema, name), to: { family: 'timestamp', zoned: true } });
const plain = (name: string) => (schema: Schema): Intent => ({ do: 'dropLength', column: column(schema, name), check: false });
const timestamps = (schema: Schema): Intent => ({ do: 'addColumns', table: table(schema), columns: ['createdAt', 'updatedAt'] });
const ordered = (schema: Schema): Intent => ({ do: 'setTimeOrderedDefault', column: column(schema, 'id') });
const onDelete = (action: ReferentialAction) => (schema: Schema): Intent => ({ do: 'setOnDelete', foreignKey: foreignKey(schema, 'u'), action });
const remove = (name: string, of = 'T') => (schema: Schema): Intent => ({ do: 'removeIndex', index: index(schema, name, of) });

/** Fields that keep `U`'s side of the relation valid. */
const BACK = '\n  uId Int\n  u U @relation(fields: [uId], references: [id])';

describe('Prisma: writing', () => {
  before(() => prisma.prepare());

  describe('an index', () => {
    it('goes before the brace, behind a blank line', () => {
      expectChange({ text: model(RELATION), intent: addIndex }, '+', '+  @@index([uId])');
      expectChange({ text: model(`${RELATION}\n`), intent: addIndex }, '+  @@index([uId])');
      expectChange({ text: model(`${RELATION} // last`), intent: addIndex }, '+', '+  @@index([uId])');
    });

    it('goes beside the other attributes, in their indentation', () => {
      expectChange({ text: model(`${RELATION}\n\n  @@map("ts")`), intent: addIndex }, '+  @@index([uId])');
      expectChange({ text: model(`${RELATION}\n\n\t@@map("ts") // é😀 */ name`), intent: addIndex }, '+\t@@index([uId])');
      expectChange({ text: model(`${RELATION}\n\n  @@map("ts") /* more\n  lines */\n`), intent: addIndex }, '+  @@index([uId])');
      expectChange({ text: model(`${RELATION}\n  @@map("ts")\n  // end`), intent: addIndex }, '+  @@index([uId])');
    });

    it('names several fields as the code does', () => {
      const text = model('  id Int @id\n  a Int @map("x")\n  b Int\n  u U @relation(fields: [b], references: [id])');
      const intent = (schema: Schema): Intent => ({ do: 'addIndex', table: table(schema), columns: ['x', 'b'] });
      expectChange({ text, intent }, '+', '+  @@index([a, b])');
    });

    it('needs columns that are there, and a closed block', () => {
      const intent = (schema: Schema): Intent => ({ do: 'addIndex', table: table(schema), columns: ['nope'], for: foreignKey(schema, 'u') });
      assert.equal(edits({ text: model(RELATION), intent }), undefined);
      assert.equal(edits({ text: `model T {\n${RELATION}\n`, intent: addIndex }), undefined);
    });

    it('is removed with its line', () => {
      const both = `${RELATION}\n\n  @@index([uId])\n  @@index([uId, id]) // why\n`;
      expectChange({ text: model(both), intent: remove('T_u_id_idx') }, '-  @@index([uId])');
      expectChange({ text: model(both), intent: remove('T_u_id_id_idx') }, '-  @@index([uId, id]) // why');
      expectChange({ text: model(`${RELATION}\n\n  @@index([uId])`), intent: remove('T_u_id_idx') }, '-', '-  @@index([uId])');
      expectChange({ text: model(`${RELATION}\n\n  @@index([uId])\n\n  @@map("T")`), intent: remove('T_u_id_idx') }, '-  @@index([uId])', '-');
      expectChange({ text: model(`${RELATION}\n  /* a */ @@index([uId])\n  // b`), intent: remove('T_u_id_idx') }, '-  /* a */ @@index([uId])', '+  /* a */ ');
      expectChange({ text: rich, intent: remove('users_manager_id_idx', 'User') }, '-  @@index([managerId]) // the team');
    });

    it('is removed from its field, whose other parts keep their place', () => {
      expectChange({ text: model(`  id Int @id\n  a  Int   @unique // x${BACK}`), intent: remove('T_a_key') }, '-  a  Int   @unique // x', '+  a  Int // x');
      expectChange({ text: model(`  id Int @id\n  a  Int   @unique  @map("b")${BACK}`), intent: remove('T_b_key') }, '-  a  Int   @unique  @map("b")', '+  a  Int   @map("b")');
    });

    it('stays where it is the primary key', () => {
      const intent = (schema: Schema): Intent => {
        const key = found(table(schema).primaryKey);
        return { do: 'removeIndex', index: key };
      };
      assert.equal(edits({ text: model(RELATION), intent }), undefined);
    });
  });

  describe('a timestamp with time zone', () => {
    const bare = (line: string): string => model(`  id Int @id\n  ${line}${BACK}`);

    it('keeps the precision that Prisma or the author gave it', () => {
      expectChange({ text: bare('at DateTime'), intent: zoned('at') }, '-  at DateTime', '+  at DateTime @db.Timestamptz(3)');
      expectChange({ text: bare('at DateTime? @default(now()) // é'), intent: zoned('at') }, '-  at DateTime? @default(now()) // é', '+  at DateTime? @default(now()) @db.Timestamptz(3) // é');
      expectChange({ text: bare('at DateTime @db.Timestamp(6) @map("b")'), intent: zoned('at') }, '-  at DateTime @db.Timestamp(6) @map("b")', '+  at DateTime @db.Timestamptz(6) @map("b")');
      expectChange({ text: bare('at DateTime @db.Timestamp'), intent: zoned('at') }, '-  at DateTime @db.Timestamp', '+  at DateTime @db.Timestamptz');
      expectChange({ text: bare('at DateTime[]'), intent: zoned('at') }, '-  at DateTime[]', '+  at DateTime[] @db.Timestamptz(3)');
    });

    it("is written with the data source's own name", () => {
      const text = bare('at DateTime').replace('datasource db', 'datasource pg');
      expectChange({ text, intent: zoned('at') }, '-  at DateTime', '+  at DateTime @pg.Timestamptz(3)');
    });

    it('exists for timestamps in PostgreSQL and CockroachDB', () => {
      const cockroach = model(`  id Int @id\n  at DateTime${BACK}`, 'cockroachdb');
      expectChange({ text: cockroach, intent: zoned('at') }, '-  at DateTime', '+  at DateTime @db.Timestamptz(3)');
      assert.equal(edits({ text: model(`  id Int @id\n  at DateTime${BACK}`, 'mysql'), intent: zoned('at') }), undefined);
      assert.equal(edits({ text: bare('at DateTime @db.Date'), intent: zoned('at') }), undefined);
      assert.equal(edits({ text: bare('at String'), intent: zoned('at') }), undefined);
    });
  });

  describe('a text without a limit', () => {
    it('loses the attribute and nothing else', () => {
      const text = (line: string): string => model(`  id Int @id\n  ${line}${BACK}`);
      expectChange({ text: text('a String @db.VarChar(20)'), intent: plain('a') }, '-  a String @db.VarChar(20)', '+  a String');
      expectChange({ text: text('a String   @db.Char(2) // c'), intent: plain('a') }, '-  a String   @db.Char(2) // c', '+  a String // c');
      expectChange({ text: text('a String   @db.VarChar @unique'), intent: plain('a') }, '-  a String   @db.VarChar @unique', '+  a String   @unique');
      const intent = (schema: Schema): Intent => ({ do: 'setType', column: column(schema, 'a'), to: { family: 'text' } });
      expectChange({ text: text('a String @db.VarChar(20)'), intent }, '-  a String @db.VarChar(20)', '+  a String');
    });

    it('has no form with a CHECK, nor outside PostgreSQL', () => {
      const text = `  id Int @id\n  a String @db.VarChar(20)${BACK}`;
      const check = (schema: Schema): Intent => ({ do: 'dropLength', column: column(schema, 'a'), check: true });
      assert.equal(edits({ text: model(text), intent: check }), undefined);
      assert.equal(edits({ text: model(text, 'mysql'), intent: plain('a') }), undefined);
      assert.equal(edits({ text: model(`  id Int @id\n  a String @db.Text${BACK}`), intent: plain('a') }), undefined);
    });
  });

  describe('timestamps of a table', () => {
    it('come behind the last field, before the attributes', () => {
      expectChange(
        { text: model(`  id Int @id${BACK} // last\n\n  @@index([uId])`), intent: timestamps },
        '+  createdAt DateTime @default(now()) @db.Timestamptz(3)',
        '+  updatedAt DateTime @default(now()) @updatedAt @db.Timestamptz(3)',
      );
    });

    it('are named and mapped as the fields beside them', () => {
      const mapped = model('  id Int @id\n  firstName String @map("first_name")\n  uId Int @map("u_id")\n  u U @relation(fields: [uId], references: [id])');
      expectChange(
        { text: mapped, intent: timestamps },
        '+  createdAt DateTime @default(now()) @map("created_at") @db.Timestamptz(3)',
        '+  updatedAt DateTime @default(now()) @updatedAt @map("updated_at") @db.Timestamptz(3)',
      );
      const snake = model('  id Int @id\n  first_name String\n  u_id Int\n  u U @relation(fields: [u_id], references: [id])');
      expectChange(
        { text: snake, intent: timestamps },
        '+  created_at DateTime @default(now()) @db.Timestamptz(3)',
        '+  updated_at DateTime @default(now()) @updatedAt @db.Timestamptz(3)',
      );
      const elsewhere = `${model(`  id Int @id${BACK}`)}\nmodel V {\n  id Int @id\n  some_thing Int\n  other_thing Int\n}\n`.replaceAll('uId', 'uid');
      expectChange(
        { text: elsewhere, intent: (schema) => ({ do: 'addColumns', table: table(schema), columns: ['createdAt'] }) },
        '+  created_at DateTime @default(now()) @db.Timestamptz(3)',
      );
    });

    it('are aligned where their neighbours are, and keep their precision', () => {
      const text = model(
        [
          '  id         Int       @id',
          '  deletedAt  DateTime? @db.Timestamptz(6)',
          '  uId        Int       @unique',
          '  u          U         @relation(fields: [uId], references: [id])',
        ].join('\n'),
      );
      expectChange(
        { text, intent: timestamps },
        '+  createdAt  DateTime  @default(now()) @db.Timestamptz(6)',
        '+  updatedAt  DateTime  @default(now()) @updatedAt @db.Timestamptz(6)',
      );
    });

    it('have no native type where there is none', () => {
      expectChange(
        { text: model(RELATION, 'mysql'), intent: timestamps },
        '+  createdAt DateTime @default(now()) @map("created_at")',
        '+  updatedAt DateTime @default(now()) @updatedAt @map("updated_at")',
      );
    });

    it('are not written twice', () => {
      assert.equal(edits({ text: model(`${RELATION}\n  createdAt String`), intent: timestamps }), undefined);
      assert.equal(edits({ text: `model T {\n${RELATION}\n`, intent: timestamps }), undefined);
    });
  });

  describe('a key ordered by time', () => {
    const keyed = (value: string): string => withDatasource(`model T {\n  id String @id @default(${value}) @db.Uuid // é\n}\n`);
    const expectDefault = (before: string, after: string, facts: Partial<Facts> = {}): void => {
      const line = (value: string): string => `  id String @id @default(${value}) @db.Uuid // é`;
      expectChange({ text: keyed(before), facts, intent: ordered }, `-${line(before)}`, `+${line(after)}`);
    };

    it('is made by Prisma from 5.18 on', () => {
      expectDefault('uuid()', 'uuid(7)');
      expectDefault('uuid(4)', 'uuid(7)', { prismaVersion: { major: 5, minor: 18 } });
      assert.equal(edits({ text: keyed('uuid()'), facts: { prismaVersion: { major: 5, minor: 17 } }, intent: ordered }), undefined);
    });

    it('is made by PostgreSQL from 18 on', () => {
      expectDefault('dbgenerated("gen_random_uuid()")', 'dbgenerated("uuidv7()")', { postgresVersion: 18 });
      assert.equal(edits({ text: keyed('dbgenerated("gen_random_uuid()")'), facts: { postgresVersion: 17 }, intent: ordered }), undefined);
      assert.equal(edits({ text: keyed('dbgenerated("gen_random_uuid()")'), intent: ordered }), undefined);
    });
  });

  describe('a delete rule', () => {
    const relation = (args: string): string => model(`  id Int @id\n  uId Int?\n  u U? @relation(${args})`);

    it('comes behind the references, or in place of another', () => {
      const expectRule = (before: string, after: string, action: ReferentialAction): void =>
        expectChange({ text: relation(before), intent: onDelete(action) }, `-  u U? @relation(${before})`, `+  u U? @relation(${after})`);
      expectRule('fields: [uId], references: [id]', 'fields: [uId], references: [id], onDelete: Cascade', 'cascade');
      expectRule('fields: [uId], references: [id], onUpdate: NoAction, map: "x"', 'fields: [uId], references: [id], onDelete: SetNull, onUpdate: NoAction, map: "x"', 'set null');
      expectRule('references: [id], fields: [uId]', 'references: [id], onDelete: Restrict, fields: [uId]', 'restrict');
      expectRule('fields: [uId], references: [id], onDelete: Cascade', 'fields: [uId], references: [id], onDelete: NoAction', 'no action');
    });

    it('is one that the database has', () => {
      const text = (provider: string, settings?: string): string => model('  id Int @id\n  uId Int\n  u U @relation(fields: [uId], references: [id])', provider, settings);
      assert.equal(edits({ text: text('sqlserver'), intent: onDelete('restrict') }), undefined);
      assert.equal(edits({ text: text('mysql'), intent: onDelete('set default') }), undefined);
      assert.equal(edits({ text: text('postgresql', '  relationMode = "prisma"\n'), intent: onDelete('set default') }), undefined);
      assert.ok(written({ text: text('sqlserver'), intent: onDelete('no action') }));
    });
  });

  it('passes on edits that a rule made itself', () => {
    const made: Edit[] = [{ file: 'schema.prisma', start: 0, end: 0, newText: '// x\n' }];
    assert.deepEqual(edits({ text: rich, intent: () => ({ do: 'replaceText', edits: made }) }), made);
  });

  it('knows its place after the text above has grown', () => {
    const text = model(RELATION);
    const before = prisma.parse('schema.prisma', text);
    prisma.lower([before], { facts: { dependencies: new Set(), hasMigrations: false } });
    const grown = `// é😀\n\n${text}`;
    const parsed = prisma.parse('schema.prisma', grown, before);
    const facts: Facts = { dependencies: new Set(), hasMigrations: false };
    const schema = prisma.lower([parsed], { facts });
    const context: WriteContext = { schema, facts, parsed: () => parsed, nextMigrations: () => undefined };
    const made = prisma.write.setOnDelete?.({ do: 'setOnDelete', foreignKey: foreignKey(schema, 'u'), action: 'cascade' }, context);
    assert.match(applyEdits(grown, found(made)), /references: \[id\], onDelete: Cascade\)/);
  });
});
