import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Shop, password } from './shop.mjs';
import { shown } from './scenario/authenticator.mjs';

/** A member of the staff, signed in. */
async function sara(shop) {
  await shop.hf.staff.invite(shop.ada, { email: 'sara@flora.example', name: 'Sara', role: 'staff' });
  const { id } = await shop.hf.staff.accept(await shop.token('staff_invited'), { password });
  return { id, ...(await shop.signIn('sara@flora.example')) };
}

test('who is signed in acts for the company, with the actor as it came', async () => {
  const shop = await Shop.open();
  const { token } = await shop.signIn();
  const who = await shop.hf.sessions.resolve(token);
  const { session, identity, login } = who;
  assert.deepEqual(who.actor, { as: 'session', session, identity, login, company: shop.company.id });
  assert.deepEqual(
    [who.email, who.role, who.context.kind, who.twoFactor],
    ['ada@flora.example', 'admin', 'staff', false],
  );
  assert.deepEqual(shop.hf.sessions.resolveSync(token), who);
  // as a host keeps it between two processes
  const actor = JSON.parse(JSON.stringify(who.actor));
  const { id } = await shop.hf.carriers.add(actor, 'Andes Air');
  for await (const carrier of shop.hf.carriers.list(who.actor)) assert.equal(carrier.id, id);
  assert.deepEqual(await shop.hf.companies.get(who.actor), shop.hf.companies.getSync(shop.ada));
});

test('an actor that is none is refused', async () => {
  const { hf, ada } = await Shop.open();
  await assert.rejects(hf.companies.get({ ...ada, as: 'boss' }), { code: 'unknown_choice', message: /`session`/ });
  await assert.rejects(hf.companies.get({ ...ada, as: 'session' }), {
    name: 'TypeError',
    message: /`actor.session` must be a string, got undefined/,
  });
  const ids = { session: 'x', identity: 'x' };
  await assert.rejects(hf.companies.get({ ...ada, ...ids, as: 'session' }), { code: 'not_an_id' });
  await assert.rejects(hf.companies.get(null), { name: 'TypeError' });
});

test('a wrong password signs nobody in', async () => {
  const shop = await Shop.open();
  await assert.rejects(shop.signIn('nobody@flora.example'), { code: 'wrong_password', category: 'unauthenticated' });
});

test('who is removed is refused at the next call', async () => {
  const shop = await Shop.open();
  const { id, token } = await sara(shop);
  const { actor } = await shop.hf.sessions.resolve(token);
  await shop.hf.customers.list(actor);
  await shop.hf.staff.remove(shop.ada, id);
  await assert.rejects(shop.hf.customers.list(actor).finally(), { code: 'role_too_low', category: 'forbidden' });
  await assert.rejects(shop.hf.sessions.resolve(token), { code: 'access_ended', category: 'forbidden' });
});

test('who signs out is refused at the next call', async () => {
  const shop = await Shop.open();
  const { token } = await shop.signIn();
  const { actor } = await shop.hf.sessions.resolve(token);
  assert.equal(await shop.hf.sessions.signOut(token), undefined);
  const refused = { code: 'not_signed_in', category: 'unauthenticated' };
  await assert.rejects(shop.hf.companies.get(actor), refused);
  assert.throws(() => shop.hf.sessions.resolveSync(token), refused);
});

test('a user works with several customers and loses one', async () => {
  const shop = await Shop.open();
  const { hf, ada } = shop;
  const first = await shop.user('bea@rosas.example');
  const { id: customer } = await shop.customer('rosa@rosas.example');
  await hf.customers.activate(ada, customer);
  const { token } = await shop.signIn('bea@rosas.example');
  const { actor, context } = await hf.sessions.resolve(token);
  assert.deepEqual([actor, context.kind, context.association], [null, 'user', first.id]);

  const bea = { customer, email: 'bea@rosas.example', name: 'Bea' };
  assert.deepEqual(await hf.users.preview(ada, bea), { association: true });
  const asked = await hf.users.add(ada, bea);
  await hf.users.confirm(token, await shop.token('association_asked'));
  await hf.users.revoke(ada, first.id);
  await assert.rejects(hf.sessions.resolve(token), { code: 'access_ended' });

  const back = (await hf.sessions.choices(token)).find(({ open }) => open);
  await hf.sessions.enter(token, back.context);
  assert.equal((await hf.sessions.resolve(token)).context.association, asked.id);
  const mine = [];
  for await (const { id, state } of hf.users.mine(token, { limit: 1 })) mine.push([id, state]);
  assert.deepEqual(mine, [
    [first.id, 'revoked'],
    [asked.id, 'active'],
  ]);
});

test('a person walks the own sessions and ends the others', async () => {
  const shop = await Shop.open();
  const tokens = [];
  for (let count = 0; count < 5; count += 1) tokens.push((await shop.signIn()).token);
  const page = await shop.hf.sessions.list(tokens[0], { limit: 2 });
  assert.equal(page.items.length, 2);
  const current = [];
  for await (const session of shop.hf.sessions.list(tokens[0], { limit: 2 })) current.push(session.current);
  assert.deepEqual(current, [true, false, false, false, false]);
  await shop.hf.sessions.endOthers(tokens[0]);
  assert.equal([...shop.hf.sessions.listSync(tokens[0])].length, 1);
  await assert.rejects(shop.hf.sessions.resolve(tokens[1]), { code: 'not_signed_in' });
});

test('a second factor is asked for once it is confirmed', async () => {
  const shop = await Shop.open();
  const { sessions, twoFactor } = shop.hf;
  const { token } = await shop.signIn();
  const enrolment = await twoFactor.enrol(token, password);
  assert.ok(Buffer.isBuffer(enrolment.qrPng) && enrolment.qrPng.subarray(1, 4).equals(Buffer.from('PNG')));
  assert.match(enrolment.qrSvg, /<svg/);
  const codes = await twoFactor.confirm(token, shown(enrolment.secret, shop.clock.now()));
  assert.deepEqual([codes.length, new Set(codes).size], [10, 10]);

  const waiting = await sessions.signIn({ name: 'ada@flora.example', password });
  assert.equal(waiting.step, 'second_factor');
  await assert.rejects(sessions.resolve(waiting.held.token), { code: 'second_factor_needed' });
  await assert.rejects(sessions.finish(waiting.held.token, '000000'), { code: 'wrong_code' });
  const finished = await sessions.finish(waiting.held.token, codes[0]);
  const who = await sessions.resolve(finished.token);
  assert.deepEqual([who.twoFactor, who.actor.as], [true, 'session']);
  const { state, recoveryCodes } = await twoFactor.status(finished.token);
  assert.deepEqual([state, recoveryCodes], ['on', 9]);
});
