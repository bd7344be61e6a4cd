// The editor's settings, read from whatever a client sends: each key is checked, and what doesn't fit is left out.
import type { Configuration, RuleSetting } from '../linter/settings';

export interface EditorSettings {
  readonly enable: boolean;
  /** Show the lock of each statement at its end. */
  readonly lockHints: boolean;
  readonly configuration: Configuration;
}

/** The `schemaBible` section. */
export function readSettings(section: unknown): EditorSettings {
  const { enable, profile, rules, migrations, postgresVersion, ignore, inlayHints } = record(section);
  const lint = record(migrations)['lint'];
  const version = typeof postgresVersion === 'string' ? Number.parseInt(postgresVersion, 10) : postgresVersion;
  return {
    enable: enable !== false,
    lockHints: record(inlayHints)['locks'] === true,
    configuration: {
      ...((profile === 'recommended' || profile === 'strict' || profile === 'minimal') && { profile }),
      ...(Array.isArray(ignore) && { ignore: ignore.filter((glob) => typeof glob === 'string' && glob !== '') }),
      ...(isRecord(rules) && { rules: readRules(rules) }),
      ...((lint === 'new' || lint === 'all') && { migrations: { lint } }),
      ...(typeof version === 'number' && Number.isInteger(version) && version > 0 && { postgresVersion: version }),
    },
  };
}

function readRules(rules: Readonly<Record<string, unknown>>): Record<string, RuleSetting> {
  const read: Record<string, RuleSetting> = {};
  for (const [id, value] of Object.entries(rules)) {
    if (isSeverity(value)) read[id] = value;
    else if (isRecord(value)) {
      const { severity, options } = value;
      read[id] = { ...(isSeverity(severity) && { severity }), ...(isRecord(options) && { options }) };
    }
  }
  return read;
}

function isSeverity(value: unknown): value is Extract<RuleSetting, string> {
  return value === 'error' || value === 'warning' || value === 'info' || value === 'hint' || value === 'off';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}
