import { randomUUID } from 'node:crypto';
import { until, type SpawnedStation } from './spawn-station.ts';

/** Tries after which a paper waits for a person: `TRIES` in core/printing/printing.ts. */
const TRIES = 30;

/**
 * Lets a paper fail for good at a printer that is away, without waiting a quarter of an hour: each new paper wakes the
 * printer's queue at once, and each of its tries counts for all that wait. Leaves that one paper in the queue.
 */
export async function failPaper(station: Pick<SpawnedStation, 'must'>, paperId: string): Promise<number> {
  const print = (): Promise<unknown> => station.must('paper.print', { commandId: randomUUID(), paperId });
  await print();
  const jobs = () => station.must('printer.jobs', {});
  const jobId = (await jobs())[0]?.jobId ?? 0;
  for (let tries = 1; tries <= TRIES; tries += 1) {
    await until(jobs, (list) => list.some((job) => job.jobId === jobId && job.attempts >= tries));
    if (tries < TRIES) await print();
  }
  const rest = (await jobs()).filter((job) => job.jobId !== jobId);
  for (const job of rest) await station.must('printer.discard', { commandId: randomUUID(), jobId: job.jobId });
  return jobId;
}
