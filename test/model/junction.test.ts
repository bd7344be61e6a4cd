// What a junction table joins, whether it does so once, and the names of one to come.
import assert from 'node:assert/strict';
import { sql } from '../../server/src/languages/sql';
import { noFacts } from '../../server/src/model/facts';
import { isJunction, isWholeKey, joinedPair, junctionNames, keepsPairApart } from '../../server/src/model/junction';
import type { Table } from '../../server/src/model/nodes';

function table(elements: string, name = 'post_tags'): Table {
  const [first] = sql.lower([sql.parse('a.sql', `CREATE TABLE ${name} (${elements});`)], { facts: noFacts }).tables;
  assert.ok(first);
  return first;
}

const POST = 'post_id int REFERENCES posts';
const TAG = 'tag_id int REFERENCES tags';

function pair(elements: string): string | undefined {
  return joinedPair(table(elements))?.map(({ columns }) => columns.join()).join(' + ');
}

describe('junction tables', () => {
  before(() => sql.prepare());

  it('hold two references and no more than times and an order', () => {
    assert.equal(isJunction(table(`${POST}, ${TAG}, created_at timestamptz, position int`)), true);
    assert.equal(isJunction(table(`${POST}, ${TAG}, note text`)), false);
    assert.equal(isJunction(table(`${POST}, created_at timestamptz`)), false);
  });

  it('may refer to rows of any table, if a row is nothing but its key', () => {
    const grant = 'id int PRIMARY KEY, role_id int REFERENCES roles, entity_type text, entity_id int';
    assert.equal(isWholeKey(table(`${grant}, UNIQUE (role_id, entity_type, entity_id)`)), true);
    assert.equal(isWholeKey(table(`${grant}, note text, UNIQUE (role_id, entity_type, entity_id)`)), false);
    assert.equal(isWholeKey(table(grant)), false);
    assert.equal(isWholeKey(table('role_id int REFERENCES roles, permission text, PRIMARY KEY (role_id, permission)')), true);
    assert.equal(isWholeKey(table('id int PRIMARY KEY, code text, kind text, UNIQUE (code, kind)')), false);
  });

  it('join two tables, whoever wrote the row and whosever it is', () => {
    assert.equal(pair(`${POST}, ${TAG}`), 'post_id + tag_id');
    assert.equal(pair(`${POST}, ${TAG}, added_by int REFERENCES users, "createdById" int REFERENCES users`), 'post_id + tag_id');
    assert.equal(pair(`${POST}, ${TAG}, organization_id int REFERENCES organizations`), 'post_id + tag_id');
    assert.equal(pair('user_id int REFERENCES users, organization_id int REFERENCES organizations'), 'user_id + organization_id');
    assert.equal(pair(`${POST}, ${TAG}, color_id int REFERENCES colors`), undefined);
    assert.equal(pair(POST), undefined);
  });

  it('join each pair once where a whole unique constraint says so', () => {
    assert.equal(keepsPairApart(table(`${POST}, ${TAG}, UNIQUE (tag_id, post_id)`)), true);
    assert.equal(keepsPairApart(table(`${POST} UNIQUE, ${TAG}`)), true);
    assert.equal(keepsPairApart(table(`${POST}, ${TAG}, position int, UNIQUE (post_id, position)`)), false);
    assert.equal(keepsPairApart(table(`${POST}, ${TAG}`)), false);
  });

  it('are named after what they join', () => {
    const named = (name: string, of: string): string | undefined => {
      const column = table(`id int PRIMARY KEY, "${name}" int[]`, of).columns[1];
      const names = column && junctionNames(column);
      return names && [names.table, names.own, names.other].map((parts) => parts.join('_')).join(' ');
    };
    assert.equal(named('tag_ids', 'posts'), 'post_tags post_id tag_id');
    assert.equal(named('assignedUserIds', '"OrderItem"'), 'order_item_assigned_users order_item_id assigned_user_id');
    assert.equal(named('related_tag_ids', 'tags'), 'tag_related_tags tag_id related_tag_id');
    assert.equal(named('tag_ids', 'tags'), undefined);
  });
});
