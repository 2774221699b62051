import handfast from './index.js';

export const {
  Handfast,
  ManualClock,
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
} = handfast;
