// A workspace in memory whose main branch holds some files, as git would store them but for the compression.
import { createHash } from 'node:crypto';
import { MemoryWorkspace } from '../../../server/src/project/workspace';

type Folder = Map<string, Folder | string>;

export class CommittedWorkspace extends MemoryWorkspace {
  readonly #objects = new Map<string, Uint8Array>();

  /** `shared` are the texts of the main branch by their paths below `root`. */
  constructor(
    files: Readonly<Record<string, string>>,
    private readonly root: string,
    shared: ReadonlyMap<string, string>,
  ) {
    super(files);
    const top: Folder = new Map();
    for (const [path, text] of shared) place(top, path.split('/'), text);
    const tree = this.#storeFolder(top);
    const commit = this.#store('commit', Buffer.from(`tree ${tree}\nauthor T <t@example.com> 1 +0000\ncommitter T <t@example.com> 1 +0000\n\nx\n`));
    this.files.set(`${root}/.git/HEAD`, 'ref: refs/heads/main\n');
    this.files.set(`${root}/.git/refs/heads/main`, `${commit}\n`);
  }

  override readBytes(path = ''): Promise<Uint8Array | undefined> {
    return Promise.resolve(this.#objects.get(path));
  }

  override inflate(bytes: Uint8Array = new Uint8Array()): Promise<Uint8Array> {
    return Promise.resolve(bytes);
  }

  #storeFolder(folder: Folder): string {
    const entries = [...folder].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, held]) => {
      const [mode, id] = typeof held === 'string' ? ['100644', this.#store('blob', Buffer.from(held))] : ['40000', this.#storeFolder(held)];
      return Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(id, 'hex')]);
    });
    return this.#store('tree', Buffer.concat(entries));
  }

  #store(type: string, content: Buffer): string {
    const object = Buffer.concat([Buffer.from(`${type} ${content.length}\0`), content]);
    const id = createHash('sha1').update(object).digest('hex');
    this.#objects.set(`${this.root}/.git/objects/${id.slice(0, 2)}/${id.slice(2)}`, object);
    return id;
  }
}

function place(folder: Folder, [name = '', ...rest]: readonly string[], text: string): void {
  if (rest.length === 0) folder.set(name, text);
  else {
    const inner = folder.get(name);
    const next: Folder = inner instanceof Map ? inner : new Map<string, Folder | string>();
    folder.set(name, next);
    place(next, rest, text);
  }
}
