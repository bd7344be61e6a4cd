// Settings that application code leaves on a pooled connection.
import type { Finding } from '../../linter/rule';
import type { RawSql } from '../../model/queries';
import { isScript } from '../../model/scripts';
import { resets, sessionSettings } from '../../model/session-settings';
import { partOf } from '../../text/span';

export function* inCode(sql: RawSql): Generator<Finding> {
  if (!/\bset/i.test(sql.text) || isScript(sql.span.file) || isOwnConnection(sql)) return;
  for (const setting of sessionSettings(sql.text)) {
    const { name, start, end, local } = setting;
    if (sql.alongside.some((other) => resets(other.text, name))) continue;
    const { inTransaction } = sql.place;
    yield {
      at: partOf(sql.textSpan, start, end),
      message: `\`${name}\` stays set on the connection after this request, and the next one that gets it from the pool runs with that value.`,
      help: inTransaction ? 'Set it for the transaction only.' : `Set it by \`set_config('${name}', …, true)\` in the transaction that needs it.`,
      // Outside of a transaction it would be gone before the next query.
      ...(inTransaction && {
        fixes: [
          {
            title: `Set \`${name}\` for the transaction only`,
            kind: 'review',
            preferred: true,
            intent: () => {
              const at = partOf(sql.textSpan, local.start, local.end);
              return { do: 'replaceText', edits: [{ file: at.file, start: at.start, end: at.end, newText: local.newText }] };
            },
          },
        ],
      }),
    };
  }
}

/** A client that isn't a pool's ends with the code that made it. */
function isOwnConnection({ place: { madeBy } }: RawSql): boolean {
  return madeBy.includes('Client');
}
