// Approves every request of a plan that nobody else has, and tells which.

import { parentPort, workerData } from 'node:worker_threads';

import { Handfast } from 'handfast';

const { url, ada, requests } = workerData;
const hf = await Handfast.open(url);
const approved = [];
for (const request of requests) {
  try {
    approved.push((await hf.requests.approve(ada, request)).request.id);
  } catch (error) {
    if (error.code !== 'already_decided') throw error;
  }
}
hf.close();
parentPort.postMessage(approved);
