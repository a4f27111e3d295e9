const numbers = [0, -1, 1, 2, 3, 0.5, 7.25, 30, 120, 1e9, 2 ** 31, 2 ** 53, 1e308, -1e308, 5e-324];
const texts = [
  ...[
    '',
    'x',
    'relu',
    'softmax',
    'toString',
    '__proto__',
    'constructor',
    'same',
    'causal',
    'float16',
  ],
  ...['Dense', 'LSTM', 'Bidirectional', 'TimeDistributed', 'Lambda', 'InputLayer', 'Functional'],
  ...['Sequential', 'Model', 'BatchNormalization', 'Embedding', 'Add', 'Concatenate', 'Reshape'],
  ...['../../x', '/etc/passwd', '\u001b[2J\u202e', 'x'.repeat(5000), 'NaN', '0', 'null'],
];
const others = [null, true, false, [], {}, [[]], [null], { class_name: 'Dense', config: {} }, -0];

/** Text of JSON to other JSON: some of its values are changed, removed, doubled or exchanged. */
export function mutateJson(text, random) {
  const root = JSON.parse(text);
  for (let count = 1 + random.below(3); count > 0; count--) change(root, random);
  const written = JSON.stringify(root);
  return random.below(40) === 0 ? damageText(written, random) : written;
}

function change(root, random) {
  const places = placesIn(root);
  if (places.length === 0) return;
  const { holder, key } = random.pick(places);
  const value = holder[key];
  const kind = random.below(10);
  if (kind < 4) holder[key] = like(value, random);
  else if (kind === 4) holder[key] = copyOf(random.pick(others));
  else if (kind === 5) remove(holder, key);
  else if (kind === 6) exchange(places, { holder, key }, random);
  else if (kind === 7 && Array.isArray(holder)) holder.splice(key, 0, copyOf(value));
  else if (kind === 8) holder[key] = wrap(value, random);
  else add(holder, random);
}

/** Another value of the same type. */
function like(value, random) {
  if (typeof value === 'number')
    return random.below(2) ? random.pick(numbers) : value + random.below(5) - 2;
  if (typeof value === 'string') return random.pick(texts);
  if (typeof value === 'boolean') return !value;
  if (Array.isArray(value)) return value.toReversed();
  return value === null ? random.pick(numbers) : {};
}

function remove(holder, key) {
  if (Array.isArray(holder)) holder.splice(key, 1);
  else delete holder[key];
}

function exchange(places, { holder, key }, random) {
  const other = random.pick(places);
  const copy = copyOf(other.holder[other.key]);
  other.holder[other.key] = copyOf(holder[key]);
  holder[key] = copy;
}

function wrap(value, random) {
  let wrapped = value;
  const depth = random.below(20) === 0 ? 300 : 1 + random.below(3);
  for (let level = 0; level < depth; level++)
    wrapped = random.below(2) ? [wrapped] : { config: wrapped };
  return wrapped;
}

function add(holder, random) {
  // A copy, since one that stands in two places could come to hold itself.
  const value = copyOf(random.pick([...numbers, ...texts, ...others]));
  if (Array.isArray(holder)) holder.push(value);
  else
    holder[random.pick([...texts, 'units', 'layers', 'trainable', 'dtype', 'batch_shape'])] = value;
}

function placesIn(root) {
  const places = [];
  const open = [root];
  while (open.length > 0) {
    const holder = open.pop();
    for (const [key, value] of Object.entries(holder)) {
      places.push({ holder, key: Array.isArray(holder) ? Number(key) : key });
      if (typeof value === 'object' && value !== null) open.push(value);
    }
  }
  return places;
}

/** What JavaScript's writer never writes. */
function damageText(text, random) {
  const at = random.below(text.length);
  const piece = random.pick(['NaN', '1e999', '{"__proto__":', '\u0000', '[[[[', '-', ',,']);
  return text.slice(0, at) + piece + text.slice(at + random.below(4));
}

function copyOf(value) {
  return value === undefined ? null : JSON.parse(JSON.stringify(value));
}
