// The workspace on disk: links, absences, sizes and encodings.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NodeWorkspace } from '../../server/src/node/workspace';
import { Project } from '../../server/src/project/project';
import { TooLarge } from '../../server/src/project/workspace';
import { Spy } from './helper';

describe('the workspace on disk', () => {
  const workspace = new NodeWorkspace();
  let root = '';
  const at = (name: string): string => join(root, name).replaceAll('\\', '/');

  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'disk-')));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('lists a folder by name, without following links to folders', async () => {
    mkdirSync(at('b/inner'), { recursive: true });
    writeFileSync(at('c.sql'), '');
    writeFileSync(at('a.sql'), '');
    symlinkSync(at('b'), at('loop'));
    symlinkSync(at('a.sql'), at('link.sql'));
    symlinkSync(at('gone'), at('dangling'));
    symlinkSync(at('self'), at('self'));
    assert.deepEqual(await workspace.list(root), [
      { name: 'a.sql', directory: false }, { name: 'b', directory: true }, { name: 'c.sql', directory: false }, { name: 'link.sql', directory: false },
    ]);
    assert.equal(await workspace.list(at('a.sql')), undefined);
    assert.equal(await workspace.list(at('gone')), undefined);
    await assert.rejects(workspace.read(at('self')), /its links lead in a circle\./);
  });

  it('reads texts of several encodings, and nothing where there is no file', async () => {
    writeFileSync(at('plain'), 'é😀');
    writeFileSync(at('marked'), '\uFEFFé');
    writeFileSync(at('wide'), Buffer.from('\uFEFFé😀', 'utf16le'));
    writeFileSync(at('broken'), Buffer.from([0x61, 0xff, 0x62]));
    assert.equal(await workspace.read(at('plain')), 'é😀');
    assert.equal(await workspace.read(at('marked')), 'é');
    assert.equal(await workspace.read(at('wide')), 'é😀');
    assert.equal(await workspace.read(at('broken')), 'a\uFFFDb');
    assert.equal(await workspace.read(root), undefined);
    assert.equal(await workspace.read(at('gone')), undefined);
    assert.equal(await workspace.read(at('plain/below')), undefined);
    assert.equal(await workspace.readBytes(at('gone')), undefined);
    assert.equal(await workspace.readRange(at('gone'), 0, 1), undefined);
    assert.deepEqual([...((await workspace.readRange(at('broken'), 1, 9)) ?? [])], [0xff, 0x62]);
  });

  it('refuses what is too large', async () => {
    writeFileSync(at('huge.sql'), '');
    truncateSync(at('huge.sql'), 33 * 1024 * 1024);
    await assert.rejects(workspace.read(at('huge.sql')), TooLarge);
  });

  it('holds a project', async () => {
    mkdirSync(at('prisma/models'), { recursive: true });
    writeFileSync(at('prisma/schema.prisma'), 'datasource db {\n  provider = "postgresql"\n}\n');
    writeFileSync(at('prisma/models/user.prisma'), 'model User {\n  id Int @id\n}\n');
    symlinkSync(root, at('prisma/models/up'));
    const spy = new Spy();
    const project = new Project({ workspace, frontEnds: [spy.frontEnd('prisma')], registry: [], log: (message) => assert.fail(message) });
    await project.setRoots([root]);
    assert.deepEqual(project.files(), [at('prisma/models/user.prisma'), at('prisma/schema.prisma')]);
    rmSync(at('prisma/models'), { recursive: true });
    await project.filesChanged([at('prisma/models')]);
    assert.deepEqual(project.files(), [at('prisma/schema.prisma')]);
  });
});
