import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FaultInjector, FaultTarget } from '../faults/fault-injector.ts';
import { isFaultName } from '../faults/fault-mix.ts';
import type { Counters } from '../store/counters.ts';
import type { ApiCall } from './call-runner.ts';
import type { Credentials } from './credentials.ts';
import { errorBody, ErpError } from './erp-error.ts';
import type { ErpMethod, ErpReply } from './erp-method.ts';
import { helpText } from './help-text.ts';
import { methodOfPath } from './method-of-path.ts';
import type { Leave } from './serial-gate.ts';

type Dependencies = {
  readonly methods: ReadonlyMap<string, ErpMethod>;
  readonly runCall: (method: ErpMethod, call: ApiCall) => ErpReply;
  readonly credentials: Credentials;
  readonly enterGate: (user: string, socket: FastifyRequest['raw']['socket']) => Promise<Leave>;
  readonly faults: FaultInjector;
  readonly counters: Counters;
};

/** Answers everything under /api: names the method, finds the caller, lets the faults strike, replies. */
export function createApiHandler({ methods, runCall, credentials, enterGate, faults, counters }: Dependencies) {
  return async function handle(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const url = new URL(request.url, 'http://sandbox');
    const name = methodOfPath(url.pathname);
    if (name === undefined)
      return send(reply, { status: 404, body: errorBody(404, `Endereço não encontrado: ${url.pathname}`) });
    const method = methods.get(name);
    const target = faultTarget(name, method, request);
    if (faults.strike('down', target) !== undefined) return hangUp(request, reply);
    if (name.endsWith('.$help')) return reply.type('text/plain; charset=utf-8').send(helpText(methods));

    let leave: Leave = () => {};
    try {
      const isSessionCall = name === 'login' || name === 'logout';
      const user = isSessionCall ? '' : credentials.identify(request.headers);
      if (!isSessionCall && method === undefined) throw new ErpError(404, `Method ${name} not found`);
      leave = await enterGate(isSessionCall ? request.id : user, request.raw.socket);
      counters.add('call', name);
      const isSomeBusy =
        method?.kind === 'write' && method.isBatch && faults.strike('partialErrors', target) !== undefined;
      const answer = await strikeAndRun(request, target, () => {
        if (method !== undefined) return runCall(method, apiCall(request, url, user, isSomeBusy));
        if (name === 'login') return { status: 200, body: { session: credentials.login(request.headers).session } };
        credentials.logout(request.headers);
        return { status: 200, body: {} };
      });
      if (answer === 'hang up') {
        leave();
        return hangUp(request, reply);
      }
      // A second call of the same user that already waits on another socket is read in this turn, while the gate is
      // still held, and so is seen; one sent after the reply cannot be mistaken for it.
      await nextTurn();
      leave();
      return send(reply, answer);
    } catch (error) {
      leave();
      if (error instanceof ErpError)
        return send(reply, { status: error.status, body: errorBody(error.status, error.message) });
      throw error;
    }
  };

  /**
   * http500: nothing is done. The others do it first: duplicateDelivery twice, then slow waits, then
   * timeoutAfterCommit waits for the client to give up, or dropReply hangs up.
   */
  async function strikeAndRun(
    request: FastifyRequest,
    target: FaultTarget,
    run: () => ErpReply,
  ): Promise<ErpReply | 'hang up'> {
    if (faults.strike('http500', target) !== undefined) {
      return { status: 500, body: errorBody(500, 'Estoque insuficiente para concluir a operação') };
    }
    if (faults.strike('duplicateDelivery', target) !== undefined) run();
    const answer = run();
    const slow = faults.strike('slow', target);
    if (slow !== undefined) await sleep(slow.ms, undefined, { ref: false });
    if (faults.strike('timeoutAfterCommit', target) !== undefined) {
      const { socket } = request.raw;
      if (!socket.destroyed) await new Promise((resolve) => void socket.once('close', resolve));
      return 'hang up';
    }
    return faults.strike('dropReply', target) === undefined ? answer : 'hang up';
  }
}

function apiCall(request: FastifyRequest, url: URL, user: string, isSomeBusy: boolean): ApiCall {
  let record = 0;
  return {
    user,
    httpMethod: request.method,
    isReadByPost: request.method === 'POST' && String(request.headers['x-http-method'] ?? '').toUpperCase() === 'GET',
    query: url.searchParams,
    rawBody: typeof request.body === 'string' ? request.body : '',
    // Every second record of a struck batch, beginning with the first: some fail, and a batch of one does too.
    isRecordBusy: () => isSomeBusy && record++ % 2 === 0,
  };
}

function faultTarget(name: string, method: ErpMethod | undefined, request: FastifyRequest): FaultTarget {
  const header = String(request.headers['x-sandbox-fault'] ?? '');
  return { method: name, isWrite: method?.kind === 'write', oneOff: isFaultName(header) ? header : undefined };
}

function send(reply: FastifyReply, { status, body }: ErpReply): FastifyReply {
  return reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify(body));
}

function hangUp(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.hijack();
  request.raw.socket.destroy();
  return reply;
}
