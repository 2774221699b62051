// A company, its Admin, its mails and its customers: what most tests begin with.

import { Handfast, ManualClock } from 'handfast';

import { found } from './scenario/letter.mjs';

export const password = 'correct horse battery staple';

export const flora = {
  name: 'Flora Export',
  country: 'EC',
  locale: 'en',
  timeZone: 'America/Guayaquil',
  adminName: 'Ada Flores',
  adminEmail: 'ada@flora.example',
  adminPassword: password,
};

export const rosas = {
  legalName: 'Rosas',
  contact: 'Bea Rosas',
  phone: '+593 2 600 1122',
  billing: { line1: 'Av. Amazonas 12', city: 'Quito', country: 'EC' },
};

export class Shop {
  static async open(url = 'memory:', settings = {}) {
    const shop = new Shop();
    shop.clock = settings.clock ?? new ManualClock(new Date('2026-11-22T10:00:00Z'));
    shop.hf = await Handfast.open(url, { hashing: 'insecure_for_tests', clock: shop.clock, ...settings });
    const { company, admin } = await shop.hf.companies.signUp(flora);
    shop.ada = { as: 'staff', login: admin.login, company: company.id };
    shop.company = company;
    return shop;
  }

  /** Delivers what is in the outbox. */
  async mails() {
    const mails = [];
    const delivery = await this.hf.mails.deliver((message) => void mails.push(message), { limit: 1000 });
    return { mails, delivery };
  }

  /** A verified visitor. */
  async visitor(email) {
    const { slug } = await this.hf.invites.link(this.ada);
    const { visit } = await this.hf.invites.start(slug, email);
    const { mails } = await this.mails();
    const code = /^\s*\d{6,10}\s*$/m.exec(mails.findLast((mail) => mail.to === email).text)[0].trim();
    return this.hf.invites.verify(visit, code);
  }

  /** A request of a business. */
  async request(email, business = rosas) {
    const { visitPass } = await this.visitor(email);
    return this.hf.invites.submit(visitPass, business);
  }

  /** A customer, inactive. */
  async customer(email, business = rosas) {
    const { id } = await this.request(email, business);
    return (await this.hf.requests.approve(this.ada, id)).customer;
  }

  /** The newest mail of a kind, once delivered: what its link carries behind the `#`. */
  async token(kind) {
    const { mails } = await this.mails();
    return found('token', mails.findLast((mail) => mail.kind === kind).text);
  }

  /** The person of an approved request, as the first user of the customer, who has chosen a password. */
  async user(email) {
    const { id } = await this.customer(email);
    await this.hf.customers.activate(this.ada, id);
    return this.hf.users.accept(await this.token('user_invited'), password);
  }

  /** What the device of a person holds who signs in. */
  async signIn(email = flora.adminEmail) {
    const { held } = await this.hf.sessions.signIn({ name: email, password, device: 'Firefox' });
    return held;
  }

  [Symbol.dispose]() {
    this.hf.close();
  }
}
