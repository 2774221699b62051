'use strict';

const { maps } = require('../generated/names.js');

/** Whatever handfast refuses. Each category has a subclass. */
class HandfastError extends Error {
  constructor({ code, category, retryable, message, faults = [], retryAfter = null }) {
    super(message);
    this.code = code;
    this.category = category;
    this.retryable = retryable;
    this.details = { faults, retryAfter };
  }

  toJSON() {
    const { name, code, category, retryable, message, details } = this;
    return { name, code, category, retryable, message, details };
  }
}

class InvalidError extends HandfastError {}
class UnauthenticatedError extends HandfastError {}
class ForbiddenError extends HandfastError {}
class NotFoundError extends HandfastError {}
class ConflictError extends HandfastError {}
class ExpiredError extends HandfastError {}
class RateLimitedError extends HandfastError {}
class UnavailableError extends HandfastError {}
class InternalError extends HandfastError {}

const categories = {
  invalid: InvalidError,
  unauthenticated: UnauthenticatedError,
  forbidden: ForbiddenError,
  not_found: NotFoundError,
  conflict: ConflictError,
  expired: ExpiredError,
  rate_limited: RateLimitedError,
  unavailable: UnavailableError,
  internal: InternalError,
};

/** What a mailer throws to say whether a mail that it did not take should be tried again. */
class MailRejected extends Error {
  constructor(message, { permanent = false, ...options } = {}) {
    super(message, options);
    this.permanent = permanent;
  }
}

for (const each of [HandfastError, MailRejected, ...Object.values(categories)]) {
  Object.defineProperty(each.prototype, 'name', { value: each.name, configurable: true, writable: true });
}

const camelCase = (name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());

/** The path of a field with the names that it has here; what the host named itself stays. */
function fieldPath(path) {
  const names = path.split('.');
  const map = names.findIndex((name) => maps.has(name));
  return names.map((name, at) => (map >= 0 && at > map ? name : camelCase(name))).join('.');
}

/** The error for what the native half threw, which carries a failure, or for a failure that it told. */
function raised(thrown) {
  const failure = thrown instanceof Error ? thrown.failure : thrown;
  if (failure === undefined) return thrown;
  const faults = failure.faults.map((fault) => ({ ...fault, field: fieldPath(fault.field) }));
  return new (categories[failure.category] ?? HandfastError)({ ...failure, faults });
}

/** A `TypeError`, with the code that Node itself gives one. */
function wrongType(message) {
  return Object.assign(new TypeError(message), { code: 'ERR_INVALID_ARG_TYPE' });
}

function mustBeFunction(name, value) {
  if (typeof value !== 'function') throw wrongType(`\`${name}\` must be a function, got ${typeof value}`);
}

module.exports = {
  mustBeFunction,
  raised,
  wrongType,
  MailRejected,
  HandfastError,
  InvalidError,
  UnauthenticatedError,
  ForbiddenError,
  NotFoundError,
  ConflictError,
  ExpiredError,
  RateLimitedError,
  UnavailableError,
  InternalError,
};
