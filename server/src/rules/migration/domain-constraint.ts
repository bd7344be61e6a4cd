// Reports constraints on a domain that read every table which uses it while nobody can write there.
import type { Context, Fix, Rule } from '../../linter/rule';
import { splitFixes } from '../../linter/split-fixes';
import type { Change, Statement } from '../../model/changes';
import type { Schema, Table } from '../../model/nodes';
import { inCaseOf, isWord, nameIn, quoted, sqlTokens, type SqlToken } from '../../model/sql-text';
import { stepName } from '../../model/statement-names';

export const domainConstraint: Rule = {
  id: 'domain-constraint',
  meta: {
    title: 'A constraint is added to a domain, and every table that uses it is read under a lock that blocks all writes.',
    severity: 'warning',
    fix: 'review',
    dialects: ['postgresql'],
    bible: '+',
  },
  visit: {
    *change(change, context) {
      const added = change.statement.node === 'AlterDomainStmt' ? addedTo(change.statement) : undefined;
      if (!added || isMadeHere(added, change.statement)) return;
      const users = usersOf(added.domain, context.schema, change.statement);
      if (!users) return;
      yield {
        at: change.span,
        message: `This reads ${users} under a SHARE lock: every insert, update and delete there waits until the last row is checked.`,
        help: added.check ? `Add it as NOT VALID, and validate it ${later(change)}.` : `Add CHECK (VALUE IS NOT NULL) NOT VALID in its place, and validate it ${later(change)}.`,
        fixes: added.check ? fixesFor(change, added, context) : [],
      };
    },
  },
};

interface Added {
  /** The domain as written, schema and quotes included, and its bare name. */
  readonly written: string;
  readonly domain: string;
  /** The name of the constraint as written. */
  readonly name?: string;
  /** The CHECK with its condition; absent of a NOT NULL, which can't be NOT VALID. */
  readonly check?: string;
}

/** What `ALTER DOMAIN` adds, if all values that there are must be read for it. */
function addedTo({ text }: Statement): Added | undefined {
  const tokens = sqlTokens(text);
  const at = tokens.findIndex((token, i) => i > 2 && token.depth === 0 && isWord(token, 'ADD', 'SET'));
  const domain = namedBy(tokens[at - 1]);
  if (at < 0 || domain === undefined) return undefined;
  const written = text.slice(tokens[2]?.start, tokens[at - 1]?.end);
  if (isWord(tokens[at], 'SET')) return isWord(tokens[at + 1], 'NOT') ? { written, domain } : undefined;
  if (isWord(tokens.at(-1), 'VALID') && isWord(tokens.at(-2), 'NOT')) return undefined;
  const named = isWord(tokens[at + 1], 'CONSTRAINT') ? tokens[at + 2] : undefined;
  const body = tokens[at + (named ? 3 : 1)];
  const check = isWord(body, 'CHECK') ? { check: text.slice(body?.start) } : {};
  return { written, domain, ...(named && { name: named.text }), ...check };
}

function namedBy(token: SqlToken | undefined): string | undefined {
  return token && nameIn(token);
}

/** The migration itself has created the domain. */
function isMadeHere({ domain }: Added, { migration, position }: Statement): boolean {
  return migration.statements.some((earlier) => earlier.position < position && createdBy(earlier) === domain);
}

function createdBy({ node, text }: Statement): string | undefined {
  if (node !== 'CreateDomainStmt') return undefined;
  const tokens = sqlTokens(text);
  return namedBy(tokens[tokens[3]?.text === '.' ? 4 : 2]);
}

/** The tables that use the domain, in words; undefined where none is known to hold rows. */
function usersOf(domain: string, schema: Schema, statement: Statement): string | undefined {
  const tables = schema.tables.filter((table) => table.span.file !== statement.migration.file && uses(table, domain));
  const [first, second, third] = tables.map(({ name }) => `\`${name}\``);
  if (first !== undefined) {
    if (second === undefined) return `all of ${first}`;
    return third === undefined ? `all of ${first} and ${second}` : `all of ${first}, ${second} and every other table that uses \`${domain}\``;
  }
  // What uses a domain of this history was made in it as well.
  const own = schema.completeHistory ?? schema.migrations.some(({ statements }) => statements.some((each) => createdBy(each) === domain));
  return own && !isPartOfType(domain, schema) ? undefined : `every table that uses \`${domain}\``;
}

function uses({ columns, objectKind }: Table, domain: string): boolean {
  return objectKind === 'table' && columns.some(({ type }) => sqlTokens(type.raw).some((token) => nameIn(token) === domain));
}

/** Whether another type is made of it, whose users the columns don't tell. */
function isPartOfType(domain: string, { migrations }: Schema): boolean {
  return migrations.some(({ statements }) =>
    statements.some((each) => {
      const type = each.node === 'CompositeTypeStmt' || (each.node === 'CreateDomainStmt' && createdBy(each) !== domain);
      return type && sqlTokens(each.text).some((token) => nameIn(token) === domain);
    }),
  );
}

function later({ statement }: Change): string {
  return statement.migration.transaction === 'all' ? 'in a later deploy' : 'in a later transaction';
}

function fixesFor(change: Change, { written, domain, name, check = '' }: Added, { schema }: Context): Fix[] {
  const { statement } = change;
  const constraint = name ?? quoted(freeName(`${domain.slice(0, 55)}_valid`, schema), written.includes('"'));
  const add = `ALTER DOMAIN ${written} ADD CONSTRAINT ${constraint}`;
  const validate = `ALTER DOMAIN ${written} VALIDATE CONSTRAINT ${constraint};`;
  const steps = [
    { name: `promise_${stepName(domain)}`, statements: [`${inCaseOf(statement.text, add)} ${check}${inCaseOf(statement.text, ' NOT VALID;')}`] },
    { name: `validate_${stepName(domain)}`, statements: [inCaseOf(statement.text, validate)] },
  ];
  return splitFixes(change, steps, { title: 'Add it as NOT VALID, then validate it', kind: 'review' });
}

/** A name that no statement of the history has. */
function freeName(name: string, { migrations }: Schema): string {
  const text = migrations.flatMap(({ statements }) => statements.map((each) => each.text)).join('\n');
  let free = name;
  for (let number = 2; text.includes(free); number++) free = `${name}${number}`;
  return free;
}
