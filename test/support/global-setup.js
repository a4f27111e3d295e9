import { execFileSync } from 'node:child_process';

/** Every test that trains shares one engine; the first run brings it. */
export default function setUpEngine() {
  execFileSync(process.execPath, ['grader/launch.js', 'setup'], { stdio: 'inherit' });
}
