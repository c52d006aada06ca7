import { hash } from 'node:crypto';
import { inspect } from 'node:util';
import type { z } from 'zod';
import { expectedWords } from '../contract/input-words.ts';
import type { Refusal, RefusalOf } from '../contract/refusals.ts';
import { ok, refuse, type Result } from '../contract/result.ts';
import { isMethodName, stationApi, type MethodName } from '../contract/station-api.ts';
import { findDecidedCommand, recordCommand } from '../db/command-log-queries.ts';
import type { Database, ReadDb, WriteTx } from '../db/database-types.ts';
import { findMachineFault } from '../db/machine-error.ts';
import type { Caller } from './caller.ts';
import type { Clock } from './clock.ts';
import { Decision, type Handlers, type Moment, type ResultRef } from './handlers.ts';
import { maskSecrets, type Log } from './log.ts';
import { createAdministration, type Leave } from './operator/administer.ts';
import { mayBeTold } from './operator/blind-count.ts';
import type { Random } from './random.ts';
import { isReaderMethod, isShortRead, readerHandlers, type ReaderMethod } from './reader-handlers.ts';
import type { Reader } from './reader.ts';

/** A handler that holds the write thread longer than this is named in the log: a scan waited for it. */
const SLOW_HANDLER_MS = 40;

/** An answer of any method; the typed form is `Reply` of the contract. */
export type AnyReply =
  | { readonly ok: true; readonly output: unknown }
  | { readonly ok: false; readonly error: Refusal };

type AnyCommand = {
  readonly decide: (tx: WriteTx, input: unknown, moment: Moment) => Result<ResultRef | Decision<unknown>, Refusal>;
  readonly view: (db: ReadDb, ref: ResultRef) => unknown;
};

/** What the dispatcher needs of the station. */
export type DispatchPorts = {
  readonly handlers: Handlers;
  readonly db: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly reader: Reader;
  /** Told after a command is on disk. */
  readonly onDecided: (method: MethodName, caller: Caller | null) => void;
  /** Told when the disk failed under a write: what was committed is unknown until the file is opened again. */
  readonly onStorageFailure: (error: unknown) => void;
};

/**
 * Answers one call: the input is checked here because callers are not trusted, the handler runs, a bug becomes an
 * incident with a number, a broken machine says so.
 *
 *   command:  seen this commandId? --yes--> same input? --yes--> view of what was decided
 *                  | no                         '--no--> command_reused
 *                  v
 *             decide + command log in one transaction --> on disk --> view
 */
