// Delivers with a mailer that never answers, and tells when it has a mail.

import { parentPort, workerData } from 'node:worker_threads';

import { Shop } from '../shop.mjs';

const { hf } = await Shop.open(workerData);
await hf.mails.deliver(() => {
  parentPort.postMessage('waiting');
  return new Promise(() => {});
});
