// Builds the native half with cargo and puts it beside the package's other files. `--debug` builds faster, runs slower.

import { spawnSync } from 'node:child_process';
import { copyFileSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = dirname(fileURLToPath(import.meta.url));
const profile = process.argv.includes('--debug') ? [] : ['--release'];
const format = '--message-format=json-render-diagnostics';
const cargo = spawnSync('cargo', ['build', '--locked', '-p', 'handfast-node', format, ...profile], {
  cwd: join(folder, '..', '..'),
  encoding: 'utf8',
  maxBuffer: 2 ** 30,
  stdio: ['ignore', 'pipe', 'inherit'],
});
if (cargo.error) {
  console.error(`handfast is built with Rust, which was not found (${cargo.error.message}): https://rustup.rs`);
  process.exit(1);
}
if (cargo.status !== 0) process.exit(cargo.status ?? 1);

const isOurs = (message) => message.reason === 'compiler-artifact' && message.target.name === 'handfast_node';
const lines = cargo.stdout.split('\n').filter((line) => line.startsWith('{'));
const library = lines
  .map((line) => JSON.parse(line))
  .filter(isOurs)
  .flatMap((artifact) => artifact.filenames)
  .find((name) => /\.(so|dylib|dll)$/.test(name));
const addon = join(folder, `handfast.${process.platform}-${process.arch}.node`);
// a process that has the old one loaded keeps it
copyFileSync(library, `${addon}.new`);
renameSync(`${addon}.new`, addon);
console.log(`built ${addon}`);
