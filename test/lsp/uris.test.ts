// URIs and paths, on both kinds of system.
import assert from 'node:assert/strict';
import { Uris } from '../../server/src/lsp/uris';

describe('URIs', () => {
  it('become paths and back', () => {
    const uris = new Uris(false);
    assert.equal(uris.path('file:///a%20b/%C3%A9.sql'), '/a b/é.sql');
    assert.equal(uris.uri('/a b/é.sql'), 'file:///a%20b/%C3%A9.sql');
    assert.equal(uris.path('git:/a.sql?x'), undefined);
    assert.equal(uris.path('%%%'), undefined);
  });
  it('of Windows get a lower-case drive and slashes', () => {
    const uris = new Uris(true);
    assert.equal(uris.path('file:///C%3A/w/a.sql'), 'c:/w/a.sql');
    assert.equal(uris.uri('c:/w/a.sql'), 'file:///c%3A/w/a.sql');
    assert.equal(uris.path('file://server/share/a.sql'), '//server/share/a.sql');
  });
  it('of open documents come back as the client spells them', () => {
    const uris = new Uris(true);
    assert.equal(uris.open('file:///C:/w/a.sql', 'sql'), 'c:/w/a.sql');
    assert.equal(uris.uri('c:/w/a.sql'), 'file:///C:/w/a.sql');
    uris.close('c:/w/a.sql');
    assert.equal(uris.uri('c:/w/a.sql'), 'file:///c%3A/w/a.sql');
  });
  it('of unsaved documents get a path of their own, by language', () => {
    const uris = new Uris(false);
    const path = uris.open('untitled:Untitled-1', 'prisma');
    assert.match(path ?? '', /^\/.*Untitled-1\.prisma$/);
    assert.equal(uris.uri(path ?? ''), 'untitled:Untitled-1');
    assert.match(uris.open('untitled:Untitled-2', 'plpgsql') ?? '', /Untitled-2\.sql$/);
    assert.equal(uris.open('vscode-notebook-cell:/a.ipynb#1', 'sql'), undefined);
  });
});
