'use strict';

const { AsyncResource } = require('node:async_hooks');

/** Calls that are under way, by their numbers. */
const pending = new Map();
let last = 0;

// the native half does not keep the process alive: this does, while a call is under way
const awake = setInterval(() => {}, 2 ** 31 - 1);
awake.unref();

function begin(call) {
  do last = (last + 1) >>> 0;
  while (pending.has(last));
  pending.set(last, call);
  if (pending.size === 1) awake.ref();
  return last;
}

function end(number) {
  const call = pending.get(number);
  pending.delete(number);
  if (pending.size === 0) awake.unref();
  return call;
}

/** Starts a call; its promise is settled by the news of its number. Callbacks run in the context of who called. */
function started(start, { mail, progress } = {}) {
  return new Promise((resolve, reject) => {
    const bound = (callback) => callback && AsyncResource.bind(callback);
    const number = begin({ resolve, reject, mail: bound(mail), progress: bound(progress), thrown: null });
    try {
      start(number);
    } catch (thrown) {
      end(number);
      reject(thrown);
    }
  });
}

const news = {
  done(number, failure, value) {
    const call = end(number);
    if (failure !== undefined) call.reject(failure);
    else if (call.thrown !== null) call.reject(call.thrown.error);
    else call.resolve(value);
  },

  mail(number, ticket, message) {
    pending.get(number).mail(ticket, message);
  },

  progress(number, done, total) {
    const call = pending.get(number);
    try {
      call.progress(done, total);
    } catch (error) {
      call.thrown ??= { error };
    }
  },
};

/** The function that hears the news of a handle. It holds the logger and not the handle, which else were never freed. */
function hearing(logger) {
  return (kind, number, first, second) => {
    if (kind !== 'log') {
      news[kind](number, first, second);
      return;
    }
    try {
      logger(first);
    } catch (error) {
      process.emitWarning(error instanceof Error ? error : String(error));
    }
  };
}

module.exports = { hearing, started };
