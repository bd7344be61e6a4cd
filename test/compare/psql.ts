// Cuts a script as psql does, written apart from our own scanner so that the two can be compared: what psql would send.

/** One string as psql would send it to the server, with its place in the script; without its line comments. */
export interface Sent {
  readonly text: string;
  /** The text with names of the same length where psql's variables may stand. */
  readonly filled: string;
  readonly start: number;
  readonly end: number;
}

const SENDING = /^\\(?:g|gx|gset|gexec|gdesc|bind\w*|parse|crosstabview|watch|sendpipeline)(?![\w])/;
const COPY_DATA = /^\s*copy\b[^;]*\bfrom\s+stdin\b/i;
const ROUTINE = /^(?:cf|cp|corf|corp)$/;

/** What psql sends, in order. Rows of COPY and backslash commands are left out. */
export function sentBy(script: string): Sent[] {
  const reader = new Reader(script);
  reader.run();
  return reader.sent;
}

class Reader {
  readonly sent: Sent[] = [];
  #at = 0;
  #start = -1;
  #text = '';
  #filled = '';
  #depth = 0;
  #begins = 0;
  #letters = '';

  constructor(private readonly script: string) {}

  run(): void {
    while (this.#at < this.script.length) this.#step(this.script.slice(this.#at, this.#at + 2));
    this.#send(this.script.length);
  }

  #step(two: string): void {
    const one = two.charAt(0);
    if (two === '--') this.#take(this.#to('\n'), true, ' ');
    else if (two === '/*') this.#take(this.#comment(), true);
    else if (one === "'") this.#take(this.#quoted(/(?<![\w$])e$/i.test(this.#text)));
    else if (one === '"') this.#take(this.#quoted(false));
    else if (one === '$') this.#take(this.#dollar());
    else if (two === '\\;') this.#combine();
    else if (one === '\\') this.#command();
    else if (one === ';') this.#semicolon();
    else if (one === ':') this.#variable();
    else if (/[A-Za-z_\u0080-\uffff]/.test(one)) this.#word();
    else {
      if (one === '(') this.#depth++;
      if (one === ')') this.#depth = Math.max(0, this.#depth - 1);
      this.#take(1);
    }
  }

  /** Goes on by `length`; a comment begins no statement. */
  #take(length: number, comment = false, filled?: string): void {
    const own = this.script.slice(this.#at, this.#at + length);
    if (this.#start < 0 && !comment && own.trim() !== '') this.#start = this.#at;
    if (this.#start >= 0) {
      this.#text += comment ? (filled ?? own) : own;
      this.#filled += filled ?? own;
    }
    this.#at += length;
  }

  #to(mark: string): number {
    const end = this.script.indexOf(mark, this.#at);
    return (end < 0 ? this.script.length : end) - this.#at;
  }

  #comment(): number {
    let depth = 0;
    for (let i = this.#at; i < this.script.length; i++) {
      const two = this.script.slice(i, i + 2);
      if (two === '/*') depth++;
      if (two === '*/') depth--;
      if (two === '/*' || two === '*/') i++;
      if (depth === 0) return i + 1 - this.#at;
    }
    return this.script.length - this.#at;
  }

  #quoted(escapes: boolean): number {
    const mark = this.script.charAt(this.#at);
    for (let i = this.#at + 1; i < this.script.length; i++) {
      const one = this.script.charAt(i);
      if (one === '\\' && escapes) i++;
      else if (one === mark && this.script.charAt(i + 1) === mark) i++;
      else if (one === mark) return i + 1 - this.#at;
    }
    return this.script.length - this.#at;
  }

  #dollar(): number {
    const [tag] = /^\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/.exec(this.script.slice(this.#at, this.#at + 70)) ?? [];
    if (tag === undefined) return 1;
    const end = this.script.indexOf(tag, this.#at + tag.length);
    return (end < 0 ? this.script.length : end + tag.length) - this.#at;
  }

  // The semicolon stays in what is sent.
  #combine(): void {
    this.#at++;
    this.#take(1);
  }

  #command(): void {
    const rest = this.script.slice(this.#at, this.#at + this.#to('\n'));
    if (SENDING.test(rest) && this.#start >= 0) this.#send(this.#at);
    // A command reaches to the next one on its line, or to its end.
    const next = rest.indexOf('\\', 1);
    const copies = /^\\copy\b.*\bfrom\s+stdin\b/i.test(rest);
    this.#at += next > 0 && !copies ? next : rest.length;
    if (copies) this.#rows();
  }

  #semicolon(): void {
    if (this.#depth > 0 || this.#begins > 0) return this.#take(1);
    const copies = COPY_DATA.test(this.#text);
    this.#send(this.#at);
    this.#at++;
    if (copies) this.#rows();
  }

  #rows(): void {
    const end = /\n\\\.[^\n]*/g;
    end.lastIndex = this.#at - 1;
    const found = end.exec(this.script);
    this.#at = found ? found.index + found[0].length : this.script.length;
  }

  // `:name`, `:'name'` and `:"name"` hold text of psql's; names of the same length stand for it. `::` is a cast.
  #variable(): void {
    const rest = this.script.slice(this.#at, this.#at + 70);
    if (rest.startsWith('::')) return this.#take(2);
    const quoted = /^:(?:'\w+'|"\w+")/.exec(rest)?.[0];
    if (quoted !== undefined) return this.#take(quoted.length, false, ` ${quoted.slice(1)}`);
    const plain = /^:[A-Za-z_]\w*/.exec(rest)?.[0];
    this.#take(plain?.length ?? 1, false, plain?.replace(':', 'q'));
  }

  #word(): void {
    const [word = ''] = /^[\w$\u0080-\uffff]+/.exec(this.script.slice(this.#at, this.#at + 200)) ?? [];
    if (this.#letters.length < 4) this.#letters += word.charAt(0).toLowerCase();
    if (ROUTINE.test(this.#letters.slice(0, 2)) || ROUTINE.test(this.#letters)) this.#nest(word.toLowerCase());
    this.#take(word.length || 1);
  }

  #nest(word: string): void {
    if (this.#depth > 0) return;
    if (word === 'begin') this.#begins++;
    else if (word === 'case' && this.#begins > 0) this.#begins++;
    else if (word === 'end' && this.#begins > 0) this.#begins--;
  }

  #send(end: number): void {
    if (this.#start >= 0 && this.#text.trim() !== '') this.sent.push({ text: this.#text, filled: this.#filled, start: this.#start, end });
    this.#start = -1;
    this.#text = '';
    this.#filled = '';
    this.#depth = 0;
    this.#begins = 0;
    this.#letters = '';
  }
}
