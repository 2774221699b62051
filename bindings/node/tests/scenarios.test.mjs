import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { shown } from './scenario/authenticator.mjs';
import { play } from './scenario/play.mjs';

const vectors = new URL('../../../tests/vectors/', import.meta.url);
const files = readdirSync(vectors).filter((name) => name.endsWith('.json'));
const folder = mkdtempSync(join(tmpdir(), 'handfast-'));
after(() => rmSync(folder, { recursive: true }));

for (const name of files) {
  test(`${name} in memory`, () => play(new URL(name, vectors), 'memory:'));
  test(`${name} on a file`, () => play(new URL(name, vectors), join(folder, `${name}.db`)));
}

test('a scenario that does not hold tells the file, the step, what was expected and what came', async () => {
  const file = join(folder, 'wrong.json');
  const steps = [{ do: 'invites.open', with: { slug: 'x' }, expect_error: 'not_found' }];
  writeFileSync(file, JSON.stringify({ starts: '2026-11-22T10:00:00Z', steps }));
  await assert.rejects(play(pathToFileURL(file), 'memory:'), {
    message: /^wrong.json: step 1 \(invites.open\): expected the error `not_found`, got `unknown_link`/,
  });
});

test('the authenticator app shows what RFC 6238 says', () => {
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  const codes = { 59: '287082', 1111111109: '081804', 20000000000: '353130' };
  for (const [at, code] of Object.entries(codes)) assert.equal(shown(secret, new Date(at * 1000)), code);
});
