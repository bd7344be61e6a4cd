// Takes the place of VS Code's native log writer (@vscode/spdlog), so that nothing has to be compiled.
// Node finds the names only when they are assigned one by one: VS Code imports this file as an ES module.
const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];

class Logger {
  constructor(file) {
    this.file = file;
    this.level = levels.indexOf('info');
    this.plain = true;
  }

  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  setPattern() { this.plain = false; }
  clearFormatters() { this.plain = true; }
  flush() {}
  drop() {}

  write(level, text) {
    if (level < this.level) return;
    try {
      appendFileSync(this.file, this.plain ? text : `${new Date().toISOString()} [${levels[level]}] ${text}\n`);
    } catch {
      // The folder may be gone when the last lines come.
    }
  }
}
levels.forEach((name, level) => {
  Logger.prototype[name] = function (text) { this.write(level, text); };
});

async function create(_name, file) {
  mkdirSync(dirname(file), { recursive: true });
  return new Logger(file);
}

exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
