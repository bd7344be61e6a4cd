// Reads values of JSON files, comments and trailing commas forgiven, without trusting their shape.
import { parse } from 'jsonc-parser';

export type JsonObject = Readonly<Record<string, unknown>>;

/** The file's value as far as it can be read; an empty object where it isn't one. */
export function readObject(text: string | undefined): JsonObject {
  if (text === undefined) return {};
  return asObject(strictValue(text) ?? parse(text, [], { allowTrailingComma: true }));
}

/** The value of a text without comments and mistakes, read many times as fast; undefined for any other. */
export function strictValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function asString(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The strings of a list, or the one string in place of a list. */
export function asStrings(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
