// Values of a scenario, which are JSON with snake_case, and those of the package.

/** Objects whose names are the host's own. */
const maps = new Set(['answers', 'extra', 'before', 'after']);

const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
const unit = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

export const camelCase = (name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
const snakeCase = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const renamed = (object, rename, convert) =>
  Object.fromEntries(
    Object.entries(object).map(([name, value]) => [
      rename(name),
      maps.has(name) && !Array.isArray(value) ? (value ?? null) : convert(value),
    ]),
  );

/** A value of a scenario as an argument. */
export function inward(value) {
  if (typeof value === 'string') return time.test(value) ? new Date(value) : value;
  if (Array.isArray(value)) return value.map(inward);
  if (value !== null && typeof value === 'object') return renamed(value, camelCase, inward);
  return value;
}

/** A result as a scenario sees it. */
export function outward(value) {
  if (value instanceof Date) return value.toISOString();
  if (Buffer.isBuffer(value)) return value.toString('base64');
  if (Array.isArray(value)) return value.map(outward);
  if (value !== null && typeof value === 'object') return renamed(value, snakeCase, outward);
  return value ?? null;
}

/** The path of a fault as a scenario writes it. */
export function faultPath(path) {
  const names = path.split('.');
  const map = names.findIndex((name) => maps.has(name));
  return names.map((name, at) => (map >= 0 && at > map ? name : snakeCase(name))).join('.');
}

/** `1h30m` in milliseconds. */
export function duration(text) {
  if (text === 'for ever') return Number.MAX_SAFE_INTEGER;
  const parts = [...text.matchAll(/(\d+)(ms|s|m|h|d)/g)];
  if (parts.map(([part]) => part).join('') !== text) throw new Error(`\`${text}\` is no duration`);
  return parts.reduce((sum, [, number, of]) => sum + number * unit[of], 0);
}
