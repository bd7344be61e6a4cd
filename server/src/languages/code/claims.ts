// Which files may hold queries, told from their names and texts alone: nothing is loaded or parsed for it.

const CODE = /\.(?:[cm]?[jt]s|[jt]sx)$/;
/** Tests, their material, stories, types and what tools write: nobody's own use of the database. */
const LEFT_OUT =
  /\.d\.[cm]?ts$|[.-](?:test|tests|spec|e2e|stories|story|bench|mock|min|gen|generated|bundle|config)\.[cm]?[jt]sx?$|\/(?:tests?|__\w+__|e2e|fixtures?|mocks?|generated|cypress|playwright|stories|test-utils)\//;

/** What every call of Prisma's model methods that are told by their name alone looks like. */
const MODEL_CALL = /\.\s*(?:find(?:Many|First|Unique)(?:OrThrow)?|(?:create|update|delete)Many(?:AndReturn)?|upsert|groupBy|aggregate)\s*[(<]/;
const CLIENT_CALL =
  /(?:prisma|database|drizzle|db\w*|tx|trx|transaction|Db|DB)(?:\([^()]*\))?\)?\s*[?!]?\.\s*(?:\w+\s*[?!]?\.\s*(?:create|update|delete|count)|select|selectDistinct|selectDistinctOn|insert|update|delete|\$count|execute|with)\s*[(<]/i;
const RAW = /\$(?:query|execute)Raw|\bset_config\s*\(|\b(?:query|unsafe)\s*[(<][^()]*["'`]\s*(?:--|select|insert|update|delete|with|set|reset|begin)\b|\bsql(?:<[^>]*>)?\s*`\s*set\b/i;

/** Clients under names that tell nothing. */
const MADE = /\$transaction\b|\bnew PrismaClient\b|\bdrizzle\s*[(<]/;
/** What one statement of a file with queries may be one by. */
const STATEMENT = /\.\s*(?:find|create|update|delete|upsert|count|aggregate|groupBy|select|insert|execute|query|unsafe|with|run|all|get|values|\$)|\bsql\b/;

/** Whether a file of that name may be application code. The path is the one inside the project. */
export function mayBeCode(path: string): boolean {
  return CODE.test(path) && !LEFT_OUT.test(path);
}

/** Whether a text may hold queries. */
export function mayQuery(text: string): boolean {
  return MODEL_CALL.test(text) || CLIENT_CALL.test(text) || RAW.test(text) || MADE.test(text);
}

/** Whether a statement of such a text may hold one. */
export function mayHoldQuery(statement: string): boolean {
  return STATEMENT.test(statement);
}
