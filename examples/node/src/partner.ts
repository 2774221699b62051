// The chapter of the story in which Ada's company gets a Certified Partner, and the partner its certificate.

import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import { HandfastError, type Actor, type CustomerId, type Handfast } from 'handfast';

const course = new URL('../../courses/certified-partner.toml', import.meta.url);

/** Who takes part, and how what happens is told by mail. */
export interface Cast {
  ada: Actor;
  adaEmail: string;
  customer: CustomerId;
  password: string;
  deliver: () => Promise<unknown>;
}

/** What the host does once: from then on, whatever happens counts. */
export async function publish(hf: Handfast) {
  const { partnerTasks, commerceTasks } = await hf.courses.publish(await readFile(course, 'utf8'), 'toml');
  console.log(`The host publishes its e-course: ${partnerTasks} tasks of partners, ${commerceTasks} of clients.`);
}

export async function partnerChapter(hf: Handfast, { ada, adaEmail, customer, password, deliver }: Cast) {
  /** A session's token; a host keeps it in a cookie. */
  async function signedIn(name: string): Promise<string> {
    const { held } = await hf.sessions.signIn({ name, password });
    if (held === null) throw new Error(`${name} was not signed in`);
    return held.token;
  }
  /** Tells why something is refused. */
  async function refused(what: string, attempt: Promise<unknown>): Promise<void> {
    const error: unknown = await attempt.then(
      () => new Error(`${what}: not refused`),
      (error: unknown) => error,
    );
    if (!(error instanceof HandfastError)) throw error;
    console.log(`${what}: ${error.message} (${error.code})`);
  }

  const { partner } = await hf.partners.signUp({
    name: 'Camino Consulting',
    locale: 'en',
    ownerName: 'Carla Camino',
    ownerEmail: 'carla@camino.example',
    ownerPassword: password,
  });
  console.log(`8. Carla signs ${partner.name} up, and gives Ada its number: ${partner.grouped}`);
  const [carla, admin] = [await signedIn('carla@camino.example'), await signedIn(adaEmail)];
  const mistyped = partner.grouped.slice(0, -1) + (partner.grouped.endsWith('0') ? '1' : '0');
  await refused('   One digit wrong', hf.partners.designate(admin, mistyped, password));
  await hf.partners.designate(admin, partner.grouped, password);
  await deliver();

  const client = (await hf.partners.clients(carla)).items[0];
  if (client === undefined) throw new Error('Carla has no client');
  await hf.courses.enable(carla, client.company);
  console.log(`9. She chooses ${client.name} for her e-course: what was done before counts. Still to do:`);
  for (const { title, directives } of (await hf.courses.page(carla)).sections)
    for (const { text } of directives.filter(({ state }) => state === 'task')) console.log(`   - ${title}: ${text}`);
  const { name, country, timeZone } = await hf.companies.get(ada);
  await hf.companies.update(ada, { name, country, locale: 'es-EC', timeZone });
  await hf.priceTypes.add(ada, 'Wholesale');
  await hf.invites.share(ada);
  await hf.users.add(ada, { customer, email: 'rita@rosas.example', name: 'Rita Rosas' });
  // a fact that only the host knows; the course of today does not ask for it, one of tomorrow may
  await hf.courses.signal({ partner: partner.id, name: 'webinar_attended', key: 'webinar 7, Carla' });
  await deliver();

  const { obstacles } = await hf.partners.canLogIn(carla, client.company);
  console.log(`10. She cannot enter yet: ${obstacles.join(', ')}. So she sets a second factor up.`);
  const { secret } = await hf.twoFactor.enrol(carla, password);
  await hf.twoFactor.confirm(carla, shown(secret));
  await hf.partners.logIn(carla, client.company, { reason: 'setting the shop up' });
  const who = await hf.sessions.resolve(carla);
  for await (const visit of hf.partners.visits(ada))
    console.log(`   One click, and Ada sees ${visit.person} of ${visit.partnerName}: ${visit.reason}.`);
  if (who.actor) await refused('   Not her business', hf.companies.cancelTrial(who.actor));

  async function switchBack(): Promise<void> {
    const own = (await hf.sessions.identities(carla)).find(({ context }) => context.kind === 'partner');
    if (own) await hf.sessions.switchTo(carla, own.id);
  }
  await switchBack();
  const { number } = await hf.courses.certificate(carla);
  const verified = await hf.courses.verify(number);
  console.log(`11. That was the last task. Anyone can verify ${number}: ${verified.name}, ${verified.course}.`);
  await deliver();

  await hf.partners.logIn(carla, client.company);
  await hf.partners.clear(ada);
  await refused("12. Ada takes the number out again. Carla's next call", hf.sessions.resolve(carla));
  await switchBack();
  const left = (await hf.partners.clients(carla)).items.length;
  console.log(`   She has ${left} clients, and stays ${(await hf.partners.get(carla)).state}.`);
  await deliver();
}

/** What Carla's authenticator app shows (RFC 6238). */
function shown(secret: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const digest = createHmac('sha1', key).update(step).digest();
  const code = digest.readUInt32BE((digest.at(-1) ?? 0) & 0xf) & 0x7fff_ffff;
  return String(code % 1_000_000).padStart(6, '0');
}
