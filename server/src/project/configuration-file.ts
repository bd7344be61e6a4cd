// Reads one schema-bible.json: what can be understood is used, every mistake is reported where it stands.
import { getNodeValue, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import type { RegisteredRule } from '../linter/rule';
import { fitsOption, type Configuration, type Profile, type RuleSetting } from '../linter/settings';
import type { Severity } from '../linter/rule';
import { nearestWord } from '../model/nearest-word';
import type { ConfigurationProblem } from './unit';

export interface ReadConfiguration {
  readonly configuration: Configuration;
  readonly problems: readonly ConfigurationProblem[];
}

const KEYS = ['$schema', 'profile', 'rules', 'migrations', 'postgresVersion', 'ignore'];
const PROFILES: readonly Profile[] = ['recommended', 'strict', 'minimal'];
const SEVERITIES: readonly (Severity | 'off')[] = ['error', 'warning', 'info', 'hint', 'off'];

/** What the text says. Never throws: a part that is wrong is reported and left out. */
export function readConfiguration(path: string, text: string, registry: readonly RegisteredRule[]): ReadConfiguration {
  return new Reader(path, registry).read(text);
}

class Reader {
  readonly #problems: ConfigurationProblem[] = [];

  constructor(
    private readonly path: string,
    private readonly registry: readonly RegisteredRule[],
  ) {}

  read(text: string): ReadConfiguration {
    const errors: ParseError[] = [];
    const root = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
    // The other mistakes follow from the first one.
    const [first] = errors;
    if (first) this.#report(`This is not valid JSON: ${words(printParseErrorCode(first.error))}.`, first);
    if (!root) return { configuration: {}, problems: this.#problems };
    if (root.type !== 'object') {
      this.#report('The configuration must be an object.', root);
      return { configuration: {}, problems: this.#problems };
    }
    return { configuration: this.#configuration(root), problems: this.#problems };
  }

  #configuration(root: Node): Configuration {
    const values = this.#members(root, KEYS);
    const profile = this.#oneOf(values.get('profile'), PROFILES, 'profile');
    const postgresVersion = this.#version(values.get('postgresVersion'));
    const ignore = this.#globs(values.get('ignore'));
    const rules = this.#rules(values.get('rules'));
    const migrations = values.get('migrations');
    const lint = migrations && this.#object(migrations, 'migrations')
      ? this.#oneOf(this.#members(migrations, ['lint']).get('lint'), ['new', 'all'] as const, 'migrations.lint')
      : undefined;
    return {
      ...(profile && { profile }),
      ...(postgresVersion !== undefined && { postgresVersion }),
      ...(ignore && { ignore }),
      ...(rules && { rules }),
      ...(lint && { migrations: { lint } }),
    };
  }

  #rules(node: Node | undefined): Record<string, RuleSetting> | undefined {
    if (!node || !this.#object(node, 'rules')) return undefined;
    const rules: Record<string, RuleSetting> = {};
    const ids = this.registry.map(({ rule }) => rule.id);
    for (const [id, value] of this.#members(node, ids, 'There is no rule')) {
      const setting = this.#rule(id, value);
      if (setting !== undefined) rules[id] = setting;
    }
    return rules;
  }

  #rule(id: string, node: Node): RuleSetting | undefined {
    if (node.type !== 'object') return this.#oneOf(node, SEVERITIES, `rules.${id}`);
    const values = this.#members(node, ['severity', 'options']);
    const severity = this.#oneOf(values.get('severity'), SEVERITIES, `rules.${id}.severity`);
    const options = this.#options(id, values.get('options'));
    return { ...(severity && { severity }), ...(options && { options }) };
  }

  #options(id: string, node: Node | undefined): Record<string, unknown> | undefined {
    if (!node || !this.#object(node, `rules.${id}.options`)) return undefined;
    const schema: Readonly<Record<string, { readonly default: unknown }>> =
      this.registry.find(({ rule }) => rule.id === id)?.rule.meta.options ?? {};
    const options: Record<string, unknown> = {};
    for (const [key, value] of this.#members(node, Object.keys(schema), `\`${id}\` has no option`)) {
      const byDefault = schema[key]?.default;
      if (!fitsOption(getNodeValue(value), byDefault)) this.#report(`\`${key}\` must be ${article(kindOf(byDefault))}.`, value);
      else options[key] = getNodeValue(value);
    }
    return options;
  }

  /** The members of an object by key; unknown keys are reported and left out. */
  #members(node: Node, known: readonly string[], denial = 'There is no setting'): Map<string, Node> {
    const members = new Map<string, Node>();
    for (const property of node.children ?? []) {
      const [key, value] = property.children ?? [];
      if (!key || !value) continue;
      const name = String(key.value);
      if (known.includes(name)) members.set(name, value);
      else this.#unknown(name, known, denial, key);
    }
    return members;
  }

  #unknown(name: string, known: readonly string[], denial: string, at: Node): void {
    const meant = nearestWord(name, known);
    this.#report(meant === undefined ? `${denial} \`${name}\`.` : `${denial} \`${name}\`; did you mean \`${meant}\`?`, at);
  }

  #oneOf<T extends string>(node: Node | undefined, values: readonly T[], key: string): T | undefined {
    if (!node) return undefined;
    const found = values.find((value) => value === node.value);
    if (found === undefined) {
      const list = values.map((value) => `\`${value}\``).join(', ').replace(/, (?=[^,]*$)/, ' or ');
      this.#report(`\`${key}\` must be ${list}.`, node);
    }
    return found;
  }

  #version(node: Node | undefined): number | undefined {
    if (!node) return undefined;
    const value: unknown = node.value;
    if (typeof value === 'number' && Number.isInteger(value) && value >= 9 && value < 100) return value;
    this.#report('`postgresVersion` must be the number of a major version, such as 16.', node);
    return undefined;
  }

  #globs(node: Node | undefined): string[] | undefined {
    if (!node) return undefined;
    if (node.type !== 'array') {
      this.#report('`ignore` must be a list of globs.', node);
      return undefined;
    }
    return (node.children ?? []).flatMap((child) => {
      const value: unknown = child.value;
      if (typeof value === 'string' && value !== '') return [value];
      this.#report('A glob must be a text.', child);
      return [];
    });
  }

  #object(node: Node, key: string): boolean {
    if (node.type === 'object') return true;
    this.#report(`\`${key}\` must be an object.`, node);
    return false;
  }

  #report(message: string, { offset, length }: { readonly offset: number; readonly length: number }): void {
    this.#problems.push({ path: this.path, message, start: offset, end: offset + length });
  }
}

/** `PropertyNameExpected` as words. */
function words(code: string): string {
  return code.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'list' : typeof value;
}

function article(kind: string): string {
  if (kind === 'boolean') return '`true` or `false`';
  if (kind === 'list') return 'a list of texts';
  return kind === 'string' ? 'a text' : kind === 'object' ? 'an object' : `a ${kind}`;
}
