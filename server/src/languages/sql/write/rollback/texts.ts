// Objects that the model has no node for (functions, triggers, extensions, sequences, domains, comments): who they are,
// and the texts that made them as they are at a moment of the history.
import type { Node, ObjectType, TypeName } from 'libpg-query';
import { qualified, type Spelling } from '../../../../model/ddl';
import type { TableName } from '../../../../model/nodes';
import { itemsOf, nameOf, relationName, stringOf, stringsOf } from '../../lower/names';
import { parseOne } from '../../parse/parser';

/** An object that is known by its text. */
export interface TextObject {
  /** The same for the statement that makes it and the one that drops it. */
  readonly key: string;
  /** Behind DROP: `FUNCTION total(int4)`, `TRIGGER stamp ON posts`. */
  readonly drop: string;
  /** The table whose drop takes it along. */
  readonly table?: TableName;
}

interface Kept {
  readonly object: TextObject;
  /** What made it and what altered it, in order. */
  readonly texts: readonly string[];
  /** Its table has another name by now than in the texts. */
  readonly renamed?: true;
}

const SPELLING: Spelling = { quoteAll: false };
const named = (name: TableName): string => qualified(name, SPELLING);

/** The parse tree of one statement. */
export function treeOf(text: string): Node | undefined {
  const outcome = parseOne(text);
  return outcome.ok ? outcome.node : undefined;
}

/** What the statement makes, or makes anew; undefined where that is no object of this kind. */
export function madeBy(node: Node): TextObject | undefined {
  if ('CreateFunctionStmt' in node) {
    const { funcname, parameters, is_procedure: isProcedure } = node.CreateFunctionStmt;
    return routine(isProcedure ? 'PROCEDURE' : 'FUNCTION', nameOf(funcname), inputTypes(parameters));
  }
  if ('CreateTrigStmt' in node) return onTable('TRIGGER', node.CreateTrigStmt.trigname ?? '', relationName(node.CreateTrigStmt.relation));
  if ('RuleStmt' in node) return onTable('RULE', node.RuleStmt.rulename ?? '', relationName(node.RuleStmt.relation));
  if ('CreateExtensionStmt' in node) return plain('EXTENSION', { name: node.CreateExtensionStmt.extname ?? '' });
  if ('CreateSeqStmt' in node) return plain('SEQUENCE', relationName(node.CreateSeqStmt.sequence));
  if ('CreateDomainStmt' in node) return plain('DOMAIN', nameOf(node.CreateDomainStmt.domainname));
  if ('CompositeTypeStmt' in node) return plain('TYPE', relationName(node.CompositeTypeStmt.typevar));
  if ('CreateRangeStmt' in node) return plain('TYPE', nameOf(node.CreateRangeStmt.typeName));
  if ('CreateSchemaStmt' in node) return plain('SCHEMA', { name: node.CreateSchemaStmt.schemaname ?? '' });
  if ('CreateStatsStmt' in node) return plain('STATISTICS', nameOf(node.CreateStatsStmt.defnames));
  if ('CreatePublicationStmt' in node) return plain('PUBLICATION', { name: node.CreatePublicationStmt.pubname ?? '' });
  return undefined;
}

/** What an ALTER changes, whose text then belongs to the object. */
function alteredBy(node: Node): TextObject | undefined {
  if ('AlterSeqStmt' in node) return plain('SEQUENCE', relationName(node.AlterSeqStmt.sequence));
  if ('AlterDomainStmt' in node) return plain('DOMAIN', nameOf(node.AlterDomainStmt.typeName));
  if ('AlterFunctionStmt' in node) {
    const { func } = node.AlterFunctionStmt;
    return routine('FUNCTION', nameOf(func?.objname), typesOf(func?.objargs));
  }
  return undefined;
}

/** The objects that a DROP names; empty where it drops what the model has nodes for. */
export function droppedBy(node: Node): readonly TextObject[] {
  if (!('DropStmt' in node)) return [];
  const { removeType, objects = [] } = node.DropStmt;
  return objects.flatMap((object) => dropped(removeType, object) ?? []);
}

function dropped(kind: ObjectType | undefined, object: Node): TextObject | undefined {
  switch (kind) {
    case 'OBJECT_FUNCTION':
    case 'OBJECT_PROCEDURE': {
      if (!('ObjectWithArgs' in object)) return undefined;
      const { objname, objargs, args_unspecified: anyArguments } = object.ObjectWithArgs;
      return routine(kind === 'OBJECT_FUNCTION' ? 'FUNCTION' : 'PROCEDURE', nameOf(objname), anyArguments ? undefined : typesOf(objargs));
    }
    case 'OBJECT_TRIGGER':
    case 'OBJECT_RULE': {
      const parts = itemsOf(object);
      return onTable(kind === 'OBJECT_TRIGGER' ? 'TRIGGER' : 'RULE', stringOf(parts.at(-1)) ?? '', nameOf(parts.slice(0, -1)));
    }
    case 'OBJECT_EXTENSION':
      return plain('EXTENSION', { name: stringOf(object) ?? '' });
    case 'OBJECT_SCHEMA':
      return plain('SCHEMA', { name: stringOf(object) ?? '' });
    case 'OBJECT_PUBLICATION':
      return plain('PUBLICATION', { name: stringOf(object) ?? '' });
    case 'OBJECT_SEQUENCE':
      return plain('SEQUENCE', nameOf(itemsOf(object)));
    case 'OBJECT_STATISTIC_EXT':
      return plain('STATISTICS', nameOf(itemsOf(object)));
    case 'OBJECT_DOMAIN':
    case 'OBJECT_TYPE':
      return 'TypeName' in object ? plain(kind === 'OBJECT_TYPE' ? 'TYPE' : 'DOMAIN', nameOf(object.TypeName.names)) : undefined;
    default:
      return undefined;
  }
}

