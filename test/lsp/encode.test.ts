// Messages as text: what is kept from earlier messages changes nothing.
import assert from 'node:assert/strict';
import type { Diagnostic, Message } from 'vscode-languageserver/node';
import { encode } from '../../server/src/lsp/encode';

describe('encoded messages', () => {
  const diagnostics = Array.from({ length: 200 }, (_, line): Diagnostic => ({
    range: { start: { line, character: 0 }, end: { line, character: 5 } },
    severity: 2,
    code: 'naive-timestamp',
    source: 'Schema Bible',
    message: `\`at\` "é😀" \\ \u0001 ${line}\nUse a type with a time zone.`,
  }));
  const messages: (Message & Record<string, unknown>)[] = [
    { jsonrpc: '2.0', id: 7, result: { kind: 'full', resultId: '3', items: diagnostics, relatedDocuments: { 'file:///b': { kind: 'full', items: diagnostics.slice(0, 2) } } } },
    { jsonrpc: '2.0', method: 'textDocument/publishDiagnostics', params: { uri: 'file:///a%20b', version: 2, diagnostics } },
    { jsonrpc: '2.0', id: 8, result: { kind: 'full', items: diagnostics.slice(0, 3) } },
    { jsonrpc: '2.0', id: 9, result: { kind: 'unchanged', resultId: '3' } },
    { jsonrpc: '2.0', id: 10, result: null },
    { jsonrpc: '2.0', method: 'window/logMessage', params: { type: 3, message: 'x' } },
  ];

  it('are those of JSON.stringify, the first time and when they are repeated', () => {
    for (const message of [...messages, ...messages]) assert.equal(encode(message), JSON.stringify(message));
  });

  it('follow a diagnostic that was replaced', () => {
    const moved = diagnostics.map((diagnostic, at) => (at === 150 ? { ...diagnostic, message: 'Another.' } : diagnostic));
    const message = { jsonrpc: '2.0', id: 1, result: { kind: 'full', items: moved } };
    assert.equal(encode(message), JSON.stringify(message));
  });
});
