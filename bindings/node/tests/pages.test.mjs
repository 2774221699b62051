import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Shop } from './shop.mjs';

const names = ['five', 'four', 'one', 'three', 'two'];

async function withPriceTypes() {
  const shop = await Shop.open();
  for (const name of names) await shop.hf.priceTypes.add(shop.ada, name);
  return shop;
}

test('a list that is awaited is its first page', async () => {
  const { hf, ada } = await withPriceTypes();
  const page = await hf.priceTypes.list(ada, { limit: 2 });
  assert.deepEqual(
    page.items.map(({ name }) => name),
    ['five', 'four'],
  );
  const second = await hf.priceTypes.list(ada, { limit: 2, cursor: page.next });
  assert.deepEqual(
    second.items.map(({ name }) => name),
    ['one', 'three'],
  );
  const last = await hf.priceTypes.list(ada, { limit: 2, cursor: second.next });
  assert.deepEqual([last.items.map(({ name }) => name), last.next], [['two'], null]);
  assert.deepEqual(Object.keys(JSON.parse(JSON.stringify(page))), ['items', 'next']);
});

test('a list that is iterated walks all pages, and so does a page', async () => {
  const { hf, ada } = await withPriceTypes();
  const walked = { list: [], page: [] };
  for await (const { name } of hf.priceTypes.list(ada, { limit: 2 })) walked.list.push(name);
  for await (const { name } of await hf.priceTypes.list(ada, { limit: 2 })) walked.page.push(name);
  const sync = [...hf.priceTypes.listSync(ada, { limit: 2 })].map(({ name }) => name);
  assert.deepEqual([walked.list, walked.page, sync], [names, names, names]);
});

test('a list is read when it is used, and only as far as it is used', async () => {
  const calls = [];
  const { hf, ada } = await Shop.open('memory:', { logger: (line) => calls.push(line.message) });
  for (const name of names) await hf.priceTypes.add(ada, name);
  const lists = () => calls.filter((message) => message.includes('price_types.list')).length;

  const list = hf.priceTypes.list(ada, { limit: 2 });
  await hf.companies.get(ada);
  assert.equal(lists(), 0);
  for await (const { name } of list) if (name === 'one') break;
  await hf.companies.get(ada);
  assert.equal(lists(), 2);
  assert.equal(await list, await list);
});

test('what a list is refused for is thrown where it is used', async () => {
  const { hf, ada } = await withPriceTypes();
  const { next } = await hf.priceTypes.list(ada, { limit: 1 });
  await assert.rejects(
    async () => {
      for await (const carrier of hf.carriers.list(ada, { cursor: next })) assert.fail(carrier.name);
    },
    { code: 'not_a_cursor' },
  );
  await assert.rejects(
    hf.carriers.list(ada, { cursor: next }).finally(() => {}),
    { code: 'not_a_cursor' },
  );
  assert.equal(await hf.carriers.list(ada, { cursor: 'x' }).catch(({ code }) => code), 'not_a_cursor');
});