export function createDispatcher(
  ports: DispatchPorts,
): (method: string, input: unknown, caller: Caller | null) => Promise<AnyReply> {
  const { handlers, db, clock, random, log, reader } = ports;
  const administration = createAdministration();

  return async (method, input, caller) => {
    if (!isMethodName(method)) return { ok: false, error: { code: 'unknown_method', method } };
    const parsed = stationApi[method].input.safeParse(input ?? {});
    if (!parsed.success) return { ok: false, error: invalidInput(parsed.error, input) };
    const startedMs = clock.monotonicMs();
    try {
      const told = mayBeTold(db.read, method, parsed.data, caller, clock.nowMs());
      if (!told.ok) return told;
      const leave = administration.ask(db.read, { method, input: parsed.data, caller, nowMs: clock.nowMs() });
      if (!leave.ok) return leave;
      const result = await runWith(leave.value, method, parsed.data, caller);
      return result.ok ? { ok: true, output: result.value } : { ok: false, error: result.error };
    } catch (error) {
      return { ok: false, error: tellFailure(method, error) };
    } finally {
      const tookMs = clock.monotonicMs() - startedMs;
      const isOnThread = stationApi[method].kind !== 'action' && !isReaderMethod(method);
      if (isOnThread && tookMs > SLOW_HANDLER_MS) log.warn('slow_handler', { method, tookMs: Math.round(tookMs) });
    }
  };

  async function runWith(
    leave: Leave,
    method: MethodName,
    input: unknown,
    caller: Caller | null,
  ): Promise<Result<unknown, Refusal>> {
    try {
      const result = await run(leave, method, input, caller);
      // What wrote nothing here, but at the ERP.
      if (result.ok && !leave.isUsed()) db.write((tx) => leave.use(tx, clock.nowMs()));
      return result;
    } finally {
      leave.release();
    }
  }

  function run(
    leave: Leave,
    method: MethodName,
    input: unknown,
    caller: Caller | null,
  ): Result<unknown, Refusal> | Promise<Result<unknown, Refusal>> {
    if (isReaderMethod(method)) return readLong(method, input);
    switch (stationApi[method].kind) {
      case 'query':
        return (handlers[method] as unknown as (read: ReadDb, input: unknown) => Result<unknown, Refusal>)(
          db.read,
          input,
        );
      case 'command':
        return runCommand(leave, method, handlers[method] as unknown as AnyCommand, input, caller);
      case 'action':
        return (handlers[method] as unknown as (input: unknown, leave: Leave) => Promise<Result<unknown, Refusal>>)(
          input,
          leave,
        );
    }
  }

  function readLong(
    method: ReaderMethod,
    input: unknown,
  ): Result<unknown, Refusal> | Promise<Result<unknown, Refusal>> {
    if (reader.isAwake() || !isShortRead(method, input)) return reader.call(method, input);
    // Whoever opens a list sees it at once; what is asked for next is likely long, and finds the thread started.
    reader.wakeSoon();
    return readerHandlers[method](db.read, input as never);
  }

  function runCommand(
    leave: Leave,
    method: MethodName,
    command: AnyCommand,
    input: unknown,
    caller: Caller | null,
  ): Result<unknown, Refusal> {
    const commandId = commandIdOf(input);
    const moment: Moment = { nowMs: clock.nowMs() };
    const inputHash = hash('sha256', JSON.stringify(input));
    const useLeave = <Decided extends { readonly ok: boolean }>(tx: WriteTx, result: Decided): Decided => {
      if (result.ok) leave.use(tx, moment.nowMs);
      return result;
    };
    const decided = db.write(
      (tx): Result<ResultRef | Decision<unknown>, Refusal> => {
        if (commandId === null) return useLeave(tx, command.decide(tx, input, moment));
        const before = findDecidedCommand(tx, commandId);
        if (before !== null) {
          return before.method === method && before.inputHash === inputHash
            ? ok(JSON.parse(before.resultRef) as ResultRef)
            : refuse({ code: 'command_reused', commandId });
        }
        const result = useLeave(tx, command.decide(tx, input, moment));
        // A refusal is not remembered: the same intention may succeed once its cause is gone.
        if (result.ok) {
          recordCommand(tx, {
            commandId,
            method,
            inputHash,
            resultRef: JSON.stringify(result.value instanceof Decision ? result.value.ref : result.value),
            decidedAtMs: moment.nowMs,
          });
        }
        return result;
      },
      (result) => result.ok,
    );
    if (!decided.ok) return decided;
    ports.onDecided(method, caller);
    return ok(decided.value instanceof Decision ? decided.value.output : command.view(db.read, decided.value));
  }

  function tellFailure(method: MethodName, error: unknown): RefusalOf<'storage_failed' | 'disk_full' | 'internal'> {
    const fault = findMachineFault(error);
    const incident = random.newId().slice(-8);
    log.error('handler_failed', { method, incident, error: inspect(error) });
    if (fault?.code === 'disk_full') return fault;
    if (fault !== null) {
      ports.onStorageFailure(error);
      return { code: 'storage_failed', detail: 'detail' in fault ? fault.detail : fault.code };
    }
    return { code: 'internal', incident };
  }
}

function commandIdOf(input: unknown): string | null {
  if (typeof input !== 'object' || input === null || !('commandId' in input)) return null;
  return typeof input.commandId === 'string' ? input.commandId : null;
}

/** Names the first wrong field, what it was, and what would be right. */
function invalidInput(error: z.ZodError, input: unknown): RefusalOf<'invalid_input'> {
  const issue = error.issues[0];
  const path = issue?.path ?? [];
  let value: unknown = input;
  for (const key of path)
    value = typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined;
  const field = path.map(String).join('.');
  const words = issue === undefined ? { pt: '', en: '' } : expectedWords(issue);
  const shown = JSON.stringify(value, maskSecrets) ?? 'undefined';
  return {
    code: 'invalid_input',
    field: field === '' ? 'input' : field,
    value: String(maskSecrets(String(path.at(-1) ?? ''), shown.slice(0, 100))),
    expected: words.pt,
    expectedEn: words.en,
  };
}
