'use strict';

const { ManualClock } = require('./lib/clock.js');
const errors = require('./lib/errors.js');
const { Handfast } = require('./lib/handfast.js');

// one by one, so that `import { .. }` finds them by reading
exports.Handfast = Handfast;
exports.ManualClock = ManualClock;
exports.MailRejected = errors.MailRejected;
exports.HandfastError = errors.HandfastError;
exports.InvalidError = errors.InvalidError;
exports.UnauthenticatedError = errors.UnauthenticatedError;
exports.ForbiddenError = errors.ForbiddenError;
exports.NotFoundError = errors.NotFoundError;
exports.ConflictError = errors.ConflictError;
exports.ExpiredError = errors.ExpiredError;
exports.RateLimitedError = errors.RateLimitedError;
exports.UnavailableError = errors.UnavailableError;
exports.InternalError = errors.InternalError;
