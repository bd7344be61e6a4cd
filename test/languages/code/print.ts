// Application code as the front end reads it, one line per query and per piece of SQL.
import { code } from '../../../server/src/languages/code/index';
import { noFacts } from '../../../server/src/model/facts';
import type { Schema } from '../../../server/src/model/nodes';
import type { Filter, Query, RawSql, Write } from '../../../server/src/model/queries';

export async function read(text: string): Promise<Schema> {
  await code.prepare();
  return code.lower([code.parse('/w/app.ts', text)], { facts: noFacts });
}

/** `find one product where id = | …` for each query of a text. */
export async function queries(text: string): Promise<string[]> {
  return ((await read(text)).queries ?? []).map(show);
}

export async function sql(text: string): Promise<string[]> {
  return ((await read(text)).rawSql ?? []).map(showSql);
}

function show(query: Query): string {
  const { verb, many, table, filters, filtersKnown, writes, writesKnown, compared, locks, place } = query;
  const parts = [
    `${place.client}: ${verb} ${many ? 'many' : 'one'} ${table.by === 'property' ? '.' : ''}${table.name}`,
    [...filters.map(showFilter), ...(filtersKnown ? [] : ['…'])].join(', '),
    [...writes.map(showWrite), ...(writesKnown ? [] : ['…'])].join(', '),
    compared.map(({ column, values }) => `${column} is ${values.join('/')}`).join(', '),
    locks ? 'locked' : '',
  ];
  return parts.map((part, at) => (part === '' ? '' : `${['', ' where ', ' set ', ' compared ', ' '][at] ?? ''}${part}`)).join('');
}

function showFilter({ column, through, operator, values }: Filter): string {
  return `${[...through, column].join('.')} ${operator}${values.length > 0 ? ` ${values.join('/')}` : ''}`;
}

function showWrite({ column, values, computedFrom }: Write): string {
  const from = computedFrom.map((each) => `${each.query.table.name}.${each.column}`);
  return `${column}${values.length > 0 ? `=${values.join('/')}` : ''}${from.length > 0 ? ` from ${from.join('+')}` : ''}`;
}

function showSql({ text, holes, place }: RawSql): string {
  const put = holes.map(({ bound }) => (bound ? 'bound' : 'pasted')).join();
  return `${place.client}${place.inTransaction ? ' (transaction)' : ''}: ${text.trim().replace(/\s+/g, ' ')}${put === '' ? '' : ` [${put}]`}`;
}
