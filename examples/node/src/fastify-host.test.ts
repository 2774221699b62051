import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Handfast, ManualClock, type Message } from 'handfast';

import { host } from './fastify-host.js';

const business = {
  legalName: 'Rosas',
  contact: 'Bea Rosas',
  phone: '+593 2 600 1122',
  billing: { line1: 'Av. Amazonas 12', city: 'Quito', country: 'EC' },
};

const ada = { name: 'ada@flora.example', password: 'correct horse battery staple' };

async function opened() {
  const clock = new ManualClock(new Date('2026-11-22T10:00:00Z'));
  const hf = await Handfast.open('memory:', { clock, hashing: 'insecure_for_tests' });
  const { company, admin } = await hf.companies.signUp({
    name: 'Flora Export',
    country: 'EC',
    locale: 'en',
    timeZone: 'America/Guayaquil',
    adminName: 'Ada Flores',
    adminEmail: ada.name,
    adminPassword: ada.password,
  });
  const { slug } = await hf.invites.link({ as: 'staff', login: admin.login, company: company.id });
  const mails: Message[] = [];
  const deliver = () => hf.mails.deliver((message) => void mails.push(message));
  const code = async () => {
    await deliver();
    return /^\s*(\d{6,10})\s*$/m.exec(mails.findLast(({ kind }) => kind === 'visitor_code')?.text ?? '')?.[1];
  };
  return { hf, app: host(hf), slug, clock, mails, deliver, code };
}

test('a visitor opens the link, proves the address and files a request', async () => {
  const { app, slug, mails, deliver, code } = await opened();
  const preview = await app.inject({ url: `/invite/${slug}` });
  assert.deepEqual(
    [preview.statusCode, preview.json().company, preview.json().standing],
    [200, 'Flora Export', 'open'],
  );

  const email = 'bea@rosas.example';
  const started = await app.inject({ method: 'POST', url: `/invite/${slug}/start`, payload: { email, locale: 'es' } });
  assert.deepEqual([started.statusCode, started.json().expires], [200, '2026-11-22T10:10:00.000Z']);

  const payload = { visit: started.json().visit, code: await code() };
  const verified = await app.inject({ method: 'POST', url: '/invite/verify', payload });
  const headers = { authorization: `Bearer ${verified.json().visitPass}` };
  const filed = await app.inject({ method: 'POST', url: '/invite/submit', headers, payload: business });
  assert.deepEqual([filed.statusCode, filed.json().state], [201, 'pending']);
  await deliver();
  assert.ok(mails.some(({ kind, to }) => kind === 'request_received' && to === email));
});

test('a refusal is a status by its category, with the code in the body', async () => {
  const { app, slug, clock, code } = await opened();
  const unknown = await app.inject({ url: '/invite/nothing' });
  assert.deepEqual([unknown.statusCode, unknown.json().code], [404, 'unknown_link']);

  const start = { method: 'POST', url: `/invite/${slug}/start`, payload: { email: 'bea@rosas.example' } } as const;
  const { visit } = (await app.inject(start)).json();
  const again = await app.inject(start);
  assert.deepEqual([again.statusCode, again.json().code, again.headers['retry-after']], [429, 'too_often', '60']);

  const verify = { method: 'POST', url: '/invite/verify' } as const;
  const wrong = await app.inject({ ...verify, payload: { visit, code: '00000000' } });
  assert.deepEqual([wrong.statusCode, wrong.json().code], [401, 'wrong_code']);
  clock.advance(10 * 60_000);
  const late = await app.inject({ ...verify, payload: { visit, code: await code() } });
  assert.deepEqual([late.statusCode, late.json().code], [410, 'code_expired']);

  const submit = { method: 'POST', url: '/invite/submit' } as const;
  const stranger = await app.inject({ ...submit, payload: business });
  assert.deepEqual([stranger.statusCode, stranger.json().code], [401, 'unknown_token']);
});

test('every fault is told beside its field, and a wrong type is a bad request', async () => {
  const { app, slug, code } = await opened();
  const start = await app.inject({
    method: 'POST',
    url: `/invite/${slug}/start`,
    payload: { email: 'bea@rosas.example' },
  });
  const verify = { visit: start.json().visit, code: await code() };
  const { visitPass } = (await app.inject({ method: 'POST', url: '/invite/verify', payload: verify })).json();
  const submit = { method: 'POST', url: '/invite/submit', headers: { authorization: `Bearer ${visitPass}` } } as const;

  const wrong = await app.inject({ ...submit, payload: { ...business, legalName: '', phone: '12' } });
  const faults = wrong.json().faults.map(({ field, code }: { field: string; code: string }) => [field, code]);
  assert.deepEqual([wrong.statusCode, wrong.json().code], [422, 'invalid_input']);
  assert.deepEqual(faults, [
    ['legalName', 'required'],
    ['phone', 'not_a_phone'],
  ]);

  const type = await app.inject({ ...submit, payload: { ...business, phone: 12 } });
  assert.deepEqual([type.statusCode, type.json().message], [400, '`business.phone` must be a string, got a number']);
});

test('a person signs in, sees the customers, and signs out', async () => {
  const { app } = await opened();
  for (const headers of [{}, { authorization: 'Bearer x' }]) {
    const stranger = await app.inject({ url: '/customers', headers });
    assert.deepEqual([stranger.statusCode, stranger.json().code], [401, 'not_signed_in']);
  }
  const guess = { method: 'POST', url: '/session', payload: { ...ada, password: 'a guess' } } as const;
  const wrong = await app.inject(guess);
  assert.deepEqual([wrong.statusCode, wrong.json().code], [401, 'wrong_password']);

  const signed = await app.inject({ ...guess, payload: ada });
  assert.deepEqual([signed.statusCode, signed.json().step], [201, 'active']);
  const headers = { authorization: `Bearer ${signed.json().token}` };
  const who = (await app.inject({ url: '/session', headers })).json();
  assert.deepEqual([who.email, who.role, who.actor.as], ['ada@flora.example', 'admin', 'session']);
  assert.deepEqual((await app.inject({ url: '/customers', headers })).json(), []);
  assert.equal((await app.inject({ method: 'DELETE', url: '/session', headers })).statusCode, 204);
  assert.equal((await app.inject({ url: '/customers', headers })).statusCode, 401);
});

test('a person who changes company is no staff there any more', async () => {
  const { hf, app, clock } = await opened();
  const signed = await app.inject({ method: 'POST', url: '/session', payload: ada });
  const headers = { authorization: `Bearer ${signed.json().token}` };
  await hf.sessions.enter(signed.json().token, { kind: 'person' });
  clock.advance(1);
  const refused = await app.inject({ url: '/customers', headers });
  assert.deepEqual([refused.statusCode, refused.json().message], [403, 'for the staff of a company']);
});
