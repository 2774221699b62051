'use strict';

const { groups } = require('../generated/groups/index.js');
const { ManualClock } = require('./clock.js');
const { Door } = require('./door.js');
const { mustBeFunction, wrongType } = require('./errors.js');

const inside = Symbol('made by open');

/** What opening takes, for the native half. */
function taken({ clock, logger, ...settings } = {}) {
  if (logger !== undefined && typeof logger !== 'function') throw wrongType('`logger` must be a function');
  return [settings, ManualClock.of(clock), logger];
}

/** The library, open on a store. */
class Handfast {
  #door;

  constructor(key, door) {
    if (key !== inside) throw new TypeError('a Handfast is made by `Handfast.open` or `Handfast.openSync`');
    this.#door = door;
    for (const [name, Group] of Object.entries(groups)) this[name] = new Group(door);
  }

  static async open(url, settings) {
    return new Handfast(inside, await Door.open(url, ...taken(settings)));
  }

  static openSync(url, settings) {
    return new Handfast(inside, Door.openSync(url, ...taken(settings)));
  }

  async copyTo(url, { live = false, progress } = {}) {
    const tells = progress !== undefined;
    if (tells) mustBeFunction('progress', progress);
    return this.#door.start((handle, number) => handle.copyTo(number, [url, live], tells), { progress });
  }

  close() {
    this.#door.close();
  }

  /** Panics inside the library: for a host that wants to see that it survives. */
  provokePanic() {
    return this.#door.start((handle, number) => handle.provokePanic(number));
  }

  [Symbol.dispose ?? Symbol.for('Symbol.dispose')]() {
    this.close();
  }

  async [Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose')]() {
    this.close();
  }
}

module.exports = { Handfast };
