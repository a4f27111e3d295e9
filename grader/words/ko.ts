import type { Words } from './en.ts';

export const korean: Words = {
  tag: 'ko',
  page: {
    kicker: (category) => `채점 보고서 · 영역 ${category}`,
  },

  history: {
    columns: {
      ...{ date: '채점한 때', points: '점수', interval: '95% 구간', seed: '시드' },
      folder: '결과 폴더',
    },
    sample: '(연습 데이터)',
    none: (folder) => `채점한 기록이 없습니다: ${folder}`,
    skipped: (folder, reason) => `건너뜀: ${folder}: ${reason}`,
    moreSkipped: (count) => `그 밖에 ${count}개 더 있습니다. --json을 쓰면 모두 볼 수 있습니다.`,
    unread: {
      'no-report': 'report.json이 없습니다. 채점이 아직 끝나지 않았거나 중간에 끊겼습니다.',
      foreign: 'report.json이 이 채점기의 보고서가 아닙니다.',
      broken: 'report.json이 깨져 있습니다.',
      'too-large': 'report.json이 보고서라기에는 너무 큽니다.',
      newer: '더 새로운 채점기가 쓴 보고서입니다.',
      'other-parts': 'report.json에 빠진 부분이 있거나 알 수 없는 부분이 있습니다.',
    },
  },
};
