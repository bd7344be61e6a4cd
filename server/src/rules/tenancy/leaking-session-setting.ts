// Reports settings that outlive their transaction on a connection that a pool hands on.
import type { Finding, Rule } from '../../linter/rule';
import type { Statement } from '../../model/changes';
import type { Schema } from '../../model/nodes';
import { resets, sessionSettings, type SessionSetting } from '../../model/session-settings';
import { partOf } from '../../text/span';
import { inCode } from './leaking-session-setting.code';

export const leakingSessionSetting: Rule = {
  id: 'leaking-session-setting',
  meta: {
    title: 'A setting stays on a pooled connection for whoever gets it next.',
    severity: 'error',
    fix: 'review',
    dialects: ['postgresql'],
    bible: '§10 L X6',
  },
  visit: {
    *statement(statement, { schema }) {
      if (!maySet(statement)) return;
      for (const setting of sessionSettings(statement.text)) {
        if (statement.node === 'CreateFunctionStmt') {
          if (!isReplaced(statement, schema)) yield inFunction(statement, setting);
        } else if (!isReset(statement, setting)) yield inMigration(statement, setting);
      }
    },
    rawSql: inCode,
  },
};

/** A cheap look before the text is taken apart. */
function maySet({ node, text }: Statement): boolean {
  return node === 'VariableSetStmt' || /\bset_config\b/i.test(text) || ((node === 'CreateFunctionStmt' || node === 'DoStmt') && /\bset\s+(?:session\s+)?\w+\s*\./i.test(text));
}

function inFunction(statement: Statement, setting: SessionSetting): Finding {
  return {
    at: partOf(statement.span, setting.start, setting.end),
    message: `\`${setting.name}\` stays set on the connection when the transaction is over, and the next request that gets it from the pool runs with that value.`,
    help: 'Set it for the transaction only.',
    fixes: [localFix(statement, setting)],
  };
}

/** A migration's own connection ends soon, so only what runs on it later is concerned. */
function inMigration(statement: Statement, setting: SessionSetting): Finding {
  return {
    at: partOf(statement.span, setting.start, setting.end),
    message: `\`${setting.name}\` stays set for everything that runs on this connection later, further migrations included.`,
    help: statement.inTransaction ? 'Set it for the transaction only.' : `Follow it with \`RESET ${setting.name}\`.`,
    quiet: true,
    // Outside of a transaction SET LOCAL does nothing.
    ...(statement.inTransaction && { fixes: [localFix(statement, setting)] }),
  };
}

function localFix(statement: Statement, { name, local }: SessionSetting): NonNullable<Finding['fixes']>[number] {
  return {
    title: `Set \`${name}\` for the transaction only`,
    kind: 'review',
    preferred: true,
    intent: () => {
      const { file, start, end } = partOf(statement.span, local.start, local.end);
      return { do: 'replaceText', edits: [{ file, start, end, newText: local.newText }] };
    },
  };
}

const ROUTINE = /^(?:create(?:\s+or\s+replace)?|drop)\s+(?:function|procedure|routine)\s+(?:if\s+exists\s+)?(?:\w+\s*\.\s*)?(\w+)/i;

/** Whether a later statement of the history gives the function another body, or takes it away. */
function isReplaced({ migration, position, text }: Statement, { migrations }: Schema): boolean {
  const name = routine(text);
  const from = migrations.indexOf(migration);
  return migrations.slice(Math.max(from, 0)).some(({ statements }, at) => statements.some((later) => (at > 0 || later.position > position) && routine(later.text) === name));
}

function routine(text: string): string | undefined {
  return ROUTINE.exec(text.slice(0, 300).replaceAll('"', ''))?.[1]?.toLowerCase();
}

/** Whether a later statement of the migration takes the value back. */
function isReset({ migration, position }: Statement, { name }: SessionSetting): boolean {
  return migration.statements.some((later) => later.position > position && resets(later.text, name));
}
