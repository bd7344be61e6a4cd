// Application code in the editor: served like a schema, fixed across files, in the way of nobody who writes none.
import assert from 'node:assert/strict';
import { Editor } from './client';

const SCHEMA = `datasource db {
  provider = "postgresql"
}

model Account {
  id        String   @id @default(uuid(7)) @db.Uuid
  status    String   @default("open")
  createdAt DateTime @default(now()) @db.Timestamptz(3)
  updatedAt DateTime @default(now()) @updatedAt @db.Timestamptz(3)
}
`;
const CODE = `export const run = (id: string) =>
  prisma.$transaction(async (tx) => {
    await tx.$executeRaw\`SELECT set_config('app.account', \${id}, true)\`;
    return tx.account.updateMany({ data: { status: 'closed' } });
  });
`;
const files = { '/w/package.json': '{ "dependencies": { "@prisma/client": "6.16.0" } }', '/w/prisma/schema.prisma': SCHEMA, '/w/src/close.ts': CODE };

describe('application code in the editor', () => {
  it('is reported on after each change, and fixed', async () => {
    const editor = await Editor.start({ files });
    await editor.open('/w/src/close.ts');
    assert.deepEqual(await editor.codes('/w/src/close.ts'), []);
    await editor.edit('/w/src/close.ts', ', true)', ', false)');
    assert.deepEqual(await editor.codes('/w/src/close.ts'), ['leaking-session-setting']);
    const actions = await editor.actions('/w/src/close.ts', 'set_config');
    const fix = actions.find(({ title }) => title === 'Set `app.account` for the transaction only');
    assert.match(JSON.stringify(fix?.edit), /close\.ts.*"newText":"true"/);
  });

  it('gives the values of an enum to the schema without being open', async () => {
    const editor = await Editor.start({ files });
    await editor.open('/w/prisma/schema.prisma');
    assert.ok((await editor.codes('/w/prisma/schema.prisma')).includes('free-text-enum'));
    const actions = await editor.actions('/w/prisma/schema.prisma', 'status    String');
    const fix = actions.find(({ title }) => title === 'Make `status` an enum');
    assert.match(JSON.stringify(fix?.edit), /open\\n *closed/);
  });
});
