import { expect, test } from '@jest/globals';
import { elapsed, readClock, type ClockMark } from '../../grader/exam/clock.ts';

/** Marks by minutes of the machine's own clock, of the wall clock, and the start. */
const after = (...marks: readonly (readonly [uptime: number, wall: number, boot?: string])[]) =>
  elapsed(
    marks.map(([uptime, wall, boot = 'a']): ClockMark => ({
      uptime: uptime * 60,
      wall: wall * 60,
      boot,
    })),
  );

test('where the machine was not restarted its own clock counts, and jumps of the wall clock are told', () => {
  expect(after([10, 100], [40, 130])).toEqual({
    seconds: 1800,
    jumps: [],
    restarts: 0,
    unknown: 0,
  });
  expect(after([10, 100], [40, 190])).toMatchObject({
    ...{ seconds: 1800, jumps: [{ wall: 11_400, seconds: 3600 }] },
  });
  expect(after([10, 100], [40, 70], [50, 140])).toMatchObject({
    seconds: 2400,
    jumps: [{ seconds: -3600 }, { seconds: 3600 }],
  });
  expect(after([10, 100], [40, 130.05])).toMatchObject({ seconds: 1800, jumps: [] });
});

test('over a restart the wall clock counts, and never gives time back', () => {
  expect(after([10, 100], [1, 120, 'b'])).toMatchObject({ seconds: 1200, restarts: 1, unknown: 0 });
  expect(after([10, 100], [20, 110], [1, 50, 'b'], [6, 55, 'b'])).toMatchObject({
    ...{ seconds: 900, restarts: 1, unknown: 1, jumps: [{ wall: 3000, seconds: -3600 }] },
  });
  // A start that no machine tells may be another one.
  expect(after([10, 100, ''], [20, 105, ''])).toMatchObject({ seconds: 300, restarts: 1 });
  // Nor can a clock of one start go backwards.
  expect(after([10, 100], [5, 103])).toMatchObject({ seconds: 180, restarts: 1 });
  expect(after()).toMatchObject({ seconds: 0 });
});

test('the start of the machine is the same while it runs, and another one is told', () => {
  const [first, second] = [readClock(), readClock()];
  expect(second.boot).toBe(first.boot);
  expect(second.uptime).toBeGreaterThanOrEqual(first.uptime);
  expect(elapsed([second, { ...readClock(), boot: 'another' }])).toMatchObject({ restarts: 1 });
});
