// Tables whose shape an authentication library dictates, and which its own code writes.
import type { Table } from './nodes';
import { folded, stems } from './words';

/**
 * The columns by which each table is known, in any style of names. `auth.js` and its kin have accounts of a provider,
 * sessions with a token and `expires`; better-auth has account ids and `expiresAt`.
 */
const SHAPES: ReadonlyMap<string, readonly (readonly string[])[]> = new Map(Object.entries({
  user: [['email', 'emailverified', 'image']],
  account: [
    ['userid', 'provider', 'provideraccountid'],
    ['userid', 'providerid', 'accountid'],
  ],
  session: [
    ['userid', 'sessiontoken', 'expires'],
    ['userid', 'token', 'expiresat'],
  ],
  verification: [['identifier', 'value', 'expiresat']],
  verificationtoken: [['identifier', 'token', 'expires']],
  authenticator: [['userid', 'credentialid', 'counter']],
  passkey: [['userid', 'credentialid', 'counter']],
  twofactor: [['userid', 'secret', 'backupcodes']],
  jwk: [['publickey', 'privatekey']],
  oauthapplication: [['clientid', 'clientsecret', 'redirecturls']],
  oauthclient: [['clientid', 'clientsecret', 'redirecturis']],
  oauthaccesstoken: [['accesstoken', 'clientid', 'scopes']],
  oauthconsent: [
    ['clientid', 'userid', 'consentgiven'],
    ['clientid', 'userid', 'scopes'],
  ],
  oauthrefreshtoken: [['token', 'clientid', 'scopes']],
  oauthresource: [['identifier', 'allowedscopes', 'accesstokenttl']],
  oauthclientresource: [['clientid', 'resourceid']],
  devicecode: [['devicecode', 'usercode']],
  ssoprovider: [['issuer', 'providerid', 'samlconfig']],
  apikey: [['key', 'ratelimitenabled', 'remaining']],
  invitation: [['email', 'organizationid', 'inviterid', 'expiresat', 'status']],
  organization: [['name', 'slug', 'logo', 'metadata']],
  jacksonstore: [['key', 'value', 'iv', 'tag']],
  jacksonindex: [['key', 'storekey']],
  jacksonttl: [['key', 'expiresat']],
}));

/** Tables so plain that only all of their columns together tell whose they are: those they must have, and those they may have. */
const PLAIN: ReadonlyMap<string, readonly [must: readonly string[], may: readonly string[]]> = new Map([
  ['member', [['organizationid', 'userid', 'role'], ['id', 'teamid', 'createdat', 'updatedat']]],
  ['team', [['organizationid', 'name'], ['id', 'createdat', 'updatedat']]],
  ['teammember', [['teamid', 'userid'], ['id', 'createdat', 'updatedat']]],
]);

/**
 * Whether an authentication library made the table's shape and keeps its rows: it sets their times itself, and a
 * change of shape has to go through its configuration.
 */
export function isGeneratedAuthTable(table: Table): boolean {
  const names = [table.name, table.dbName].flatMap((name) => [stems(name).join(''), ownName(name)]);
  const shapes = names.flatMap((name) => SHAPES.get(name) ?? []);
  const plain = names.flatMap((name) => [PLAIN.get(name) ?? []]).find((each) => each.length > 0);
  if (shapes.length === 0 && !plain) return false;
  const columns = new Set(table.columns.flatMap(({ name, dbName }) => [folded(name), folded(dbName)]));
  if (shapes.some((shape) => shape.every((column) => columns.has(column)))) return true;
  const [must = [], may = []] = plain ?? [];
  return must.length > 0 && must.every((column) => columns.has(column)) && [...columns].every((column) => must.includes(column) || may.includes(column));
}

/** `authUsers` and `auth_user` without the word that only says whose they are. */
function ownName(name: string): string {
  const parts = stems(name);
  return (parts.length > 1 && (parts[0] === 'auth' || parts[0] === 'nextauth') ? parts.slice(1) : parts).join('');
}