function plain(kind: string, name: TableName): TextObject {
  return { key: `${kind} ${keyOf(name)}`, drop: `${kind} ${named(name)}` };
}

function onTable(kind: string, name: string, table: TableName): TextObject {
  return { key: `${kind} ${name} ON ${keyOf(table)}`, drop: `${kind} ${named({ name })} ON ${named(table)}`, table };
}

function routine(kind: string, name: TableName, types: readonly string[] | undefined): TextObject {
  const own = `${kind} ${named(name)}`;
  // A drop without a list of types means the only one of that name.
  return { key: `${kind} ${keyOf(name)}${types ? `(${types.join(', ')})` : '('}`, drop: types ? `${own}(${types.join(', ')})` : own };
}

function keyOf({ name, schema }: TableName): string {
  return `${schema ?? 'public'}.${name}`;
}

function inputTypes(parameters: readonly Node[] | undefined): string[] {
  return (parameters ?? []).flatMap((node) => {
    if (!('FunctionParameter' in node)) return [];
    const { mode, argType } = node.FunctionParameter;
    return mode === 'FUNC_PARAM_OUT' || mode === 'FUNC_PARAM_TABLE' ? [] : [typeText(argType)];
  });
}

function typesOf(nodes: readonly Node[] | undefined): string[] {
  return (nodes ?? []).flatMap((node) => ('TypeName' in node ? [typeText(node.TypeName)] : []));
}

/** A type's name without the schema of the built-in ones. */
function typeText(type: TypeName | undefined): string {
  const [first, ...rest] = stringsOf(type?.names);
  const names = first === 'pg_catalog' ? rest : [...(first === undefined ? [] : [first]), ...rest];
  return names.map((name) => named({ name })).join('.') + '[]'.repeat(type?.arrayBounds?.length ?? 0);
}

/** The objects that are there at one moment, with their texts. */
export class TextObjects {
  readonly #live = new Map<string, Kept>();

  find({ key }: TextObject): Kept | undefined {
    const exact = this.#live.get(key);
    if (exact || !key.endsWith('(')) return exact;
    const same = [...this.#live.values()].filter(({ object }) => object.key.startsWith(key));
    return same.length === 1 ? same[0] : undefined;
  }

  /** Those that go with a table. */
  of(table: TableName): Kept[] {
    return [...this.#live.values()].filter(({ object }) => object.table && keyOf(object.table) === keyOf(table));
  }

  /** Those whose text holds the name. */
  naming(name: string): Kept[] {
    return [...this.#live.values()].filter(({ texts }) => texts.some((text) => text.includes(name)));
  }

  /** Takes note of what a statement makes, changes and drops. */
  apply(text: string, node: Node): void {
    const made = madeBy(node);
    if (made) {
      if (!skipsExisting(node) || !this.#live.has(made.key)) this.#live.set(made.key, { object: made, texts: [text] });
      return;
    }
    const altered = alteredBy(node);
    const known = altered && this.#live.get(altered.key);
    if (known) this.#live.set(known.object.key, { ...known, texts: [...known.texts, text] });
    for (const object of droppedBy(node)) {
      const gone = this.find(object);
      if (gone) this.#live.delete(gone.object.key);
    }
    if (cascades(node)) this.#cascade(node);
  }

  /** What is on a table stays on it under its new name. */
  renameTable(table: TableName, newName: string): void {
    for (const kept of this.of(table)) {
      this.#live.delete(kept.object.key);
      const renamed = { ...table, name: newName };
      const object = { ...kept.object, key: kept.object.key.replace(/ ON .*$/, ` ON ${keyOf(renamed)}`), table: renamed };
      this.#live.set(object.key, { ...kept, object, renamed: true });
    }
  }

  /** A table that is gone has no triggers. */
  dropTable(table: TableName): void {
    for (const { object } of this.of(table)) this.#live.delete(object.key);
  }

  #cascade(node: Node): void {
    for (const { object } of droppedBy(node).flatMap((gone) => this.dependents(gone))) this.#live.delete(object.key);
  }

  /** The triggers that call a function. */
  dependents({ key }: TextObject): Kept[] {
    const name = /^FUNCTION [^.]*\.([^(]*)\(/.exec(key)?.[1];
    if (name === undefined) return [];
    return [...this.#live.values()].filter(({ object, texts }) => object.key.startsWith('TRIGGER ') && texts.some((text) => new RegExp(`\\b${name.replaceAll(/\W/g, '\\$&')}\\b\\W*\\(`).test(text)));
  }
}

/** IF NOT EXISTS leaves what is there. */
export function skipsExisting(node: Node): boolean {
  if ('CreateExtensionStmt' in node) return node.CreateExtensionStmt.if_not_exists ?? false;
  if ('CreateSeqStmt' in node) return node.CreateSeqStmt.if_not_exists ?? false;
  if ('CreateSchemaStmt' in node) return node.CreateSchemaStmt.if_not_exists ?? false;
  return 'CreateStatsStmt' in node && (node.CreateStatsStmt.if_not_exists ?? false);
}

export function cascades(node: Node): boolean {
  return 'DropStmt' in node && node.DropStmt.behavior === 'DROP_CASCADE';
}

