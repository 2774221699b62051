'use strict';

const { hearing, started } = require('./calls.js');
const { mustBeFunction, raised } = require('./errors.js');
const native = require('./native.js');
const { Pages, SyncPage } = require('./pages.js');

/** Does what the native half does, with the errors of the package. */
function raising(work) {
  try {
    return work();
  } catch (thrown) {
    throw raised(thrown);
  }
}

/** Waits for a call. An `async` function, so that the stack of an error tells who called. */
async function settled(start, callbacks) {
  try {
    return await started(start, callbacks);
  } catch (thrown) {
    throw raised(thrown);
  }
}

/** The way to the native half of one handle. */
class Door {
  #handle;

  constructor(handle) {
    this.#handle = handle;
  }

  static async open(url, settings, clock, logger) {
    const hear = hearing(logger);
    const logs = logger !== undefined;
    return new Door(await settled((number) => native.open(hear, number, [url, settings], clock, logs)));
  }

  static openSync(url, settings, clock, logger) {
    const logs = logger !== undefined;
    return new Door(raising(() => native.open(hearing(logger), null, [url, settings], clock, logs)));
  }

  /** Does an operation on another thread. */
  call(operation, args) {
    return this.start((handle, number) => handle.call(number, operation, args));
  }

  /** Does an operation at once. */
  callSync(operation, args) {
    try {
      return this.#handle.callSync(operation, args);
    } catch (thrown) {
      throw raised(thrown);
    }
  }

  /** Does an operation on many rows on another thread; `progress` hears how far it has come. */
  async bulk(operation, args, progress) {
    const tells = progress !== undefined;
    if (tells) mustBeFunction('progress', progress);
    return this.start((handle, number) => handle.bulk(number, operation, args, tells), { progress });
  }

  /** A list, not read yet. */
  pages(operation, args, { cursor, limit }) {
    return new Pages((next) => this.call(operation, [...args, { cursor: next, limit }]), cursor);
  }

  /** A page of a list, read at once. */
  pageSync(operation, args, { cursor, limit }) {
    const read = (next) => this.callSync(operation, [...args, { cursor: next, limit }]);
    return new SyncPage(read(cursor), read);
  }

  /** Starts a call of the native half by hand. */
  start(start, callbacks) {
    return settled((number) => start(this.#handle, number), callbacks);
  }

  /** Tells what a mailer says about a mail. */
  answer(ticket, reason, permanent) {
    this.#handle.answer(ticket, reason, permanent);
  }

  close() {
    this.#handle.close();
  }
}

/** The operations of one capability. */
class Group {
  constructor(door) {
    Object.defineProperty(this, '_door', { value: door });
  }
}

module.exports = { Door, Group, raising };
