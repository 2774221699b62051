// A host on the web: what the pages behind an invite link ask of it, and the sign-in of those who work with it. The mails
// go out from a worker that calls `hf.mails.deliver` every few seconds, in this process or another one.

import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import {
  HandfastError,
  type Actor,
  type BusinessInput,
  type ErrorCategory,
  type Handfast,
  type Resolved,
  type VisitId,
} from 'handfast';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, behind the sign-in. */
    who: Resolved;
  }
}

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

/** What the page holds: a visit pass, or the token of a session. Nothing is one too, of nobody. */
const bearer = ({ headers }: FastifyRequest): string => headers.authorization?.replace(/^Bearer /, '') ?? '';

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

  app.post<{ Body: BusinessInput }>('/invite/submit', async (request, reply) =>
    reply.code(201).send(await hf.invites.submit(bearer(request), request.body)),
  );

  app.post<{ Body: { name: string; password: string } }>('/session', async ({ headers, body }, reply) => {
    const { name, password } = body;
    const { step, held } = await hf.sessions.signIn({ name, password, device: headers['user-agent']?.slice(0, 200) });
    return reply.code(201).send({ step, token: held?.token ?? null });
  });

  // the second factor, where `step` asked for it: another token takes the place of the one before
  app.post<{ Body: { code: string } }>('/session/finish', async (request) => {
    const { token } = await hf.sessions.finish(bearer(request), request.body.code);
    return { token };
  });

  app.register(async (inside) => signedIn(inside, hf));
  return app;
}

/** What only who is signed in may see. It is read at every request, so who has lost access is refused from the next one on. */
function signedIn(app: FastifyInstance, hf: Handfast): void {
  app.decorateRequest('who');
  app.addHook('preHandler', async (request) => {
    request.who = await hf.sessions.resolve(bearer(request));
  });

  app.get('/session', async ({ who }) => who);

  app.delete('/session', async (request, reply) => {
    await hf.sessions.signOut(bearer(request));
    return reply.code(204).send();
  });

  app.get('/customers', async ({ who }, reply) => {
    if (who.actor === null) return reply.code(403).send({ message: 'for the staff of a company' });
    return customers(hf, who.actor);
  });
}

/** The customers of the company that the person works for. */
async function customers(hf: Handfast, actor: Actor) {
  const all = [];
  for await (const { id, legalName, state } of hf.customers.list(actor)) all.push({ id, name: legalName, state });
  return all;
}
