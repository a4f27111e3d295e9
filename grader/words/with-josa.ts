import { josa } from 'es-hangul';

type Particle = Parameters<typeof josa>[1];

/**
 * A name or a number with the particle that follows from how Koreans read its end: "정확도를", "MSE를",
 * "\"Bag\"을", "layer_3은". es-hangul alone chooses for Hangul only.
 */
export function withJosa(word: string, particle: Particle): string {
  return `${word}${josa.pick(asRead(word), particle)}`;
}

/** Something in Hangul that ends as the word does when it is read aloud. */
function asRead(word: string): string {
  const end = word.replace(/[^\p{L}\p{N}%]+$/u, '');
  const last = end.at(-1) ?? '이';
  if (last === '%') return '퍼센트';
  if (/\d/.test(last)) return digits[Number(last)] ?? '';
  const [latin] = /[A-Za-z]+$/.exec(end) ?? [];
  if (latin === undefined) return last;
  const isSpelled = latin === latin.toUpperCase() || !/[aeiouy]/i.test(latin);
  if (isSpelled) return letters[last.toLowerCase()] ?? last;
  return endings.find(([ending]) => ending.test(latin))?.[1] ?? '으';
}

/** Tens, hundreds and thousands end in a consonant as the zero does: 영, 십, 백, 천, 만. */
const digits = ['영', '일', '이', '삼', '사', '오', '육', '칠', '팔', '구'];

/** Letters of an abbreviation whose names end in a consonant. */
const letters: Readonly<Record<string, string>> = { l: '엘', m: '엠', n: '엔', r: '알' };

/** Ends of English words that a Korean ends in a consonant (외래어 표기법, 3장 1절); all others get a vowel. */
const endings: readonly (readonly [RegExp, string])[] = [
  [/(?:l|[^aeiou]le|[aeiou]le)$/i, '을'],
  [/(?:m|[aeiou]me)$/i, '음'],
  [/(?:n|[aeiou]ne)$/i, '은'],
  [/ng$/i, '응'],
  [/(?:^|[^aeiou])[aeiou]p$/i, '읍'],
  [/(?:(?:^|[^aeiou])[aeiou]|ou)t$/i, '읏'],
  [/(?:^|[^aeiou])[aeiou](?:c|k|ck)$/i, '윽'],
];
