// What the types allow, and what they must not: compiled, never run.

import {
  ConflictError,
  Handfast,
  HandfastError,
  MailRejected,
  ManualClock,
  type Actor,
  type Client,
  type CompanyId,
  type Customer,
  type CustomerId,
  type Decimal,
  type Delivery,
  type ErrorCode,
  type Page,
  type PartnerId,
  type Role,
  type SessionView,
} from 'handfast';

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Same<A, B>): void => {};

export async function typed(ada: Actor, company: CompanyId, customer: CustomerId): Promise<void> {
  await using hf = await Handfast.open('memory:', {
    clock: new ManualClock(new Date()),
    policy: { codeLifetime: 90_000 },
    logger: ({ level, message }) => console.log(level, message),
  });

  const page = await hf.customers.list(ada, { state: 'active', limit: 10 });
  same<typeof page, Page<Customer>>(true);
  for await (const each of hf.customers.list(ada)) same<typeof each, Customer>(true);
  for (const each of hf.customers.listSync(ada)) same<typeof each, Customer>(true);
  const can = hf.customers.canOrderSync(ada, customer);
  same<(typeof can)['yes'], boolean>(true);
  same<Customer['ready'], Date | null>(true);
  same<Customer['markup'], Decimal | null>(true);

  const delivery = await hf.mails.deliver(async ({ to }) => {
    throw new MailRejected(`no such box: ${to}`, { permanent: true });
  });
  same<typeof delivery, Delivery>(true);
  const decisions = { requests: [], verdict: 'approve' } as const;
  await hf.requests.decideMany(ada, 'key', decisions, {
    progress: (done: number, total: number) => void (done + total),
  });
  const who = await hf.sessions.resolve('a token');
  same<typeof who.actor, Actor | null>(true);
  if (who.actor !== null) await hf.companies.get(who.actor);
  if (who.actor?.as === 'session') await hf.sessions.switchTo('a token', who.actor.identity);
  if (who.actor?.as === 'partner') await hf.partners.endVisit(ada, who.actor.delegation);
  const signal = { name: 'seen', key: '1', company, fields: [{ name: 'seats', number: 3 }] } as const;
  await hf.courses.signalMany([signal], { progress: (done: number, total: number) => void (done + total) });
  for await (const each of hf.partners.clients('a token')) same<typeof each, Client>(true);
  const { held, step } = await hf.sessions.signIn({ name: 'ada@flora.example', password: 'a password' });
  if (step === 'second_factor' && held !== null) await hf.sessions.finish(held.token, '123456');
  for await (const each of hf.sessions.list('a token')) same<typeof each, SessionView>(true);
  same<Awaited<ReturnType<typeof hf.twoFactor.confirm>>, string[]>(true);
  same<Awaited<ReturnType<typeof hf.twoFactor.enrol>>['qrPng'], Uint8Array>(true);
  // any id names a record
  await hf.events.list(ada, { filter: { subject: customer, since: new Date() } });

  const { id: priceType } = await hf.priceTypes.add(ada, 'Retail');
  await hf.customers.setPricing(ada, customer, { priceType, markup: '12.5', creditLimit: null });
  await hf.customers.setPricing(ada, customer, { priceType, markup: '12.5' as Decimal });

  // @ts-expect-error: the id of a company is none of a customer
  await hf.customers.get(ada, company);
  // @ts-expect-error: a plain text is no id
  await hf.customers.get(ada, 'a text');
  // @ts-expect-error: there is no such state
  await hf.customers.list(ada, { state: 'actve' });
  // @ts-expect-error: there is no such option
  await hf.customers.list(ada, { limt: 10 });
  // @ts-expect-error: a number is no decimal
  await hf.customers.setPricing(ada, customer, { priceType, markup: 12.5 });
  // @ts-expect-error: who acts must be told
  await hf.customers.get(customer);
  // @ts-expect-error: a member of the staff has a login
  const nobody: Actor = { as: 'staff', company };
  // @ts-expect-error: who signed in may act for no company
  await hf.companies.get(who.actor);
  // @ts-expect-error: an actor of a session has an identity
  const half: Actor = { as: 'session', session: who.session, login: who.login, company };
  // @ts-expect-error: an actor of a partner has a visit
  const visitor: Actor = { ...half, as: 'partner', identity: who.identity, partner: 'a text' as PartnerId };
  // @ts-expect-error: what changes has no twin
  hf.customers.activateSync(ada, customer);
  // @ts-expect-error: a handle is opened
  new Handfast();
  void [nobody, half, visitor];
}

export function refused(error: unknown): Role | ErrorCode {
  if (error instanceof ConflictError && error.details.faults.length > 0) return 'admin';
  if (error instanceof HandfastError) return error.code;
  throw error;
}
