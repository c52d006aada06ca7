import { plantBug } from './planted/plant-bug.ts';
import type { WorkerOrder, WorkerReply } from './worker-pool.ts';

/*
 * A process that runs seeds for `npm run simulate`: it takes away its own clocks and timers, and a bug that breaks a process
 * breaks this one.
 */

const tell = (reply: WorkerReply, then: () => void = () => undefined): void => void process.send?.(reply, then);

const [plant] = process.argv.slice(2);
// Before any module of the product is loaded.
if (plant !== undefined) await plantBug(plant);
const { createSeedRunner } = await import('./seed-runner.ts');

let running = 0;
process.on('uncaughtException', (error: Error) => {
  tell({ kind: 'broke', seed: running, text: error.stack ?? error.message }, () => process.exit(1));
});
process.on('disconnect', () => process.exit(0));

const runner = await createSeedRunner();
process.on('exit', runner.close);

async function work({ seed, isTraced }: WorkerOrder): Promise<void> {
  running = seed;
  const lines: string[] = [];
  const keep = (line: string): void => void lines.push(line);
  let result = await runner.run(seed, isTraced ? keep : null);
  // The same day again, told step by step: telling each day would be a tenth of its time.
  if (result.findings.length > 0 && !isTraced) result = await runner.run(seed, keep);
  tell({ kind: 'ran', result, lines });
}

process.on('message', (order: WorkerOrder) => void work(order));
tell({ kind: 'ready' });
