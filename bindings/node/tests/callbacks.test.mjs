import assert from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import { once } from 'node:events';
import { test } from 'node:test';

import { MailRejected } from 'handfast';

import { Shop } from './shop.mjs';

test('a throwing mailer leaves the mail in the outbox', async () => {
  const shop = await Shop.open();
  for (const mailer of [
    () => {
      throw new Error('the server is down');
    },
    async () => {
      throw new Error('the server is down');
    },
  ]) {
    const delivery = await shop.hf.mails.deliver(mailer);
    assert.deepEqual([delivery.sent, delivery.waiting, delivery.givenUp], [0, 1, 0]);
    assert.deepEqual(
      delivery.failures.map(({ code, reason }) => [code, reason]),
      [['mailer_failed', 'the server is down']],
    );
    const { items } = await shop.hf.mails.list('queued');
    assert.deepEqual(
      items.map(({ id, failure }) => [id, failure]),
      [[delivery.failures[0].mail, 'the server is down']],
    );
    shop.clock.advance(24 * 3600 * 1000);
  }
  assert.equal((await shop.mails()).delivery.sent, 1);
});

test('whatever a mailer throws is told', async () => {
  for (const [thrown, reason] of [
    [new TypeError('oops'), 'oops'],
    ['a text', 'a text'],
    [undefined, 'undefined'],
  ]) {
    const { hf } = await Shop.open();
    const { failures } = await hf.mails.deliver(() => {
      throw thrown;
    });
    assert.equal(failures[0].reason, reason);
  }
});

test('a mail that is rejected for good is given up', async () => {
  const { hf } = await Shop.open();
  const delivery = await hf.mails.deliver(() => {
    throw new MailRejected('no such box', { permanent: true });
  });
  assert.deepEqual([delivery.givenUp, delivery.failures[0].reason], [1, 'no such box']);
  const { items } = await hf.mails.list('dead');
  const { mails } = { mails: [] };
  assert.equal((await hf.mails.revive(items[0].id)).state, 'queued');
  await hf.mails.deliver((message) => void mails.push(message));
  assert.deepEqual(
    mails.map(({ kind, to }) => [kind, to]),
    [['company_welcome', 'ada@flora.example']],
  );
  await assert.rejects(hf.mails.revive(items[0].id), { code: 'wrong_state' });
});

test('a mailer may call handfast, with many deliveries in flight', { timeout: 120_000 }, async () => {
  const shops = await Promise.all(Array.from({ length: 600 }, () => Shop.open()));
  const called = [];
  const deliveries = shops.map(({ hf, ada }) =>
    hf.mails.deliver(async () => {
      called.push((await hf.companies.get(ada)).name);
      called.push(hf.companies.getSync(ada).name);
    }),
  );
  const sent = (await Promise.all(deliveries)).map((delivery) => delivery.sent);
  assert.deepEqual([sent.length, new Set(sent), called.length], [600, new Set([1]), 1200]);
});

test('a mailer may deliver, and close the handle', async () => {
  const { hf, ada } = await Shop.open();
  await hf.staff.invite(ada, { email: 'cy@flora.example', name: 'Cy', role: 'staff' });
  const subjects = [];
  const outer = await hf.mails.deliver(
    async ({ subject }) => {
      subjects.push(subject);
      const inner = await hf.mails.deliver((message) => void subjects.push(message.subject));
      assert.equal(inner.sent, 1);
      hf.close();
    },
    { limit: 1 },
  );
  assert.equal(subjects.length, 2);
  assert.ok(outer.sent === 1 || outer.failures.length === 1);
  await assert.rejects(hf.companies.get(ada), { code: 'closed' });
});

test('callbacks run in the context of who called', async () => {
  const { hf } = await Shop.open();
  const context = new AsyncLocalStorage();
  const seen = await context.run('mine', async () => {
    let seen;
    await hf.mails.deliver(() => {
      seen = context.getStore();
    });
    return seen;
  });
  assert.equal(seen, 'mine');
});

test('progress is told row by row, before the answer', async () => {
  const shop = await Shop.open();
  const requests = [];
  for (const email of ['a@x.example', 'b@x.example', 'c@x.example']) requests.push((await shop.request(email)).id);
  const told = [];
  const progress = (done, total) => told.push([done, total]);
  const rows = await shop.hf.requests.decideMany(shop.ada, 'spring', { requests, verdict: 'approve' }, { progress });
  assert.deepEqual(told, [
    [1, 3],
    [2, 3],
    [3, 3],
  ]);
  assert.deepEqual(
    rows.map(({ outcome, code }) => [outcome, code]),
    Array(3).fill(['approved', null]),
  );
  assert.deepEqual(await shop.hf.requests.decideMany(shop.ada, 'spring', { requests, verdict: 'approve' }), rows);
});

test('what a progress listener throws is thrown to the caller, and all rows are decided', async () => {
  const shop = await Shop.open();
  const requests = [(await shop.request('a@x.example')).id, (await shop.request('b@x.example')).id];
  const decide = (options) => shop.hf.requests.decideMany(shop.ada, 'k', { requests, verdict: 'reject' }, options);
  await assert.rejects(
    decide({
      progress: () => {
        throw new RangeError('mine');
      },
    }),
    new RangeError('mine'),
  );
  assert.deepEqual(
    (await decide()).map(({ outcome }) => outcome),
    ['rejected', 'rejected'],
  );
});

test('a logger hears what happens, and may throw', async () => {
  const lines = [];
  const warned = once(process, 'warning');
  const logger = (line) => {
    lines.push(line);
    if (lines.length === 1) throw new Error('the disk of the log is full');
  };
  const { hf, ada } = await Shop.open('memory:', { logger });
  await assert.rejects(hf.customers.get(ada, 'nope'));
  assert.equal((await warned)[0].message, 'the disk of the log is full');
  assert.deepEqual(
    lines.map(({ level, message }) => [level, message]),
    [
      ['debug', 'done operation=companies.sign_up'],
      ['debug', 'refused operation=customers.get code=not_an_id'],
    ],
  );
  assert.ok(lines.every(({ target }) => target.startsWith('handfast')));
});
