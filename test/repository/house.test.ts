// House rules that a reader should never have to remind anybody of.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, sources } from './files';

const files = ['server/src', 'client/src', 'scripts', 'test'].flatMap(sources).filter((path) => !/\/(?:fixtures|rich|bible|workspace)\//.test(path));

function failing(test: (text: string, path: string) => boolean, among: readonly string[] = files): string[] {
  return among.filter((path) => test(readFileSync(join(root, path), 'utf8'), path));
}

describe('house rules', () => {
  it('every file opens with a comment that says what it is for', () => {
    assert.deepEqual(failing((text) => !/^(?:\/\/ \S|\/\*\*? ?\S|\/\*\*\n \* \S|#!.*\n\/\/ \S)/.test(text)), []);
  });

  it('no file has 300 lines or more, generated ones excepted', () => {
    // A list of cases is read one case at a time, so tests may be longer.
    const own = files.filter((path) => !/\.(?:generated|test)\./.test(path));
    assert.deepEqual(failing((text) => text.split('\n').length > 300, own), []);
  });

  it('no test is left out or alone', () => {
    assert.deepEqual(failing((text) => /\b(?:it|describe)\.(?:only|skip)\(|\bthis\.skip\(/.test(text), sources('test').filter((path) => path !== 'test/repository/house.test.ts')), []);
  });

  it('no `any`, no suppressed type error, no non-null assertion in the server', () => {
    const own = sources('server/src').filter((path) => !path.includes('.generated.'));
    assert.deepEqual(failing((text) => /:\s*any\b|<any>|as any\b/.test(withoutStrings(text)) || /@ts-(?:ignore|nocheck|expect-error)/.test(text), own), []);
    assert.deepEqual(failing((text) => /[\w)\]]!(?:\.|\[|;|,|\))/.test(withoutStrings(text)), own), []);
  });

  it('casts stand only where a parser hands its output over, and where a table is looked up by its key', () => {
    const own = sources('server/src').filter((path) => !/\.generated\.|\/languages\/(?:prisma|drizzle|sql|typescript|code)\/|\/(?:linter\/run|ide\/fixes)\.ts$/.test(path));
    assert.deepEqual(failing((text) => /[^*{,\s]\s+as (?!const\b)[A-Za-z(]/.test(withoutImports(withoutStrings(text))), own), []);
  });

  it('comments name no ticket', () => {
    assert.deepEqual(failing((text) => /^\s*(?:\/\/|\*).*\b(?:issue|ticket) #?\d+/im.test(text)), []);
  });
});

function withoutStrings(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`|\/(?![/*\s])(?:[^/\\\n]|\\.)+\/[a-z]*/g, '');
}

function withoutImports(text: string): string {
  return text.replace(/^(?:import|export)\b[^;]*?from[^;]*;/gm, '');
}
