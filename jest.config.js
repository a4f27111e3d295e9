const { GRADER_TEST_FULL: isFull, GRADER_TEST_QUICK: isQuick } = process.env;

/** Whole gradings, and trainings in TensorFlow. */
const long = [
  'test/(api|references|submissions).test.ts',
  'test/(attacks|cli|hostile|setup|soak)/',
  'test/engine/train/(against-keras|augmentation|several)',
  'test/engine/(leaks|evaluate|compiled/(replay|footguns)|rows/streaming)',
];

export default {
  testEnvironment: 'node',
  // Jest's soft deletion recurses without end when a library writes to what it has wrapped.
  testEnvironmentOptions: { globalsCleanup: 'off' },
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: [
    ...(isFull ? [] : ['test/attacks/full.test.ts']),
    ...(isQuick ? long : []),
  ],
  reporters: ['default', '<rootDir>/test/support/count-skipped.js'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^grader/problem$': '<rootDir>/grader/problem.ts' },
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
        module: { type: 'es6' },
      },
    ],
  },
  // A hang, on the slowest and busiest machine; no test asks how fast it is.
  testTimeout: 2_400_000,
  maxWorkers: 2,
  globalSetup: '<rootDir>/test/support/global-setup.js',
};
