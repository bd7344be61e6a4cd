// What is set for a whole session.
import assert from 'node:assert/strict';
import { sessionSettings } from '../../server/src/model/session-settings';

/** The names set, each with the text once it is local. */
function local(sql: string): string[] {
  return sessionSettings(sql).map(({ name, local: { start, end, newText } }) => `${name}: ${sql.slice(0, start)}${newText}${sql.slice(end)}`);
}

function shown(sql: string): string[] {
  return sessionSettings(sql).map(({ start, end, inBody }) => `${sql.slice(start, end)}${inBody ? ' in a body' : ''}`);
}

describe('settings of a session', () => {
  it('are SET without LOCAL', () => {
    assert.deepEqual(local("SET app.tenant_id = '1'"), ["app.tenant_id: SET LOCAL app.tenant_id = '1'"]);
    assert.deepEqual(local("set session app.tenant_id to '1';"), ["app.tenant_id: set local app.tenant_id to '1';"]);
    assert.deepEqual(shown("SELECT 1; SET \"app\".\"t\" = 'a;b'; SELECT 2"), ['SET "app"."t" = \'a;b\'']);
    assert.deepEqual(shown("SET LOCAL app.t = '1'; SET app.t TO DEFAULT; RESET app.t; SET search_path = x; SET TIME ZONE 'UTC'"), []);
  });

  it('are set_config with false', () => {
    assert.deepEqual(local("SELECT set_config('app.t', $1, false)"), ["app.t: SELECT set_config('app.t', $1, true)"]);
    assert.deepEqual(local("SELECT pg_catalog.SET_CONFIG('app.t', f(a, b), FALSE) AS x"), ["app.t: SELECT pg_catalog.SET_CONFIG('app.t', f(a, b), TRUE) AS x"]);
    assert.deepEqual(shown("SELECT set_config('app.t', x, true), set_config('search_path', '', false), set_config('app.t', x, ${flag}), set_config(name, x, false)"), []);
    assert.deepEqual(shown("SELECT pg_catalog.set_config('app.t', 'a', false)"), ["pg_catalog.set_config('app.t', 'a', false)"]);
  });

  it('are found in bodies', () => {
    const body = "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN SET app.a = 'x'; PERFORM set_config('app.b', 'x', false); END $$;";
    assert.deepEqual(shown(body), ["SET app.a = 'x' in a body", "set_config('app.b', 'x', false) in a body"]);
    assert.equal(local(body)[1], `app.b: ${body.replace("'x', false", "'x', true")}`);
  });

  it('are no parts of other statements, no tuning of extensions, no strings and no comments', () => {
    assert.deepEqual(shown("ALTER ROLE web SET app.t = '1'; ALTER DATABASE d SET app.t = '1'; UPDATE t SET app.x = 1"), []);
    assert.deepEqual(shown("CREATE FUNCTION f() RETURNS int LANGUAGE sql SET app.t = '1' AS 'SELECT 1'"), []);
    assert.deepEqual(shown("SET hnsw.ef_search = 100; SET plpgsql.extra_warnings = 'all'; SET pg_trgm.similarity_threshold = 0.5"), []);
    assert.deepEqual(shown("SELECT 'SET app.t = 1'; -- SET app.t = 1\n/* SET app.t = 1 */"), []);
  });

  it('may be half-typed', () => {
    const text = "DO $a$ BEGIN SET SESSION app.a = 'x'; PERFORM set_config('app.b', 'x', false); END $a$; SET app.b TO 1";
    for (let end = 0; end <= text.length; end++) sessionSettings(text.slice(0, end));
  });
});
