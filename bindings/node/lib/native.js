'use strict';

const path = require('node:path');

/** The addon that `build.mjs` puts here: the native half of the package. */
const file = path.join(__dirname, '..', `handfast.${process.platform}-${process.arch}.node`);

try {
  module.exports = require(file);
} catch (cause) {
  const message = `handfast has no native half at ${file}: \`npm install\` in the package's folder builds it (it needs Rust)`;
  throw new Error(message, { cause });
}
