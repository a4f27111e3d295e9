import { expect, test } from '@jest/globals';
import { canonicalJson } from '../../grader/records/canonical-json.ts';

test("the example of RFC 8785's section 3.2", () => {
  const text = String.raw`{
    "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
    "literals": [null, true, false]
  }`;
  expect(canonicalJson(JSON.parse(text))).toBe(
    String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
  );
});

test("names in the order of the RFC's section 3.2.3: by UTF-16 units", () => {
  const text = String.raw`{
    "\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh",
    "1": "One", "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control",
    "\u00f6": "Latin Small Letter O With Diaeresis"
  }`;
  const sorted = JSON.parse(canonicalJson(JSON.parse(text))) as object;
  // An object gives names that are whole numbers first.
  expect(Object.values(sorted).filter((each) => each !== 'One')).toEqual([
    ...['Carriage Return', 'Control', 'Latin Small Letter O With Diaeresis', 'Euro Sign'],
    ...['Emoji: Grinning Face', 'Hebrew Letter Dalet With Dagesh'],
  ]);
  expect(canonicalJson(JSON.parse(text))).toMatch(/^\{"\\r":"Carriage Return","1":"One",/);
});

/** Appendix B: the bits of a number, and its text. */
test.each([
  ['0000000000000000', '0'],
  ['8000000000000000', '0'],
  ['0000000000000001', '5e-324'],
  ['8000000000000001', '-5e-324'],
  ['7fefffffffffffff', '1.7976931348623157e+308'],
  ['ffefffffffffffff', '-1.7976931348623157e+308'],
  ['4340000000000000', '9007199254740992'],
  ['c340000000000000', '-9007199254740992'],
  ['4430000000000000', '295147905179352830000'],
  ['44b52d02c7e14af5', '9.999999999999997e+22'],
  ['44b52d02c7e14af6', '1e+23'],
  ['44b52d02c7e14af7', '1.0000000000000001e+23'],
  ['444b1ae4d6e2ef4e', '999999999999999700000'],
  ['444b1ae4d6e2ef4f', '999999999999999900000'],
  ['444b1ae4d6e2ef50', '1e+21'],
  ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
  ['3eb0c6f7a0b5ed8d', '0.000001'],
  ['41b3de4355555553', '333333333.3333332'],
  ['41b3de4355555554', '333333333.33333325'],
  ['41b3de4355555555', '333333333.3333333'],
  ['41b3de4355555556', '333333333.3333334'],
  ['41b3de4355555557', '333333333.33333343'],
  ['becbf647612f3696', '-0.0000033333333333333333'],
  ['43143ff3c1cb0959', '1424953923781206.2'],
])('the number of the bits %s', (bits, text) => {
  expect(canonicalJson(Buffer.from(bits, 'hex').readDoubleBE())).toBe(text);
});

test.each<[string, unknown, string]>([
  ['NaN', { loss: NaN }, '/loss is no finite number'],
  ['an infinity', [Infinity], '/0 is no finite number'],
  ['half a surrogate pair', { name: 'a\ud800b' }, '/name has half a surrogate pair'],
  ['half a pair in a name', { '\udc00': 1 }, 'half a surrogate pair'],
  ['a function', { run: () => 1 }, '/run is a function'],
  ['a big integer', [1n], '/0 is a bigint'],
  ['undefined in a list', [undefined], '/0 is a undefined'],
  ['itself', circle(), 'is deeper than 32'],
  ['ten thousand lists in each other', JSON.parse(nested(10_000)), 'is deeper than 32'],
])('a value with %s is none, with the path', (_, value, said) => {
  expect(() => canonicalJson(value)).toThrow(said);
});

test('names of objects that mean something to JavaScript are names as any', () => {
  const text = '{"__proto__":{"a":1},"constructor":2}';
  expect(canonicalJson(JSON.parse(text))).toBe(text);
});

function circle(): object {
  const value: Record<string, unknown> = {};
  value['self'] = value;
  return value;
}

function nested(depth: number): string {
  return '['.repeat(depth) + ']'.repeat(depth);
}
