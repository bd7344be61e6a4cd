// What is read out of a policy's SQL about the settings that it asks for.
import assert from 'node:assert/strict';
import { settingReads, steadyRead, steadyReadOf } from '../../server/src/model/setting-reads';

/** Each call as `setting flags whole`. */
function reads(sql: string): string[] {
  return settingReads(sql).map(({ shown, missingOk, emptyAsNull, cast, selected, whole }) =>
    [shown, missingOk ? 'ok' : '', emptyAsNull ? 'nullif' : '', cast ?? '', selected ? 'selected' : '', `[${sql.slice(whole.start, whole.end)}]`].filter((part) => part !== '').join(' '),
  );
}

function steady(sql: string): string {
  return settingReads(sql).reduceRight((text, read) => text.slice(0, read.whole.start) + steadyRead(sql, read) + text.slice(read.whole.end), sql);
}

describe('settings that policies read', () => {
  it('are found with what stands around them', () => {
    assert.deepEqual(reads("tenant_id = current_setting('app.tenant_id')::uuid"), ["app.tenant_id uuid [current_setting('app.tenant_id')::uuid]"]);
    assert.deepEqual(reads("id = (SELECT NULLIF(current_setting('app.t', true), ''))::uuid AND x"), [
      "app.t ok nullif uuid selected [(SELECT NULLIF(current_setting('app.t', true), ''))::uuid]",
    ]);
    assert.deepEqual(reads("id = (SELECT NULLIF(current_setting('app.t', true), '')::uuid)"), [
      "app.t ok nullif uuid selected [(SELECT NULLIF(current_setting('app.t', true), '')::uuid)]",
    ]);
    assert.deepEqual(reads("id = CAST((pg_catalog.current_setting('app.t', TRUE)) AS bigint)"), ["app.t ok bigint [CAST((pg_catalog.current_setting('app.t', TRUE)) AS bigint)]"]);
    assert.deepEqual(reads("id = NULLIF((current_setting('app.t'::text, true))::text, ''::text)::uuid"), ["app.t ok nullif uuid [NULLIF((current_setting('app.t'::text, true))::text, ''::text)::uuid]"]);
    assert.deepEqual(reads("ok = (current_setting('app.admin', false))"), ["app.admin [(current_setting('app.admin', false))]"]);
  });

  it('know casts by their whole name, and no cast to text', () => {
    assert.deepEqual(reads("x = current_setting('a.b')::public.\"My Type\"[]"), ['a.b public."My Type"[] [current_setting(\'a.b\')::public."My Type"[]]']);
    assert.deepEqual(reads("x = current_setting('a.b')::numeric(10, 2) AND y"), ["a.b numeric(10, 2) [current_setting('a.b')::numeric(10, 2)]"]);
    assert.deepEqual(reads("x = current_setting('a.b')::varchar(10)"), ["a.b [current_setting('a.b')::varchar(10)]"]);
  });

  it("are Supabase's and Neon's functions too", () => {
    assert.deepEqual(reads('user_id = auth.uid()'), ['auth.uid() ok [auth.uid()]']);
    assert.deepEqual(reads('user_id = ( SELECT "auth"."uid"() AS "uid")'), ['auth.uid() ok selected [( SELECT "auth"."uid"() AS "uid")]']);
    assert.deepEqual(reads("((auth.jwt() ->> 'org')::uuid) = org_id"), ['auth.jwt() ok [auth.jwt()]']);
    assert.deepEqual(reads('auth.uid(1) = x OR my.uid() = x'), []);
  });

  it('are those of the code, not of strings and comments', () => {
    assert.deepEqual(reads("a = 'current_setting(''x'')' /* current_setting('y') */ -- auth.uid()"), []);
    assert.deepEqual(reads('x = current_setting(name)'), ['current_setting [current_setting(name)]']);
    assert.deepEqual(reads("x = current_setting('a.b', ok) "), ["a.b ok [current_setting('a.b', ok)]"]);
  });

  it('stand in a sub-select wherever one is around them', () => {
    assert.deepEqual(reads("id IN (SELECT team_id FROM members WHERE user_id = current_setting('a.b')::int)"), ["a.b int selected [current_setting('a.b')::int]"]);
    assert.deepEqual(reads("id = lower(current_setting('a.b', true))"), ["a.b ok [current_setting('a.b', true)]"]);
  });

  it('are written anew in a way that neither fails nor repeats itself', () => {
    assert.equal(steady("id = current_setting('a.b')::uuid OR x"), "id = (SELECT NULLIF(current_setting('a.b', true), ''))::uuid OR x");
    assert.equal(steady("id = (SELECT current_setting('a.b', false)::uuid)"), "id = (SELECT NULLIF(current_setting('a.b', true), ''))::uuid");
    assert.equal(steady("name = current_setting('a.b')"), "name = (SELECT current_setting('a.b', true))");
    assert.equal(steady("id = (SELECT current_setting('a.b', true)::json ->> 'x')"), "id = (SELECT NULLIF(current_setting('a.b', true), '')::json ->> 'x')");
    const right = "id = (SELECT NULLIF(current_setting('a.b', true), ''))::uuid";
    assert.equal(steady(right), right);
    assert.equal(steadyReadOf('app.o', undefined), "(SELECT current_setting('app.o', true))");
    assert.equal(steadyReadOf('app.o', 'int'), "(SELECT NULLIF(current_setting('app.o', true), ''))::int");
  });

  it('may be half-typed', () => {
    const text = "id = (SELECT NULLIF(current_setting('a.b', true), ''))::uuid AND CAST(auth.uid() AS public.x(1)[])";
    for (let end = 0; end <= text.length; end++) settingReads(text.slice(0, end));
  });
});
