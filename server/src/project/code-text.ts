// What is common to configuration files that are code: they are read as text, for a workspace's code is never run.

/** Blanks out comments; strings stay, as they may hold `//`. */
export function withoutComments(text: string): string {
  return text.replaceAll(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (token) =>
    token.startsWith('/') ? ' ' : token,
  );
}

/** Names of the environment variables that code takes a database's address from. */
export function addressVariables(text: string): Set<string> {
  const found = withoutComments(text).matchAll(/\benv(?:\.|\[\s*["'`]|\(\s*["'`])(\w+)/g);
  return new Set([...found].map(([, name = '']) => name).filter((name) => /URL|URI|DSN|DATABASE|CONNECTION|(?:^|_)(?:DB|PG)(?:_|$)/.test(name)));
}
