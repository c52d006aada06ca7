import type { MethodInput, MethodName, Reply } from '../../contract/station-api.ts';
import { ok, refuse } from '../../contract/result.ts';
import type { Clock } from '../../core/clock.ts';
import { composeCore } from '../../core/compose-core.ts';
import type { Http } from '../../core/connectors/http.ts';
import type { Log } from '../../core/log.ts';
import type { CheckPin } from '../../core/operator/check-pin.ts';
import type { Random } from '../../core/random.ts';
import type { Database } from '../../db/database-types.ts';

/** What a simulated core runs on: every way out of it is a port of the simulation. */
type SimulatedPorts = {
  readonly db: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly openHttp: () => Http;
  readonly pageSize: number;
};

export type SimulatedCore = {
  readonly call: <M extends MethodName>(method: M, input: MethodInput<M>) => Promise<Reply<M>>;
  readonly stop: () => Promise<void>;
};

const CALL_TIMEOUT_MS = 15_000;

/**
 * The product's core by its own composition, on the ports of the simulation. What belongs to the machine is not behind
 * them: the key store holds one word, PINs are right, no printer is set, and a backup does not come about.
 */
export function startSimulatedCore(ports: SimulatedPorts): SimulatedCore {
  const { db } = ports;
  const core = composeCore({
    ...ports,
    version: '0.1.0',
    machine: 'simulada',
    data: '/simulada',
    secrets: {
      find: () => Promise.resolve({ state: 'kept', secret: 'simulada' }),
      save: () => Promise.resolve(),
      locate: () => Promise.resolve({ place: 'key_store' }),
      stop: () => undefined,
    },
    checkPin,
    reader: { isAwake: () => true, wakeSoon: () => undefined, call: refusePart, stop: () => Promise.resolve() },
    health: { view: notHere, stop: () => undefined },
    runJob: refusePart,
    sendBytes: refusePart,
    readMethodNames: () => (name) => name,
    callTimeoutMs: CALL_TIMEOUT_MS,
    // A turn of the world.
    later: setImmediate,
    onBusy: () => undefined,
    onStorageFailure: notHere,
  });
  core.start();
  return {
    call: async <M extends MethodName>(method: M, input: MethodInput<M>) =>
      (await core.call(method, input, { isWindow: false })) as Reply<M>,
    stop: async () => {
      await core.stop();
      db.checkpoint();
      db.close();
    },
  };
}

const checkPin: CheckPin = (code, _pin, find) => {
  const operator = find(code);
  return Promise.resolve(operator === null ? refuse({ code: 'operator_unknown', operatorCode: code }) : ok(operator));
};

function notHere(): never {
  throw new Error('the simulation has no such part');
}

function refusePart(): Promise<never> {
  return Promise.reject(new Error('the simulation has no such part'));
}
