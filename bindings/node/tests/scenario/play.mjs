// Plays a scenario (docs/scenarios.md) by the names that the package's own methods and parameters have.

import { readFile } from 'node:fs/promises';

import { Handfast, HandfastError, MailRejected, ManualClock } from 'handfast';

import { shown as shownByApp } from './authenticator.mjs';
import { difference } from './compare.mjs';
import { camelCase, duration, faultPath, inward, outward } from './convert.mjs';
import { letter, places } from './letter.mjs';

/** The names of a method's parameters, as they stand in its text: those before the options, and those among them. */
function parameters(method) {
  const [, list] = /^(?:async )?\w+\((.*)\) \{$/m.exec(method.toString());
  const [, required, , options = ''] = /^([^{]*?)(, )?(?:\{ (.*) \} = \{\})?$/.exec(list);
  const names = (text) => text.split(', ').filter(Boolean);
  return { required: names(required), options: names(options) };
}

class Play {
  captures = new Map();
  letters = [];

  constructor(hf, clock) {
    this.hf = hf;
    this.clock = clock;
  }

  /** The value with what was captured in its place. */
  fill(value) {
    if (typeof value === 'string' && value.startsWith('$$')) return value.slice(1);
    if (typeof value === 'string' && value.startsWith('$')) {
      const [name, ...path] = value.slice(1).split('/');
      if (!this.captures.has(name)) throw new Error(`nothing was captured as \`$${name}\``);
      return pointed(this.captures.get(name), path);
    }
    if (Array.isArray(value)) return value.map((item) => this.fill(item));
    if (value === null || typeof value !== 'object') return value;
    if ('$app' in value) return this.app(this.fill(value.$app), value.after);
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, this.fill(item)]));
  }

  /** What the authenticator app with this secret shows, now or later. */
  app(secret, after = '0s') {
    return shownByApp(secret, new Date(this.clock.now().getTime() + duration(after)));
  }

  async call(name, actor, given) {
    if (name === 'mails.deliver') return this.deliver(given);
    const [group, verb] = name.split('.').map(camelCase);
    const { required, options } = parameters(this.hf[group][verb]);
    const { paging, ...others } = inward({ ...given, ...(actor && { actor: acting(actor) }) });
    const all = { ...others, ...paging };
    const unknown = Object.keys(all).find((key) => ![...required, ...options].includes(key));
    if (unknown) throw new Error(`has no argument \`${unknown}\``);
    return this.hf[group][verb](...required.map((key) => all[key]), all);
  }

  async deliver({ limit = 1000, refuse, kind }) {
    const mails = [];
    const delivery = await this.hf.mails.deliver(
      (message) => {
        if (refuse && (!kind || kind === message.kind)) {
          throw new MailRejected("the scenario's mailer refuses", { permanent: refuse === 'permanent' });
        }
        mails.push(letter(message));
      },
      { limit },
    );
    this.letters.push(...mails);
    return { ...delivery, mails };
  }

  capture(name, place, result) {
    const newest = () => this.letters.findLast((mail) => mail[place] !== null)?.[place];
    const value = places.includes(place) ? newest() : pointed(result, place.split('/').slice(1));
    if (value === undefined) throw new Error(`nothing to capture as \`${name}\` at \`${place}\``);
    this.captures.set(name, value);
  }

  /** Plays a step; what went wrong, if something did. */
  async step({ say, do: name, as, with: given = {}, capture = {}, expect, expect_error: refusal, clock, ...others }) {
    const [unknown] = Object.keys(others);
    if (unknown) return `there is no \`${unknown}\` in a step`;
    if (clock?.set) return void this.clock.set(new Date(clock.set));
    if (clock?.advance) return void this.clock.advance(duration(clock.advance));
    this.clock.advance(1);
    const asked = [name, this.fill(as ?? null), this.fill(given)];
    let result;
    try {
      result = await this.call(...asked);
    } catch (error) {
      if (!(error instanceof HandfastError)) return String(error.stack);
      return refusal ? differenceOfErrors(refusal, error) : `refused with \`${error.code}\`: ${error.message}`;
    }
    const shown = outward(name === 'mails.deliver' ? result : plain(result));
    if (refusal) return `expected the error \`${refusal.code ?? refusal}\`, got ${JSON.stringify(shown)}`;
    const differs = expect === undefined ? null : difference(this.fill(expect), shown);
    if (differs === null) Object.entries(capture).forEach(([key, place]) => this.capture(key, place, shown));
    return differs;
  }
}

/** A page is compared by its fields. */
const plain = (result) => (result?.items ? { items: result.items, next: result.next } : result);

const pointed = (value, path) =>
  path.reduce((inside, name) => inside?.[name.replaceAll('~1', '/').replaceAll('~0', '~')], value);

function acting(actor) {
  if (actor.session !== undefined) return actor;
  const { host, login, company } = actor;
  return host === undefined ? { as: 'staff', login, company } : { as: 'host', company: host };
}

function differenceOfErrors(expected, got) {
  const { code, faults, retry_after: wait } = typeof expected === 'string' ? { code: expected } : expected;
  if (code !== got.code) return `expected the error \`${code}\`, got \`${got.code}\`: ${got.message}`;
  const there = got.details.faults.map(({ field, code }) => [faultPath(field), code]).sort();
  const differs = faults && difference(Object.entries(faults).sort(), there);
  if (differs) return differs;
  return wait && duration(wait) !== got.details.retryAfter
    ? `expected \`retry_after\` ${wait}, got ${got.details.retryAfter}`
    : null;
}

/** Plays a file; fails with the file, the step, what was expected and what came. */
export async function play(file, url) {
  const { starts, policy = {}, steps } = JSON.parse(await readFile(file, 'utf8'));
  // a text that begins with a digit is a duration, any other a choice
  const isDuration = (value) => /^(\d|for ever$)/.test(value);
  const numbers = Object.entries(policy).map(([name, value]) => [
    camelCase(name),
    typeof value === 'string' && isDuration(value) ? duration(value) : value,
  ]);
  const clock = new ManualClock(new Date(starts));
  const settings = { clock, policy: Object.fromEntries(numbers), hashing: 'insecure_for_tests' };
  const hf = await Handfast.open(url, settings);
  try {
    const playing = new Play(hf, clock);
    for (const [index, step] of steps.entries()) {
      const wrong = await playing.step(step).catch((error) => error.message);
      if (wrong)
        throw new Error(`${file.pathname.split('/').at(-1)}: step ${index + 1} (${step.do ?? 'clock'}): ${wrong}`);
    }
  } finally {
    hf.close();
  }
}
