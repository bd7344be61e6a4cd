// What the user decided: profile, severities, options. Resolved here from plain data; reading files is the project's task.
import type { RegisteredRule, Severity } from './rule';

export type Profile = 'recommended' | 'strict' | 'minimal';

export type RuleSetting =
  | Severity
  | 'off'
  | { readonly severity?: Severity | 'off'; readonly options?: Readonly<Record<string, unknown>> };

/** The contents of `schema-bible.json`; the editor's settings have the same shape. */
export interface Configuration {
  readonly profile?: Profile;
  readonly rules?: Readonly<Record<string, RuleSetting>>;
  readonly migrations?: {
    /** `new` hides the findings of migrations that the main branch already has. */
    readonly lint?: 'new' | 'all';
  };
  /** Major version of PostgreSQL in production. */
  readonly postgresVersion?: number;
  /** Globs, relative to the file's folder, of files to leave alone. */
  readonly ignore?: readonly string[];
}

/** How one rule runs. */
export interface ResolvedRule {
  readonly severity: Severity | 'off';
  readonly options: Readonly<Record<string, unknown>>;
}

export interface Settings {
  readonly rules: ReadonlyMap<string, ResolvedRule>;
  readonly lintAllMigrations: boolean;
  readonly postgresVersion?: number;
}

/** Later configurations win over earlier ones, key by key. */
export function resolveSettings(registry: readonly RegisteredRule[], ...configurations: readonly Configuration[]): Settings {
  let profile: Profile = 'recommended';
  let lintAllMigrations = false;
  let postgresVersion: number | undefined;
  for (const configuration of configurations) {
    profile = configuration.profile ?? profile;
    postgresVersion = configuration.postgresVersion ?? postgresVersion;
    if (configuration.migrations?.lint) lintAllMigrations = configuration.migrations.lint === 'all';
  }
  const rules = new Map<string, ResolvedRule>();
  for (const { rule } of registry) {
    let severity = profileSeverity(profile, rule.meta.severity);
    const options: Record<string, unknown> = {};
    const schema: Readonly<Record<string, { readonly default: unknown }>> = rule.meta.options ?? {};
    for (const [key, option] of Object.entries(schema)) options[key] = option.default;
    for (const configuration of configurations) {
      const setting = configuration.rules?.[rule.id];
      if (setting === undefined) continue;
      if (typeof setting === 'string') severity = setting;
      else {
        severity = setting.severity ?? severity;
        for (const [key, value] of Object.entries(setting.options ?? {})) {
          const option = schema[key];
          if (option && fitsOption(value, option.default)) options[key] = value;
        }
      }
    }
    rules.set(rule.id, { severity, options });
  }
  return { rules, lintAllMigrations, ...(postgresVersion !== undefined && { postgresVersion }) };
}

function profileSeverity(profile: Profile, severity: Severity | 'off'): Severity | 'off' {
  if (profile === 'strict') return severity === 'off' ? 'info' : severity;
  if (profile === 'minimal') return severity === 'error' ? 'error' : 'off';
  return severity;
}

/** Whether a value may stand for an option with this default: lists hold texts. */
export function fitsOption(value: unknown, byDefault: unknown): boolean {
  if (Array.isArray(byDefault)) return Array.isArray(value) && value.every((element) => typeof element === 'string');
  return typeof value === typeof byDefault && value !== null && !Array.isArray(value);
}
