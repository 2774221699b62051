import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

test('the story is told to its end, in memory and on a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'handfast-'));
  const story = fileURLToPath(new URL('story.js', import.meta.url));
  try {
    for (const url of ['memory:', join(folder, 'shop.db')]) {
      const { stdout, stderr, status } = spawnSync(process.execPath, [story, url], { encoding: 'utf8' });
      assert.deepEqual([status, stderr], [0, '']);
      assert.match(stdout, /Sara: .*\(role_too_low\)[^]*=> Rosas can order\.[^]*Rosas: active/);
      assert.match(
        stdout,
        /\(mistyped_partner_number\)[^]*last task[^]*Camino Consulting, Certified Partner[^]*\(access_ended\)[^]*stays certified/,
      );
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
