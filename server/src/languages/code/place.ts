// Where a call stands: the functions around it, the transaction that it runs in, the client that it is made on.
import type { ts } from 'ts-morph';
import type { CodePlace, CodeTransaction, RawSql } from '../../model/queries';
import type { Span } from '../../text/span';
import { innerBinding } from '../typescript/bindings';
import { compiler } from '../typescript/compiler';
import { isFunction, memberOf, propertyName } from '../typescript/syntax';
import { awaited, calleeName, lastName, spelled } from './chain';
import { makersOf, makesClient, type Environment } from './environment';
import { readObject, valueOf } from './values';

/** A transaction that is still being read. */
interface Open extends CodeTransaction {
  readonly sql: RawSql[];
}

const CLIENT = /prisma|database|drizzle|^(?:tx|trx|transaction)$|^db(?=$|[A-Z_])|Db(?=$|[A-Z_])|DB|_db$/;
const HANDED_OVER = /^(?:tx|trx)$|(?:^|[a-z])T(?:x|rx)$|^transaction(?:Client)?$/;

/** Finds places in one statement; calls in one transaction share it. */
export class Places {
  readonly #transactions = new Map<ts.Node, Open>();

  constructor(
    private readonly environment: Environment,
    private readonly span: (node: ts.Node) => Span,
  ) {}

  /** Whether an expression is, by its name or its origin, a client of the database. */
  isClient(node: ts.Node): boolean {
    const name = lastName(node);
    if (name === undefined) return false;
    return CLIENT.test(name) || /prisma/i.test(name) || makesClient(this.#madeBy(node)) || this.#isTransactionParameter(awaited(node));
  }

  of(call: ts.Node, client: ts.Node): CodePlace {
    const functions: string[] = [];
    const handedTo: string[] = [];
    let transaction: Open | undefined;
    for (let node = call; node.parent; node = node.parent) {
      const { parent } = node;
      if (isFunction(parent)) {
        const name = functionName(parent);
        if (name !== undefined) functions.push(name);
      } else if (compiler.isCallExpression(parent) && parent.expression !== node) {
        const name = calleeName(parent);
        if (name !== undefined) handedTo.push(name);
        if (opensTransaction(parent)) transaction ??= this.#transaction(parent);
      }
    }
    const name = lastName(client) ?? '';
    return {
      client: spelled(client),
      madeBy: this.#madeBy(client) ?? [],
      functions,
      handedTo,
      ...(transaction && { transaction }),
      inTransaction: transaction !== undefined || HANDED_OVER.test(name),
    };
  }

  /** Notes what runs in the transaction of its place. */
  note(sql: RawSql): void {
    const { transaction } = sql.place;
    for (const open of this.#transactions.values()) if (open === transaction) open.sql.push(sql);
  }

  #transaction(call: ts.CallExpression): Open {
    const known = this.#transactions.get(call);
    if (known) return known;
    const options = call.arguments[1] ? readObject(call.arguments[1]) : undefined;
    const level = options && valueOf(options, 'isolationLevel');
    const written = level && (compiler.isStringLiteralLike(level) ? level.text : memberOf(level)?.name);
    const isolation = written?.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
    const open: Open = { span: this.span(call), ...(isolation !== undefined && { isolation }), sql: [] };
    this.#transactions.set(call, open);
    return open;
  }

  #madeBy(client: ts.Node): readonly string[] | undefined {
    const node = awaited(client);
    if (compiler.isCallExpression(node)) {
      const name = calleeName(node);
      return name === undefined ? undefined : [name];
    }
    if (!compiler.isIdentifier(node)) return undefined;
    const binding = innerBinding(node);
    if (!binding) return this.environment.madeBy.get(node.text);
    return 'declaration' in binding && compiler.isVariableDeclaration(binding.declaration) ? makersOf(binding.declaration) : undefined;
  }

  #isTransactionParameter(node: ts.Node): boolean {
    if (!compiler.isIdentifier(node)) return false;
    const binding = innerBinding(node);
    if (!binding || !('fn' in binding) || binding.parameter.index !== 0) return false;
    const { parent } = binding.fn;
    return compiler.isCallExpression(parent) && opensTransaction(parent);
  }
}

function opensTransaction(call: ts.CallExpression): boolean {
  const name = calleeName(call);
  return name === '$transaction' || (name === 'transaction' && memberOf(call.expression) !== undefined);
}

/** The name that a function has by itself or by what holds it. */
function functionName(fn: ts.Node): string | undefined {
  if ((compiler.isFunctionDeclaration(fn) || compiler.isFunctionExpression(fn)) && fn.name) return fn.name.text;
  if (compiler.isMethodDeclaration(fn)) return propertyName(fn.name);
  const { parent } = fn;
  if (compiler.isVariableDeclaration(parent) || compiler.isPropertyAssignment(parent) || compiler.isPropertyDeclaration(parent)) {
    return propertyName(parent.name);
  }
  return undefined;
}
