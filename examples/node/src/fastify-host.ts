// The visitor's side of a host on the web: what the pages behind an invite link ask of it. The mails go out from a worker
// that calls `hf.mails.deliver` every few seconds, in this process or another one.

import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { HandfastError, type BusinessInput, type ErrorCategory, type Handfast, type VisitId } from 'handfast';

const status: Record<ErrorCategory, number> = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  expired: 410,
  rate_limited: 429,
  unavailable: 503,
  internal: 500,
};

/** A refusal as the page reads it: the code to decide by, the faults to show beside their fields. */
function refused(error: HandfastError, reply: FastifyReply): FastifyReply {
  const { code, message, retryable, details } = error;
  if (details.retryAfter !== null) reply.header('retry-after', Math.ceil(details.retryAfter / 1000));
  return reply.code(status[error.category]).send({ code, message, retryable, faults: details.faults });
}

/** The routes, on an open handle. */
export function host(hf: Handfast): FastifyInstance {
  const app = Fastify();

  app.setErrorHandler((error: Error & { code?: string }, _request, reply) => {
    if (error instanceof HandfastError) return refused(error, reply);
    // JSON that holds a number where a text belongs
    if (error.code === 'ERR_INVALID_ARG_TYPE')
      return reply.code(400).send({ code: error.code, message: error.message });
    return reply.send(error);
  });

  app.get<{ Params: { slug: string } }>('/invite/:slug', ({ params }) => hf.invites.open(params.slug));

  app.post<{ Params: { slug: string }; Body: { email: string; locale?: string } }>(
    '/invite/:slug/start',
    ({ params, body }) => hf.invites.start(params.slug, body.email, { locale: body.locale }),
  );

  app.post<{ Body: { visit: VisitId; code: string } }>('/invite/verify', ({ body }) =>
    hf.invites.verify(body.visit, body.code),
  );

  app.post<{ Body: BusinessInput; Headers: { authorization?: string } }>(
    '/invite/submit',
    async ({ headers, body }, reply) => {
      const pass = headers.authorization?.replace(/^Bearer /, '') ?? '';
      return reply.code(201).send(await hf.invites.submit(pass, body));
    },
  );

  return app;
}
