import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const block = (language) => new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(readme)[1];

test('the quick start works when it is pasted', () => {
  const program = ['--input-type=module', '--eval', block('js')];
  const { stdout, stderr } = spawnSync(process.execPath, program, { cwd: import.meta.dirname, encoding: 'utf8' });
  assert.deepEqual([stdout, stderr], [block('text'), '']);
});
