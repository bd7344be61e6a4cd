// What lowering a block depends on besides its text, and a record of what of it was asked for. A lowered block is good
// for as long as its questions have the same answers.
import type { Dialect } from '../../../model/nodes';
import { readDatasource, type Setting } from '../datasource';
import type { PrismaParsed } from '../parse/parse';
import { declaredBy, type Declared } from './declared';

/** Everything that the blocks of one schema know of each other. */
export interface Environment {
  readonly dialect: Dialect;
  readonly emulatedRelations: boolean;
  readonly provider?: Setting;
  readonly names: ReadonlyMap<string, Declared>;
}

const DIALECTS: Readonly<Record<string, Dialect>> = {
  postgresql: 'postgresql',
  postgres: 'postgresql',
  cockroachdb: 'cockroachdb',
  mysql: 'mysql',
  sqlite: 'sqlite',
  sqlserver: 'sqlserver',
  mongodb: 'mongodb',
};

export function environmentOf(files: readonly PrismaParsed[]): Environment {
  const names = new Map<string, Declared>();
  for (const { chunks } of files) {
    for (const chunk of chunks) {
      const declared = declaredBy(chunk);
      // Prisma refuses a name that is declared twice; the first one keeps its meaning meanwhile.
      if (declared && chunk.block && !names.has(chunk.block.name)) names.set(chunk.block.name, declared);
    }
  }
  let datasource: ReturnType<typeof readDatasource>;
  for (const file of files) datasource ??= readDatasource(file);
  return {
    dialect: datasource ? (DIALECTS[datasource.provider?.value ?? ''] ?? 'unknown') : 'postgresql',
    emulatedRelations: datasource?.relationMode?.value === 'prisma',
    ...(datasource?.provider && { provider: datasource.provider }),
    names,
  };
}

export interface Question {
  readonly name: string;
  readonly field?: string;
  readonly answer: string | undefined;
}

/** The environment as one block asks it. */
export class Neighbours {
  readonly questions: Question[] = [];

  constructor(private readonly environment: Environment) {}

  get dialect(): Dialect {
    return this.environment.dialect;
  }

  /** What is declared by that name. */
  find(name: string): Declared | undefined {
    const declared = this.environment.names.get(name);
    this.questions.push({ name, answer: declared?.signature });
    return declared;
  }

  /** Database name of a field of another model. */
  column(name: string, field: string): string {
    const answer = this.environment.names.get(name)?.columns.get(field);
    this.questions.push({ name, field, answer });
    return answer ?? field;
  }
}

/** Whether everything that was asked still has the same answer. */
export function stillHolds(questions: readonly Question[], { names }: Environment): boolean {
  for (const question of questions) {
    const declared = names.get(question.name);
    const answer = question.field === undefined ? declared?.signature : declared?.columns.get(question.field);
    if (answer !== question.answer) return false;
  }
  return true;
}
