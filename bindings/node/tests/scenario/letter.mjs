// What people find in a mail: they read its text, so this does too.

const lines = {
  code: /^\s*(\d{6,10})\s*$/m,
  link: /^(https?:\/\/.*)$/m,
  token: /^https?:\/\/[^#\n]*#(.+)$/m,
  password: /^\s*((?:[A-Za-z0-9]{5}-){3}[A-Za-z0-9]{5})\s*$/m,
};

/** What a line of a mail can hold, by the name that a scenario has for it. */
export const places = Object.keys(lines);

/** The first of its kind in a text. */
export const found = (place, text) => lines[place].exec(text)?.[1] ?? null;

/** A mail as scenarios see it. */
export const letter = ({ kind, to, toName, locale, subject, text }) => ({
  ...{ kind, to, to_name: toName, locale, subject, text },
  ...Object.fromEntries(places.map((place) => [place, found(place, text)])),
});
