import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Handfast, HandfastError, InternalError, InvalidError, NotFoundError, UnauthenticatedError } from 'handfast';

import { Shop, rosas } from './shop.mjs';

test('a refusal has a class, a code, a category and a message', async () => {
  const { hf, ada, company } = await Shop.open();
  const refused = await hf.customers.get(ada, company.id).catch((error) => error);
  assert.ok(refused instanceof NotFoundError && refused instanceof HandfastError && refused instanceof Error);
  const { name, code, category, retryable, message, details } = refused;
  assert.deepEqual(
    { name, code, category, retryable, message, details },
    {
      name: 'NotFoundError',
      code: 'not_found',
      category: 'not_found',
      retryable: false,
      message: 'there is no such `customer` here',
      details: { faults: [], retryAfter: null },
    },
  );
  assert.equal(JSON.parse(JSON.stringify(refused)).code, 'not_found');
  assert.throws(() => hf.customers.getSync(ada, company.id), NotFoundError);
});

test('every fault of an input is told at once, by the names that the input has here', async () => {
  const shop = await Shop.open();
  await shop.hf.companies.setForm(shop.ada, [{ key: 'my_colour', label: 'Colour?', kind: 'text', required: true }]);
  const { visitPass } = await shop.visitor('bea@rosas.example');
  const wrong = { ...rosas, legalName: '', billing: { line1: '', city: 'Quito', country: 'Ecuador' } };
  const refused = await shop.hf.invites.submit(visitPass, wrong).catch((error) => error);
  assert.ok(refused instanceof InvalidError);
  const faults = Object.fromEntries(refused.details.faults.map(({ field, code }) => [field, code]));
  assert.deepEqual(faults, {
    legalName: 'required',
    'billing.line1': 'required',
    'billing.country': 'not_a_country',
    'answers.my_colour': 'required',
  });
});

test('how long to wait is told in milliseconds', async () => {
  const { hf, ada } = await Shop.open();
  const { slug } = await hf.invites.link(ada);
  await hf.invites.start(slug, 'bea@rosas.example');
  const refused = await hf.invites.start(slug, 'bea@rosas.example').catch((error) => error);
  assert.deepEqual(
    [refused.name, refused.code, refused.retryable, refused.details.retryAfter],
    ['RateLimitedError', 'too_often', true, 60_000],
  );
});

test('what is none of the choices is refused with unknown_choice', async () => {
  const { hf, ada } = await Shop.open();
  for (const call of [
    () => hf.requests.list(ada, 'bogus'),
    () => hf.companies.get({ as: 'nobody' }),
    () => hf.staff.invite(ada, { email: 'cy@flora.example', name: 'Cy', role: 'Admin' }),
    () => hf.requests.listSync(ada, 'bogus'),
    () => Handfast.open('memory:', { hashing: 'none' }),
  ]) {
    await assert.rejects(async () => call(), { name: 'InvalidError', code: 'unknown_choice' });
  }
});

test('what is no id, no decimal or out of range has a code of its own', async () => {
  const shop = await Shop.open();
  const { hf, ada } = shop;
  await assert.rejects(hf.customers.get(ada, 'nope'), { code: 'not_an_id', message: '`customer` is not an id' });
  await assert.rejects(hf.requests.expire(-1), { code: 'out_of_range', message: /`limit`/ });
  const { id: customer } = await shop.customer('bea@rosas.example');
  const { id: priceType } = await hf.priceTypes.add(ada, 'Retail');
  const refused = await hf.customers.setPricing(ada, customer, { priceType, creditLimit: '1e999' }).catch((e) => e);
  assert.deepEqual(
    refused.details.faults.map(({ field, code }) => [field, code]),
    [['creditLimit', 'not_a_decimal']],
  );
});

test('a value of a wrong type is a TypeError that tells where it stands', async () => {
  const { hf, ada } = await Shop.open();
  const wrong = [
    [() => hf.companies.get(3), '`actor` must be an object, got a number'],
    [() => hf.companies.get({ ...ada, login: 3 }), '`actor.login` must be a string, got a number'],
    [() => hf.companies.signUp({}), '`company.name` must be a string, got undefined'],
    [() => hf.invites.submit(undefined, rosas), '`visitPass` must be a string, got undefined'],
    [() => hf.invites.submit('x', { ...rosas, billing: [] }), '`business.billing` must be an object, got an array'],
    [
      () => hf.invites.submit('x', { ...rosas, answers: { a: 1 } }),
      '`business.answers.a` must be a string, a boolean or an array of strings, got a number',
    ],
    [
      () => hf.companies.setForm(ada, [{ key: 'a', label: 2, kind: 'text' }]),
      '`questions.0.label` must be a string, got a number',
    ],
    [() => hf.requests.expire(1.5), '`limit` must be a whole number, got 1.5'],
    [() => hf.events.list(ada, { filter: { since: '2026' } }), '`filter.since` must be a Date, got a string'],
    [() => hf.mails.deliver('me'), '`mailer` must be a function, got string'],
    [() => Handfast.open(1), '`url` must be a string, got a number'],
    [() => Handfast.open('memory:', { clock: {} }), '`clock` must be a ManualClock'],
  ];
  for (const [call, message] of wrong) {
    await assert.rejects(async () => call(), { name: 'TypeError', message });
  }
});

test('a panic comes back as internal and the process lives', async () => {
  const { hf, ada } = await Shop.open();
  await assert.rejects(hf.provokePanic(), (error) => error instanceof InternalError && error.code === 'internal');
  assert.equal((await hf.companies.get(ada)).name, 'Flora Export');
});

test('the stack of an error tells who called', async () => {
  const { hf } = await Shop.open();
  const whoCalls = async () => await hf.invites.standing('no pass');
  const refused = await whoCalls().catch((error) => error);
  assert.ok(refused instanceof UnauthenticatedError);
  assert.match(refused.stack, /whoCalls/);
});
