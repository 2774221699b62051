// What a scenario expects, against what came.

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

const shown = (value) => {
  const text = JSON.stringify(value);
  return text.length > 300 ? `${text.slice(0, 300)}...` : text;
};

const questions = {
  $not: (value, got) => difference(value, got) !== null,
  $contains: (value, got) =>
    typeof got === 'string'
      ? got.includes(value)
      : Array.isArray(got) && got.some((item) => difference(value, item) === null),
  $length: (value, got) => (isObject(got) ? Object.keys(got).length : [...(got ?? [])].length) === value,
};

/** The first difference, told; nothing when all that is expected is there. */
export function difference(expected, got, at = '') {
  const differs = `expected ${shown(expected)}${at && ` at \`${at}\``}, got ${shown(got)}`;
  if (isObject(expected)) {
    const [name, ...others] = Object.keys(expected);
    if (others.length === 0 && name?.startsWith('$')) {
      if (!(name in questions)) return `\`${name}\` is not asked of values`;
      return questions[name](expected[name], got) ? null : differs;
    }
    if (!isObject(got)) return differs;
    return first(Object.keys(expected), (name) => difference(expected[name], got[name] ?? null, `${at}/${name}`));
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(got) || got.length !== expected.length) return differs;
    return first(expected.keys(), (index) => difference(expected[index], got[index], `${at}/${index}`));
  }
  return expected === got ? null : differs;
}

function first(keys, compare) {
  for (const key of keys) {
    const found = compare(key);
    if (found !== null) return found;
  }
  return null;
}
