// What is known about the surroundings of a schema: versions, dependencies, history.

export interface Version {
  readonly major: number;
  readonly minor: number;
}

/** A second description of a database, in another ORM's language. */
export interface OtherSchema {
  /** The ORM of this schema, and that of the other one. */
  readonly own: string;
  readonly other: string;
  /** A file of the other one, as people would call it. */
  readonly file: string;
}

export interface Facts {
  /** Major version of PostgreSQL, from the configuration; absent when unknown. */
  readonly postgresVersion?: number;
  /** Installed or required version of Prisma, from the nearest lock file, node_modules or package.json. */
  readonly prismaVersion?: Version;
  readonly drizzleVersion?: Version;
  /** How Drizzle's configuration has the names of columns made that their author doesn't write. */
  readonly drizzleCasing?: 'snake_case' | 'camelCase';
  /** The other schema of this database, where two ORMs describe it and this is the one to speak of it. */
  readonly otherSchema?: OtherSchema;
  /** Of an ORM's schema: `table.column` of what its migrations name in a CHECK, which the schema itself may not know. */
  readonly checked?: ReadonlySet<string>;
  /** Names in the dependencies and devDependencies of the nearest package.json. */
  readonly dependencies: ReadonlySet<string>;
  /** The schema has a migration, or a script pushes it into a database, so its tables may hold rows. */
  readonly hasMigrations: boolean;
  /** A script compares the schema with a database and changes that at once, without migrations. */
  readonly pushes?: boolean;
}

/** Facts of a file that nothing is known about. */
export const noFacts: Facts = { dependencies: new Set(), hasMigrations: false };

/** Whether a known version is at least `major.minor`; unknown versions are `undefined`. */
export function atLeast(version: Version | undefined, major: number, minor = 0): boolean | undefined {
  if (!version) return undefined;
  return version.major > major || (version.major === major && version.minor >= minor);
}
