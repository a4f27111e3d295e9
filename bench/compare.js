import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startContender } from './contender-process.js';
import { commandOf } from './contenders.js';
import { watchOthers } from './machine.js';
import { searchSettings, settingText } from './search.js';
import { median } from './statistics.js';

/** A round is quiet when other programs used at most this share of the machine. */
const quietShare = 0.05;

/**
 * A workload's contenders side by side. `session` has the options, the data files' folder, the
 * engine, `python(name)`, `cores` and `say(line)`.
 */
export class Comparison {
  constructor(session, workload, data) {
    this.session = session;
    this.workload = workload;
    this.data = data;
    this.jobs = 0;
  }

  /** Tries the settings of each contender. Resolves with `{ contender, tries, train, ... }` each. */
  async search(contenders) {
    const { say } = this.session;
    const found = [];
    for (const contender of contenders) {
      const result = await searchSettings(this.choicesOf(contender), async (setting) => {
        const measured = await this.tryOut(contender, setting);
        say(`  ${contender.name} (${settingText(setting)}): ${tryText(measured)}`);
        return measured;
      });
      found.push({ contender, ...result, ...fixedSettings(contender, result) });
    }
    return found;
  }

  choicesOf(contender) {
    const { workload } = this;
    const steps = workload.rows / workload.batch;
    return contender.search({ cores: this.session.cores, steps, workload });
  }

  async tryOut(contender, setting) {
    try {
      return await this.withProcess({ contender, setting }, async (process) => {
        await process.ask({ do: 'train', seconds: 0.3 });
        const windows = [];
        while (windows.length < 3) windows.push(await process.ask({ do: 'train', seconds: 0.3 }));
        // The least: what disturbs a window can only make it longer.
        const train = Math.min(...windows.map(perStep));
        await process.ask({ do: 'predict', seconds: 0.1 });
        const rows = await process.ask({ do: 'predict', seconds: 0.3 });
        const predict = this.perBatch(rows);
        return { train, predict, firstStep: process.firstStepSeconds };
      });
    } catch (error) {
      return { failure: failureText(error) };
    }
  }

  /** Seconds to the first step by contender, the median of several starts of each in turns. */
  async measureStarts(found, starts) {
    const seconds = new Map(found.map(({ contender }) => [contender.name, []]));
    for (let start = 0; start < starts; start++) {
      for (const { contender, firstStep: setting } of found) {
        const take = (process) => process.firstStepSeconds;
        seconds.get(contender.name).push(await this.withProcess({ contender, setting }, take));
      }
    }
    return new Map([...seconds].map(([name, values]) => [name, median(values)]));
  }

  /**
   * Training windows in turns, then prediction. `entries` are `{ contender, train, predict }` with
   * settings; `pin` is a command that pins a process to one core; `timing` is `windows` of `seconds`
   * and at most `extraRounds` on top when other programs disturb.
   */
  async measure(entries, { pin = null, predicts = true, ...timing }) {
    const running = [];
    try {
      for (const entry of entries) running.push(...(await this.begin(entry, pin)));
      const train = { do: 'train', seconds: timing.seconds };
      for (const { process } of running) await process.ask({ do: 'train', seconds: 0.3 });
      const trained = await this.rounds(running, train, timing);
      for (const each of running) each.bytes = (await each.process.ask({ do: 'memory' })).bytes;
      const predicted = predicts ? await this.measurePredict(running, pin, timing) : null;
      return running.map(({ contender, entry, process, check, bytes }, index) => ({
        ...{ name: contender.name, setting: entry.train, predictSetting: entry.predict },
        ...{ versions: process.versions, firstLoss: process.loss, loss: check, bytes },
        ...{ steps: trained.answers[index].map(perStep), others: trained.others },
        cpu: median(trained.answers[index].map(({ cpu, steps }) => (1000 * cpu) / steps)),
        predicts: predicted?.answers[index].map((answer) => this.perBatch(answer)) ?? [],
        predictOthers: predicted?.others ?? null,
      }));
    } finally {
      await Promise.all(running.map(({ process }) => process.quit()));
    }
  }

  /** One or none: a contender that does not run is told as a failure, and the others go on. */
  async begin(entry, pin) {
    const { contender, train: setting } = entry;
    try {
      const process = await this.start({ contender, setting, pin });
      const { loss } = await process.ask({ do: 'check' });
      return [{ entry, contender, process, check: loss }];
    } catch (error) {
      this.session.fail(`${this.workload.name}: ${contender.name}`, error);
      return [];
    }
  }

  /** Prediction may be fastest with other settings than training: then in a process of its own. */
  async measurePredict(running, pin, timing) {
    const own = [];
    try {
      for (const { contender, entry, process } of running) {
        const isSame = settingText(entry.train) === settingText(entry.predict);
        const setting = entry.predict;
        own.push({ process: isSame ? process : await this.start({ contender, setting, pin }) });
      }
      for (const { process } of own) await process.ask({ do: 'predict', seconds: 0.1 });
      return await this.rounds(own, { do: 'predict', seconds: timing.seconds / 2 }, timing);
    } finally {
      const mains = running.map(({ process }) => process);
      const extra = own.filter(({ process }) => !mains.includes(process));
      await Promise.all(extra.map(({ process }) => process.quit()));
    }
  }

  /** The quietest `windows` rounds; a round is one window of each contender. */
  async rounds(running, command, { windows, extraRounds }) {
    const rounds = [];
    const pids = running.map(({ process }) => process.pid);
    const quiet = () => rounds.filter(({ others }) => (others ?? 0) <= quietShare).length;
    while (quiet() < windows && rounds.length < windows + extraRounds) {
      const othersSince = watchOthers(pids);
      const answers = [];
      for (const { process } of running) {
        answers.push(await process.ask(command));
        // Threads of the last one may spin for some milliseconds after its work.
        await wait(50);
      }
      rounds.push({ answers, others: othersSince() });
    }
    const kept = rounds.toSorted((a, b) => a.others - b.others).slice(0, windows);
    return {
      answers: running.map((_, index) => kept.map(({ answers }) => answers[index])),
      others: kept.at(-1).others,
    };
  }

  async withProcess(what, use) {
    const process = await this.start(what);
    try {
      return await use(process);
    } finally {
      await process.quit();
    }
  }

  async start({ contender, setting, pin = null }) {
    const { folder, engine, python } = this.session;
    const { workload, data } = this;
    const jobFile = join(folder, `job-${this.jobs++}.json`);
    await writeFile(jobFile, JSON.stringify({ workload, setting, data, addon: engine.addon }));
    const command = [...(pin ?? []), ...commandOf(contender, jobFile, python)];
    return startContender(command, contender.environment(setting));
  }

  perBatch({ rows, seconds }) {
    return (1000 * seconds * this.workload.batch) / rows;
  }
}

/** The grader trains and predicts in one process that it starts once: nothing else counts for it. */
function fixedSettings({ name }, { train }) {
  return ['ours', 'theirs'].includes(name) ? { predict: train, firstStep: train } : {};
}

/** Milliseconds. */
function perStep({ steps, seconds }) {
  return (1000 * seconds) / steps;
}

function failureText(error) {
  if (error.summary) return error.summary;
  throw error;
}

function tryText({ failure, train, predict, firstStep }) {
  if (failure) return `failed: ${failure}`;
  const [step, batch] = [train, predict].map((value) => value.toPrecision(3));
  return `${step} ms/step, ${batch} ms/batch predicted, first step after ${firstStep.toFixed(1)} s`;
}
