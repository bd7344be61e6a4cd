// Limits how long a statement waits for its locks.
import type { Edit } from '../../../text/edit';
import type { IntentOf } from '../../../model/intents';
import type { WriteContext } from '../../language';
import { fileOf, inCaseOf, insertAfter, insertBefore } from './text';

/** Long enough to get past short queries, short enough for those that queue up behind. */
const LIMIT = "'5s'";

export function limitWait({ statement, until }: IntentOf<'limitWait'>, context: WriteContext): readonly Edit[] | undefined {
  const parsed = fileOf(context, statement.span);
  if (!parsed) return undefined;
  const { migration, text, span } = statement;
  const set = inCaseOf(text, until ? 'SET' : 'SET LOCAL');
  const before = insertBefore(context, parsed, span.start, [`${set} lock_timeout = ${LIMIT};`]);
  if (!until) return [before];
  // A connection may serve others afterwards. Prisma's splitter doesn't read RESET in every version.
  const back = migration.runner === 'prisma' ? `${set} lock_timeout = ${inCaseOf(text, 'DEFAULT')};` : `${inCaseOf(text, 'RESET')} lock_timeout;`;
  return [before, insertAfter(context, parsed, until.span.end, [back])];
}
