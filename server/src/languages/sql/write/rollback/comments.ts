// COMMENT ON: the last one of each object, by the text that wrote it.
import type { Table } from '../../../../model/nodes';

/** `COMMENT ON TABLE posts`. */
export function commentHead(text: string): string | undefined {
  return /^(COMMENT\s+ON\s+[\s\S]*?)\s+IS\s+(?:NULL|E?'|U&'|\$)/i.exec(text)?.[1];
}

/** The same for each spelling of an object: `comment on column posts.title`. */
export function keyOfComment(head: string): string {
  return head.replaceAll(/\s+/g, ' ').replaceAll('"', '').toLowerCase();
}

/** The statements that say of a table and its columns what is said of them now; `column`: of the columns alone. */
export function commentsOn({ dbName, dbSchema, columns }: Pick<Table, 'dbName' | 'dbSchema' | 'columns'>, comments: ReadonlyMap<string, string>, only?: 'column'): string[] {
  const named = [dbName, `${dbSchema ?? 'public'}.${dbName}`].map((name) => name.toLowerCase());
  const keys = named.flatMap((name) => [...(only ? [] : [`comment on table ${name}`]), ...columns.map((column) => `comment on column ${name}.${column.dbName.toLowerCase()}`)]);
  return keys.flatMap((key) => {
    const text = comments.get(key);
    return text === undefined || /\bIS\s+NULL$/i.test(text) ? [] : [`${text};`];
  });
}
