import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { Handfast } from 'handfast';

import { Shop } from './shop.mjs';

const rootKey = 'Fz1xhIbjkqV0mQd3cLrS9uWyZAoEtGnH2aBvKXJ4fis=';
const settings = { hashing: 'insecure_for_tests', rootKey };

/** A folder of the test's own. */
function folder(t) {
  const path = mkdtempSync(join(tmpdir(), 'handfast-'));
  t.after(() => rmSync(path, { recursive: true }));
  return (name) => join(path, name);
}

test('a file is copied to another while it serves, and back', async (t) => {
  const file = folder(t);
  const shop = await Shop.open(file('shop.db'), { rootKey });
  const live = await shop.hf.copyTo(file('copy.db'), { live: true });
  assert.deepEqual([live.rows > 0, live.written, live.tables], [true, live.rows, []]);
  await shop.hf.carriers.add(shop.ada, 'Carrier 1');
  const heard = [];
  const progress = (done, total) => void heard.push([done, total]);
  const copied = await shop.hf.copyTo(file('copy.db'), { progress });
  assert.deepEqual(heard.at(-1), [copied.rows, copied.rows]);
  assert.equal(
    copied.tables.reduce((sum, { rows }) => sum + rows, 0),
    copied.rows,
  );
  const there = await Handfast.open(file('copy.db'), { ...settings, clock: shop.clock });
  shop.clock.advance(1000);
  await there.carriers.add(shop.ada, 'Carrier 2');
  await assert.rejects(shop.hf.copyTo(file('copy.db')), { code: 'not_a_copy', category: 'conflict' });
  await there.copyTo(file('shop.db'));
  const { items } = await shop.hf.carriers.list(shop.ada);
  assert.deepEqual(
    items.map(({ name }) => name),
    ['Carrier 1', 'Carrier 2'],
  );
  there.close();
  shop.hf.close();
});

test('what is no database of its own, and what is no listener, is refused', async () => {
  const shop = await Shop.open();
  await assert.rejects(shop.hf.copyTo('memory:'), { code: 'not_a_database' });
  await assert.rejects(shop.hf.copyTo('memory:', { progress: 1 }), TypeError);
});
