import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { test } from 'node:test';

import { Handfast } from 'handfast';

import { Shop } from './shop.mjs';

const megabyte = 2 ** 20;

/** What is held after `rounds` of the work, beyond what was held after the first fifth of them, in bytes. */
async function growth(rounds, work) {
  const held = async () => {
    for (let round = 0; round < 3; round += 1) {
      globalThis.gc();
      await setImmediate();
    }
    return process.memoryUsage().rss;
  };
  for (let round = 0; round < rounds / 5; round += 1) await work(round);
  const before = await held();
  for (let round = 0; round < rounds; round += 1) await work(round);
  return (await held()) - before;
}

test('calls hold no memory', async () => {
  const { hf, ada } = await Shop.open();
  const grown = await growth(5_000, async () => {
    hf.companies.getSync(ada);
    await hf.companies.get(ada);
    await hf.customers.get(ada, 'nope').catch(() => {});
  });
  assert.ok(grown < 4 * megabyte, `${grown / megabyte} MB more`);
});

test('callbacks hold no memory', async () => {
  const { hf, ada } = await Shop.open('memory:', { logger() {} });
  const ballast = () => new Array(10_000).fill(0);
  const grown = await growth(1_000, async () => {
    const held = ballast();
    await hf.mails.deliver(() => held.length);
    await hf.requests
      .decideMany(ada, 'k', { requests: [], verdict: 'approve' }, { progress: () => held.length })
      .catch(() => {});
  });
  assert.ok(grown < 32 * megabyte, `${grown / megabyte} MB more`);
});

test('handles that are forgotten are freed', async () => {
  const freed = new Set();
  const registry = new FinalizationRegistry((number) => freed.add(number));
  await (async () => {
    for (let number = 0; number < 10; number += 1)
      registry.register(await Handfast.open('memory:', { logger() {} }), number);
  })();
  for (let round = 0; round < 20 && freed.size < 10; round += 1) {
    await setImmediate();
    globalThis.gc();
  }
  assert.ok(freed.size >= 9, `${freed.size} of 10`);
});
