import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Handfast, ManualClock } from 'handfast';

import { Shop, flora, rosas } from './shop.mjs';

test('times are Dates, to the millisecond', async () => {
  const clock = new ManualClock(new Date('2026-11-22T10:00:00.123Z'));
  const { hf, ada, company } = await Shop.open('memory:', { clock });
  assert.deepEqual(company.created, new Date('2026-11-22T10:00:00.123Z'));
  const trialEnds = new Date('2027-01-01T00:00:00.001Z');
  const { name, country, locale, timeZone } = flora;
  assert.deepEqual(
    (await hf.companies.update(ada, { name, country, locale, timeZone, trialEnds })).trialEnds,
    trialEnds,
  );
  assert.equal((await hf.companies.update(ada, { name, country, locale, timeZone })).trialEnds, null);
});

test('an invalid Date is refused, and one before 1970', async () => {
  const { hf, ada } = await Shop.open();
  for (const at of [new Date(NaN), new Date(-1), new Date('+010000-01-01T00:00:00Z')]) {
    const refused = await hf.companies.update(ada, { ...flora, trialEnds: at }).catch((error) => error);
    assert.equal(refused.details?.faults[0]?.code ?? refused.code, 'out_of_range');
    assert.throws(() => new ManualClock(at), { code: 'out_of_range' });
  }
});

test('a manual clock stands still until it is set', () => {
  const clock = new ManualClock(new Date(1000));
  assert.deepEqual(clock.now(), new Date(1000));
  clock.advance(500);
  assert.deepEqual(clock.now(), new Date(1500));
  clock.set(new Date(42));
  assert.deepEqual(clock.now(), new Date(42));
});

test('spans of time are milliseconds', async () => {
  const shop = await Shop.open('memory:', { policy: { codeLifetime: 90_000 } });
  const { slug } = await shop.hf.invites.link(shop.ada);
  const { expires } = await shop.hf.invites.start(slug, 'bea@rosas.example');
  assert.equal(expires - shop.clock.now(), 90_000);
});

test('decimals and ids are texts that come back as they went', async () => {
  const shop = await Shop.open();
  const { hf, ada } = shop;
  const { id } = await shop.customer('bea@rosas.example');
  const { id: priceType } = await hf.priceTypes.add(ada, 'Retail');
  const pricing = { priceType, markup: '-12.5', creditLimit: '123456789012.3456', extra: { erp_id: 'K-1' } };
  const customer = await hf.customers.setPricing(ada, id, pricing);
  const { markup, creditLimit, minimumOrder, extra } = customer;
  assert.deepEqual(
    { id: customer.id, priceType: customer.priceType, markup, creditLimit, minimumOrder, extra },
    { id, priceType, markup: '-12.5', creditLimit: '123456789012.3456', minimumOrder: null, extra: { erp_id: 'K-1' } },
  );
  assert.deepEqual(await hf.customers.get(ada, id), hf.customers.getSync(ada, id));
});

test('answers are texts, choices, and yes or no', async () => {
  const shop = await Shop.open();
  await shop.hf.companies.setForm(shop.ada, [
    { key: 'colour', label: 'Which colour?', kind: 'choice', choices: ['red', 'white'] },
    { key: 'news', label: 'News?', kind: 'checkbox' },
  ]);
  const answers = { colour: 'red', news: true };
  const { id } = await shop.request('bea@rosas.example', { ...rosas, answers });
  const request = await shop.hf.requests.get(shop.ada, id);
  assert.deepEqual(
    request.answers.map(({ key, value }) => [key, value]),
    Object.entries(answers),
  );
});

test('pictures are bytes, and what changed is an object', async () => {
  const { hf, ada } = await Shop.open();
  const png = await hf.invites.qrPng(ada, { options: { size: 128, errorCorrection: 'high' } });
  assert.ok(Buffer.isBuffer(png));
  assert.deepEqual([...png.subarray(0, 4)], [0x89, 0x50, 0x4e, 0x47]);
  await hf.companies.update(ada, { ...flora, name: 'Flora' });
  const { items } = await hf.events.list(ada, { limit: 1 });
  assert.deepEqual(
    [items[0].what, items[0].before, items[0].after],
    ['company_changed', { name: 'Flora Export' }, { name: 'Flora' }],
  );
});

test('what is optional can be left out, undefined or null', async () => {
  const { hf, ada } = await Shop.open();
  for (const options of [undefined, {}, { state: undefined }, { state: null, cursor: null, limit: null }]) {
    assert.deepEqual((await hf.customers.list(ada, options)).items, []);
  }
});

test('what cannot be opened is refused', async () => {
  await assert.rejects(Handfast.open('mysql://localhost/shop'), { code: 'not_a_database' });
  await assert.rejects(Handfast.open('memory:', { rootKey: 'short' }), { code: 'bad_key' });
  await assert.rejects(Handfast.open('memory:', { policy: { codeDigits: 2 } }), { category: 'invalid' });
  assert.throws(() => Handfast.openSync(''), { code: 'not_a_database' });
  assert.throws(() => new Handfast(), TypeError);
});
