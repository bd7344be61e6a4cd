// What TypeScript needs to know of the installer of packages to compare with.
export function installPackages(packages: Readonly<Record<string, string>>, what: string): string;
