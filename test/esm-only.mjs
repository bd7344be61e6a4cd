// Lets tsx load @mrleebo/prisma-ast: it turns the parser's modules into CommonJS, and some of them can only be imported.
import Module from 'node:module';
import { fileURLToPath } from 'node:url';

const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  if (request.startsWith('@chevrotain/')) return fileURLToPath(import.meta.resolve(request));
  return resolve.call(this, request, ...rest);
};
