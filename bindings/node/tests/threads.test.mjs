import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Worker } from 'node:worker_threads';

import { Shop } from './shop.mjs';

const folder = mkdtempSync(join(tmpdir(), 'handfast-'));
after(() => rmSync(folder, { recursive: true }));

const opened = (name) => Shop.open(join(folder, name));

/** What a program says that runs in a worker of its own. */
function inWorker(program, workerData) {
  const worker = new Worker(new URL(`workers/${program}.mjs`, import.meta.url), { workerData });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the worker ended with ${code}`)));
  });
}

test('two workers on one file decide each request once', async () => {
  const url = join(folder, 'shop.db');
  const shop = await Shop.open(url);
  const requests = [];
  for (let number = 0; number < 20; number += 1) requests.push((await shop.request(`buyer${number}@x.example`)).id);
  const deciders = [1, 2].map(() => inWorker('decide', { url, ada: shop.ada, requests }));
  const approved = (await Promise.all(deciders)).flat();
  assert.deepEqual(approved.sort(), requests.sort());
  let customers = 0;
  for await (const { state } of shop.hf.customers.list(shop.ada, { limit: 7 })) customers += state === 'inactive';
  assert.equal(customers, 20);
});

test('the addon loads in many workers at once, and again after they have ended', async () => {
  for (let round = 0; round < 3; round += 1) {
    const names = await Promise.all(Array.from({ length: 8 }, () => inWorker('alone', null)));
    assert.deepEqual(new Set(names), new Set(['Flora Export']));
  }
});

test('a worker that is ended in the middle of a delivery harms nobody', async () => {
  const { hf, ada } = await opened('ended.db');
  for (let round = 0; round < 3; round += 1) {
    const worker = new Worker(new URL('workers/stuck.mjs', import.meta.url), {
      workerData: join(folder, `ended${round}.db`),
    });
    await new Promise((resolve) => worker.once('message', resolve));
    await worker.terminate();
  }
  assert.equal((await hf.companies.get(ada)).name, 'Flora Export');
  assert.equal((await hf.mails.deliver(() => {})).sent, 1);
});

test('64 mailers may wait for each other', async () => {
  let arrived = 0;
  let open;
  const all = new Promise((resolve) => (open = resolve));
  const shops = await Promise.all(Array.from({ length: 64 }, () => Shop.open()));
  const wait = () => {
    arrived += 1;
    if (arrived === 64) open();
    return all;
  };
  const sent = await Promise.all(shops.map((shop) => shop.hf.mails.deliver(wait)));
  assert.deepEqual(new Set(sent.map((delivery) => delivery.sent)), new Set([1]));
});

test('64 changes at once on a file are committed in groups', async () => {
  const { hf, ada } = await opened('groups.db');
  const add = (name) => hf.priceTypes.add(ada, name);
  for (let warm = 0; warm < 64; warm += 1) await add(`warm ${warm}`);
  const began = performance.now();
  for (let number = 0; number < 64; number += 1) await add(`one ${number}`);
  const alone = performance.now() - began;
  const beganAgain = performance.now();
  await Promise.all(Array.from({ length: 64 }, (_, number) => add(`many ${number}`)));
  const together = performance.now() - beganAgain;
  assert.ok(together < alone, `64 at once took ${together} ms, one after the other ${alone} ms`);
});
