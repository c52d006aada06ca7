import { join } from 'node:path';
import type { MethodInput, MethodName, MethodOutput } from '../../contract/station-api.ts';
import type { Journal } from './journal.ts';
import type { Operation } from './read-trace.ts';
import { GONE, recordCore, type RecordedCore, type RecordOptions } from './recorded-core.ts';

/** A till under strace over all the cores of a session; what a failed disk left open is asked again of the next one. */
export type RecordedTill = {
  readonly must: <M extends MethodName>(method: M, input: MethodInput<M>) => Promise<MethodOutput<M>>;
  /** Null: refused. */
  readonly may: <M extends MethodName>(method: M, input: MethodInput<M>) => Promise<MethodOutput<M> | null>;
  readonly restart: () => Promise<void>;
  readonly crash: () => Promise<void>;
  readonly stop: () => Promise<void>;
  /** What its cores did to the folder, in order; once it is stopped. */
  readonly operations: () => Operation[];
};

export async function startRecordedTill(
  folder: string,
  journal: Journal,
  { program, failingSync }: Pick<RecordOptions, 'program' | 'failingSync'>,
): Promise<RecordedTill> {
  const cores: RecordedCore[] = [];
  async function start(): Promise<RecordedCore> {
    const run = cores.length;
    const options = { run, trace: join(folder, `${run}.trace`), program, failingSync: run === 0 ? failingSync : null };
    const started = await recordCore(folder, journal, options);
    cores.push(started);
    return started;
  }
  let core = await start();

  async function ask<M extends MethodName>(method: M, input: MethodInput<M>) {
    for (;;) {
      const reply = await core.call(method, input);
      if (reply !== GONE) return reply;
      core = await start();
    }
  }
  return {
    must: async (method, input) => {
      const reply = await ask(method, input);
      if (!reply.ok) throw new Error(`${method} was refused: ${JSON.stringify(reply.error)}`);
      return reply.output;
    },
    may: async (method, input) => {
      const reply = await ask(method, input);
      return reply.ok ? reply.output : null;
    },
    restart: async () => {
      await core.stop();
      core = await start();
    },
    crash: async () => {
      await core.kill();
      core = await start();
    },
    stop: () => core.stop(),
    operations: () => cores.flatMap((ended) => ended.operations()),
  };
}
