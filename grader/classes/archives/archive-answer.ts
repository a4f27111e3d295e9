import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ArchiveAnswer } from './archive-job.ts';

const name = { type: 'string', maxLength: 70_000 } as const;

const answer = {
  type: 'object',
  required: ['members', 'refused'],
  properties: {
    members: {
      type: 'array',
      items: {
        type: 'object',
        required: ['name', 'number', 'changedAt'],
        properties: {
          name,
          number: { type: 'integer', minimum: 0 },
          changedAt: { type: ['number', 'null'], minimum: -8e15, maximum: 8e15 },
        },
      },
    },
    refused: {
      type: 'array',
      items: {
        type: 'object',
        required: ['name', 'kind', 'reason'],
        properties: { name, kind: { type: 'string', pattern: '^[a-z-]+$' }, reason: name },
      },
    },
  },
} as const;

const isAnswer = new Ajv2020().compile<ArchiveAnswer>(answer);

/** What a held process says it has found; throws an Error where it is not of that form. */
export function readArchiveAnswer(said: unknown): ArchiveAnswer {
  if (isAnswer(said)) return said;
  throw new Error('internal: the process that opens archives gave another answer than asked for');
}
