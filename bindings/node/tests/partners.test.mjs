import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Shop, password } from './shop.mjs';
import { shown } from './scenario/authenticator.mjs';

const carla = 'carla@camino.example';

/** Carla's partner account. */
async function signedUp({ hf }) {
  const owner = { ownerName: 'Carla', ownerEmail: carla, ownerPassword: password };
  const { partner } = await hf.partners.signUp({ name: 'Camino Consulting', locale: 'en', ...owner });
  return partner;
}

/** Carla's token, once she has a second factor and is in Flora's account. */
async function entered(shop, reason) {
  const { hf, company } = shop;
  const { number, grouped } = await signedUp(shop);
  const designated = await hf.partners.designate((await shop.signIn()).token, grouped, password);
  assert.deepEqual([designated.number, designated.origin, designated.notice], [number, 'manual', 'audit']);
  const { token } = await shop.signIn(carla);
  assert.deepEqual(await hf.partners.canLogIn(token, company.id), {
    yes: false,
    obstacles: ['two_factor_off', 'session_not_verified'],
  });
  const { secret } = await hf.twoFactor.enrol(token, password);
  await hf.twoFactor.confirm(token, shown(secret, shop.clock.now()));
  await hf.partners.logIn(token, company.id, { reason });
  return token;
}

test("a partner who enters a client's account acts as such, with the actor as it came", async () => {
  const shop = await Shop.open();
  const { hf, ada, company } = shop;
  const token = await entered(shop, 'set the carriers up');
  const who = await hf.sessions.resolve(token);
  const { session, identity, login, context } = who;
  const { kind, partner, delegation } = context;
  assert.deepEqual([kind, context.company, who.role], ['delegated', company.id, null]);
  assert.deepEqual(who.actor, { as: 'partner', session, identity, login, partner, delegation, company: company.id });

  // as a host keeps it between two processes
  const actor = JSON.parse(JSON.stringify(who.actor));
  const { id } = await hf.carriers.add(actor, 'Andes Air');
  const [event] = (await hf.events.list(ada, { limit: 1 })).items;
  assert.deepEqual([event.doer, event.partner, event.login, event.subject], ['partner', partner, login, id]);
  const [visit] = (await hf.partners.visits(ada)).items;
  assert.deepEqual([visit.id, visit.reason, visit.state], [delegation, 'set the carriers up', 'open']);

  const max = { email: 'max@flora.example', name: 'Max', role: 'staff' };
  await assert.rejects(hf.staff.invite(actor, max), { code: 'delegated', category: 'forbidden' });
  await assert.rejects(hf.partners.get(token), { code: 'delegated' });
  await hf.partners.endVisit(ada, visit.id);
  await assert.rejects(hf.companies.get(actor), { code: 'access_ended' });
});

test("a client's account is no place to go to without a visit", async () => {
  const shop = await Shop.open();
  const token = await entered(shop);
  const { context } = await shop.hf.sessions.resolve(token);
  const own = (await shop.hf.sessions.identities(token)).find((each) => each.context.kind === 'partner');
  assert.deepEqual([own.partnerName, own.companyName, own.current], ['Camino Consulting', null, false]);
  await shop.hf.sessions.switchTo(token, own.id);
  const [client] = shop.hf.partners.clientsSync(token, { filter: { search: 'flor', order: 'newest' } }).items;
  assert.deepEqual([client.name, client.login, client.trial], ['Flora Export', { yes: true, obstacles: [] }, 'none']);
  await assert.rejects(shop.hf.sessions.enter(token, context), { code: 'access_ended' });
});

test('an actor of a partner has all of its ids', async () => {
  const { hf, ada } = await Shop.open();
  const ids = { session: 'x', identity: 'x', partner: 'x', delegation: 'x' };
  await assert.rejects(hf.companies.get({ ...ada, ...ids, as: 'partner', delegation: undefined }), {
    name: 'TypeError',
    message: /`actor.delegation` must be a string, got undefined/,
  });
  await assert.rejects(hf.companies.get({ ...ada, ...ids, as: 'partner' }), { code: 'not_an_id' });
});

test('many signals tell how far they have come', async () => {
  const shop = await Shop.open();
  const { id: partner } = await signedUp(shop);
  const fields = [
    { name: 'room', text: 'north' },
    { name: 'seats', number: Number.MIN_SAFE_INTEGER },
    { name: 'online', flag: false },
  ];
  const signals = Array.from({ length: 300 }, (_, seat) => ({
    name: 'webinar.attended',
    key: `seat ${seat}`,
    partner,
    fields,
  }));
  signals[1] = { name: 'Webinar', key: 'wrong', company: shop.company.id };
  const told = [];
  const progress = (done, total) => void told.push([done, total]);
  const rows = await shop.hf.courses.signalMany(signals, { progress });
  assert.deepEqual(told, [
    [250, 300],
    [300, 300],
  ]);
  const refused = rows.filter(({ code }) => code !== null);
  assert.deepEqual([rows.length, refused.length, refused[0].row, refused[0].code], [300, 1, 2, 'invalid_input']);
  assert.deepEqual(
    refused[0].faults.map(({ field }) => field),
    ['name'],
  );
  assert.deepEqual(await shop.hf.courses.signal(signals[0]), { completed: [] });
});

test('a detail of a signal is exactly one value', async () => {
  const shop = await Shop.open();
  const { id: partner } = await signedUp(shop);
  const fields = [{ name: 'none' }, { name: 'two', text: 'yes', flag: true }];
  const signal = { name: 'seen', key: '1', partner, fields };
  const faults = (error) => error.details.faults.map(({ field, code }) => [field, code]);
  await assert.rejects(shop.hf.courses.signal(signal), (error) => {
    assert.deepEqual(faults(error), [
      ['fields.0', 'required'],
      ['fields.1', 'unknown_field'],
    ]);
    return true;
  });
  const half = { ...signal, fields: [{ name: 'half', number: 0.5 }] };
  await assert.rejects(shop.hf.courses.signalMany([half]), {
    name: 'TypeError',
    message: /`signals.0.fields.0.number` must be a whole number, got 0.5/,
  });
});
