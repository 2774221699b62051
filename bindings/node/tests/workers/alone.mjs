// Has a shop of its own, and tells its name.

import { parentPort } from 'node:worker_threads';

import { Shop } from '../shop.mjs';

const { hf, ada } = await Shop.open();
const delivery = await hf.mails.deliver(async () => void (await hf.companies.get(ada)));
parentPort.postMessage(delivery.sent === 1 ? hf.companies.getSync(ada).name : delivery);
