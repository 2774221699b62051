'use strict';

const { raising } = require('./door.js');
const { wrongType } = require('./errors.js');
const native = require('./native.js');

/** A clock that stands still until it is set: for tests. */
class ManualClock {
  #clock;

  constructor(at = new Date()) {
    this.#clock = raising(() => new native.Clock(at));
  }

  now() {
    return this.#clock.now();
  }

  set(at) {
    raising(() => this.#clock.set(at));
  }

  advance(by) {
    raising(() => this.#clock.advance(by));
  }

  /** The clock of the native half. */
  static of(clock) {
    if (clock === undefined || clock === null) return undefined;
    if (typeof clock !== 'object' || !(#clock in clock)) throw wrongType('`clock` must be a ManualClock');
    return clock.#clock;
  }
}

module.exports = { ManualClock };
