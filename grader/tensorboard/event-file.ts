import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { encodeEvent, type Content } from './event.ts';
import { tfRecord } from './record.ts';

/** An event file in a folder, which is what TensorBoard calls a run. Throws what the file system does. */
export class EventFile {
  private readonly path: string;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    const seconds = Math.floor(Date.now() / 1000);
    this.path = join(folder, `events.out.tfevents.${seconds}.grader.${process.pid}.v2`);
    this.write({ kind: 'version' });
  }

  /** At once, so that a training can be watched. */
  write(content: Content, step = 0): void {
    appendFileSync(this.path, tfRecord(encodeEvent(content, step, Date.now() / 1000)));
  }
}
