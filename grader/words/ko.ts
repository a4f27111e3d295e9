import type { Words } from './en.ts';

export const korean: Words = {
  tag: 'ko',
  page: {
    kicker: (category) => `채점 보고서 · 영역 ${category}`,
  },
};
