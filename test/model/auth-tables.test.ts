// Tables of authentication libraries, told from tables of the same names that an author made.
import assert from 'node:assert/strict';
import { sql } from '../../server/src/languages/sql';
import { isGeneratedAuthTable } from '../../server/src/model/auth-tables';
import { noFacts } from '../../server/src/model/facts';

function isGenerated(name: string, columns: string): boolean {
  const [table] = sql.lower([sql.parse('/a.sql', `CREATE TABLE ${name} (${columns});`)], { facts: noFacts }).tables;
  assert.ok(table);
  return isGeneratedAuthTable(table);
}

describe('a generated table of authentication', () => {
  before(() => sql.prepare());

  it('has the shape that better-auth gives it', () => {
    assert.ok(isGenerated('"user"', 'id text, name text, email text, "emailVerified" boolean, image text, plan text'));
    assert.ok(isGenerated('account', 'id text, account_id text, provider_id text, user_id text, password text, updated_at timestamp'));
    assert.ok(isGenerated('session', 'id text, expires_at timestamp, token text, user_id text'));
    assert.ok(isGenerated('verifications', 'id text, identifier text, value text, expires_at timestamp'));
    assert.ok(isGenerated('two_factor', 'id text, secret text, backup_codes text, user_id text'));
    assert.ok(isGenerated('invitation', 'id text, organization_id text, email text, status text, expires_at timestamp, inviter_id text'));
    assert.ok(isGenerated('oauth_consent', 'id text, client_id text, user_id text, scopes text[], created_at timestamp, updated_at timestamp'));
    assert.ok(isGenerated('"oauthResource"', 'id text, identifier text, "allowedScopes" text[], "accessTokenTtl" int, "createdAt" timestamp'));
    assert.ok(isGenerated('"oauthClientResource"', 'id text, "clientId" text, "resourceId" text, "createdAt" timestamp'));
    assert.ok(isGenerated('jwks', 'id text, public_key text, private_key text'));
  });

  it('has the shape that auth.js gives it', () => {
    assert.ok(isGenerated('"Account"', 'id text, "userId" text, provider text, "providerAccountId" text'));
    assert.ok(isGenerated('sessions', 'session_token text, "userId" text, expires timestamp'));
    assert.ok(isGenerated('"VerificationToken"', 'identifier text, token text, expires timestamp'));
    assert.ok(isGenerated('auth_users', 'id text, email text, "emailVerified" timestamp, image text'));
  });

  it('may be so plain that it must have no other columns', () => {
    assert.ok(isGenerated('member', 'id text, organization_id text, user_id text, role text, created_at timestamp'));
    assert.ok(isGenerated('team', 'id text, name text, organization_id text, created_at timestamp, updated_at timestamp'));
    assert.ok(!isGenerated('member', 'id text, organization_id text, user_id text, role text, nickname text'));
    assert.ok(!isGenerated('team', 'id text, name text, organization_id text, colour text'));
    assert.ok(!isGenerated('member', 'id text, created_at timestamp'));
  });

  it('belongs to other libraries too', () => {
    assert.ok(isGenerated('organization', 'id text, name text, slug text, logo text, metadata text, created_at timestamp'));
    assert.ok(isGenerated('jackson_store', 'key text, value text, iv text, tag text, "modifiedAt" timestamp'));
    assert.ok(isGenerated('jackson_index', 'key text, "storeKey" text') && isGenerated('jackson_ttl', 'key text, "expiresAt" bigint'));
    assert.ok(!isGenerated('organizations', 'id text, name text, slug text'));
  });

  it("isn't told by its name alone", () => {
    assert.ok(!isGenerated('users', 'id text, email text, name text'));
    assert.ok(!isGenerated('accounts', 'id text, name text, balance numeric'));
    assert.ok(!isGenerated('sessions', 'id text, user_id text, started_at timestamp'));
    assert.ok(!isGenerated('invitations', 'id text, email text, token text'));
    assert.ok(!isGenerated('constructor', 'id text'));
    assert.ok(!isGenerated('posts', 'user_id text, token text, expires_at timestamp'));
  });
});
