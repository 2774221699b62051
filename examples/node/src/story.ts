// The story of handfast, from an invite link to a customer who can buy, and a partner who is certified.
// `npm run story`, or `node dist/story.js shop.db`.

import { Handfast, HandfastError, type Actor, type CustomerId, type Message, type Role } from 'handfast';

import { partnerChapter, publish } from './partner.js';

const password = 'correct horse battery staple';

// `using` closes the handle at the end, whatever happens
await using hf = await Handfast.open(process.argv[2] ?? 'memory:');

/** Delivers what is in the outbox; a real host hands each message to its mail server. */
async function deliver(): Promise<Message[]> {
  const messages: Message[] = [];
  await hf.mails.deliver((message) => void messages.push(message));
  for (const { to, subject } of messages) console.log(`   [mail] ${to}: ${subject}`);
  return messages;
}

/** What a person finds in the newest mail that has it: a code alone on its line, or what follows `#` in a link. */
async function found(pattern: RegExp): Promise<string> {
  const all = (await deliver()).map(({ text }) => pattern.exec(text)?.[1]);
  return all.findLast((one) => one !== undefined) ?? '';
}

await publish(hf);

console.log('1. Ada signs Flora Export up and is its first Admin.');
const { company, admin } = await hf.companies.signUp({
  name: 'Flora Export',
  country: 'EC',
  locale: 'en',
  timeZone: 'America/Guayaquil',
  adminName: 'Ada Flores',
  adminEmail: 'ada@flora.example',
  adminPassword: password,
});
const ada: Actor = { as: 'staff', login: admin.login, company: company.id };
await deliver();

console.log('2. She invites Pedro, who decides on requests, and Sara, who sets customers up.');
async function member(name: string, email: string, role: Role): Promise<Actor> {
  await hf.staff.invite(ada, { name, email, role });
  const joined = await hf.staff.accept(await found(/#(\S+)/), { password });
  return { as: 'staff', login: joined.login, company: joined.company };
}
const pedro = await member('Pedro Paz', 'pedro@flora.example', 'procurement_manager');
const sara = await member('Sara Sol', 'sara@flora.example', 'sales_manager');
const retail = await hf.priceTypes.add(ada, 'Retail');
const truck = await hf.carriers.add(ada, 'Night truck');
await hf.companies.setForm(ada, [
  { key: 'heard', label: 'How did you hear of us?', kind: 'choice', choices: ['A flyer', 'A friend'], required: true },
]);

console.log('3. Pedro gets the invite link; Sara may not.');
const link = await hf.invites.link(pedro);
console.log(`   ${link.url}, and a QR code of ${(await hf.invites.qrPng(pedro)).length} bytes`);
try {
  await hf.invites.link(sara);
} catch (error) {
  if (!(error instanceof HandfastError)) throw error;
  console.log(`   Sara: ${error.message} (${error.code})`);
}

console.log('4. Bea opens it, proves her address and files a request.');
const { form } = await hf.invites.open(link.slug);
console.log(`   asked: ${form.map(({ label }) => label).join(' ')}`);
async function file(email: string, legalName: string) {
  const { visit } = await hf.invites.start(link.slug, email);
  const { visitPass } = await hf.invites.verify(visit, await found(/^\s*(\d{6,10})\s*$/m));
  const request = await hf.invites.submit(visitPass, {
    legalName,
    contact: 'Bea Rosas',
    phone: '+593 2 600 1122',
    billing: { line1: 'Av. Amazonas 12', city: 'Quito', country: 'EC' },
    answers: { heard: 'A flyer' },
  });
  return { visitPass, request: request.id };
}
const bea = await file('bea@rosas.example', 'Rosas');
const others = [await file('luna@cafe.example', 'Café Luna'), await file('max@mercado.example', 'Mercado Norte')];
await deliver();

console.log('5. Pedro approves Bea, and the others with one call.');
const { customer } = await hf.requests.approve(pedro, bea.request, { decision: { note: 'Met at the fair.' } });
const decisions = { requests: others.map(({ request }) => request), verdict: 'approve' } as const;
await hf.requests.decideMany(pedro, 'others of today', decisions, {
  progress: (done, total) => console.log(`   decided ${done} of ${total}`),
});
await deliver();
console.log(`   Bea looks at her request: ${(await hf.invites.standing(bea.visitPass))?.state}`);

console.log('6. Sara activates Rosas in three steps.');
function tellWhetherItCanOrder(id: CustomerId): void {
  const { yes, missing } = hf.customers.canOrderSync(sara, id);
  console.log(yes ? '   => Rosas can order.' : `   => Rosas cannot order. Missing: ${missing.join(', ')}.`);
}
tellWhetherItCanOrder(customer.id);
await hf.customers.activate(sara, customer.id);
await hf.customers.setPricing(sara, customer.id, { priceType: retail.id, markup: '7.5', creditLimit: '2000' });
await hf.customers.setService(sara, customer.id, [{ day: 'monday', carrier: truck.id }]);
tellWhetherItCanOrder(customer.id);
await deliver();

console.log('7. All of it is written down.');
for await (const { legalName, state } of hf.customers.list(ada, { limit: 2 })) console.log(`   ${legalName}: ${state}`);
const kinds = new Map<string, number>();
for await (const { what } of hf.events.list(ada)) kinds.set(what, (kinds.get(what) ?? 0) + 1);
console.log(`   ${[...kinds].map(([what, times]) => `${what} ${times}`).join(', ')}`);

await partnerChapter(hf, { ada, adaEmail: 'ada@flora.example', customer: customer.id, password, deliver });
