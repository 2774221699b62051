import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';

import * as handfast from 'handfast';

import { Shop } from './shop.mjs';

const { Handfast } = handfast;

test('import and require give the same package', () => {
  const required = createRequire(import.meta.url)('handfast');
  assert.deepEqual(Object.keys(required).sort(), Object.keys(handfast).sort());
  assert.equal(required.HandfastError, handfast.HandfastError);
});

test('a closed handle refuses, and closing twice does nothing', async () => {
  const { hf, ada } = await Shop.open();
  hf.close();
  hf.close();
  assert.throws(() => hf.companies.getSync(ada), { code: 'closed', name: 'UnavailableError' });
  await assert.rejects(hf.companies.get(ada), { code: 'closed' });
});

test('the package that git gives is this one', () => {
  const [own, git] = ['../package.json', '../../../package.json'].map((file) => createRequire(import.meta.url)(file));
  const { import: imported, require: required } = own.exports['.'];
  const inside = (file) => `./${join('bindings/node', file)}`;
  assert.deepEqual([git.name, git.version, git.engines], [own.name, own.version, own.engines]);
  for (const [condition, { types, default: code }] of Object.entries({ import: imported, require: required })) {
    assert.deepEqual(git.exports['.'][condition], { types: inside(types), default: inside(code) });
  }
});

test('using closes', async () => {
  const hf = Handfast.openSync('memory:');
  hf[Symbol.dispose]();
  await assert.rejects(hf.invites.open('x'), { code: 'closed' });
  const other = await Handfast.open('memory:');
  await other[Symbol.asyncDispose]();
  assert.throws(() => other.companies.getSync({}), TypeError);
  await assert.rejects(other.invites.open('x'), { code: 'closed' });
});

test('an open handle does not keep the process alive, a call under way does', () => {
  const program = `
    const { Handfast } = require('handfast');
    Handfast.open('memory:', { logger() {} }).then((hf) => {
      hf.mails.deliver(() => {}).then(() => console.log('done'));
    });
  `;
  const { stdout, stderr, status } = spawnSync(process.execPath, ['-e', program], {
    encoding: 'utf8',
    cwd: import.meta.dirname,
  });
  assert.deepEqual([stdout, stderr, status], ['done\n', '', 0]);
});
