import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { DialectControl } from '../dialects/dialect.ts';
import { encodeReply, type WireReply } from '../dialects/encode-reply.ts';
import { answerInstead } from '../faults/answer-instead.ts';
import { breakLine } from '../faults/break-line.ts';
import { deliverReply } from '../faults/deliver-reply.ts';
import type { FaultInjector, FaultTarget, Strike } from '../faults/fault-injector.ts';
import type { FaultNeed } from '../faults/fault-names.ts';
import { spoilRows, spoilText } from '../faults/spoil-reply.ts';
import { createWrongReplies } from '../faults/wrong-replies.ts';
import type { Counters } from '../store/counters.ts';
import type { ApiCall } from './call-runner.ts';
import type { Credentials } from './credentials.ts';
import { errorBody, ErpError } from './erp-error.ts';
import type { ErpMethod, ErpReply } from './erp-method.ts';
import { helpJson, helpText } from './help-text.ts';
import { methodOfPath } from './method-of-path.ts';
import type { CursorBack } from './read-reply.ts';
import type { Leave } from './serial-gate.ts';

type Dependencies = {
  readonly findMethod: (name: string) => ErpMethod | undefined;
  readonly listMethods: () => readonly ErpMethod[];
  readonly runCall: (method: ErpMethod, call: ApiCall) => ErpReply;
  readonly credentials: Credentials;
  readonly enterGate: (user: string, socket: FastifyRequest['raw']['socket']) => Promise<Leave>;
  readonly faults: FaultInjector;
  readonly counters: Counters;
  readonly dialect: DialectControl;
};

/** Answers everything under /api: names the method, finds the caller, lets the faults strike, replies. */
export function createApiHandler(dependencies: Dependencies) {
  const { findMethod, listMethods, runCall, credentials, enterGate, faults, counters, dialect } = dependencies;
  const wrongReplies = createWrongReplies(faults);

  return async function handle(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const url = new URL(request.url, 'http://sandbox');
    const name = methodOfPath(url.pathname);
    if (name === undefined) return refuse(reply, new ErpError(404, `Endereço não encontrado: ${url.pathname}`));
    const method = findMethod(name);
    const target = faultTarget(name, method, request, url);
    if (await breakLine(faults, target, request, reply)) return reply;
    if (name.endsWith('.$help')) return sendHelp(reply, url);

    let leave: Leave = () => {};
    try {
      const isSessionCall = name === 'login' || name === 'logout';
      const user = isSessionCall ? '' : credentials.identify(request.headers);
      if (!isSessionCall && method === undefined) throw new ErpError(404, `Method ${name} not found`);
      leave = await enterGate(isSessionCall ? request.id : user, request.raw.socket);
      counters.add('call', name);
      const answer = wrongReplies.confuse(target, url, answerCall(request, url, { name, method, user, target }));
      // A second call of the same user that already waits on another socket is read in this turn, while the gate is
      // still held, and so is seen; one sent after the reply cannot be mistaken for it.
      await nextTurn();
      return await deliverReply(faults, target, spoilText(faults, target, answer), { request, reply, leave });
    } catch (error) {
      leave();
      if (error instanceof ErpError) return refuse(reply, error);
      throw error;
    }
  };

  function answerCall(
    request: FastifyRequest,
    url: URL,
    { name, method, user, target }: { name: string; method: ErpMethod | undefined; user: string; target: FaultTarget },
  ): WireReply {
    const instead = answerInstead(faults, target, user, credentials);
    if (instead !== undefined) return encodeReply(undefined, instead, dialect.current());
    if (method === undefined) return encodeReply(undefined, sessionCall(name, request), dialect.current());
    const call = apiCall(request, url, user, {
      isSomeBusy: faults.strike('partialErrors', target) !== undefined,
      cursorBack: cursorBackOf(faults.strike('cursorBack', target)),
    });
    if (faults.strike('duplicateDelivery', target) !== undefined) runCall(method, call);
    return encodeReply(method, spoilRows(faults, target, runCall(method, call)), dialect.current());
  }

  function sessionCall(name: string, { headers }: FastifyRequest): ErpReply {
    if (name === 'login') return { status: 200, body: { session: credentials.login(headers).session } };
    credentials.logout(headers);
    return { status: 200, body: {} };
  }

  function sendHelp(reply: FastifyReply, url: URL): FastifyReply {
    return url.searchParams.get('$format') === 'json'
      ? reply.type('application/json; charset=utf-8').send(JSON.stringify(helpJson(listMethods())))
      : reply.type('text/plain; charset=utf-8').send(helpText(listMethods()));
  }
}

/** In turn: the first firing, and one that a header asked for, go back to the start; the next repeats a page. */
function cursorBackOf(strike: Strike | undefined): CursorBack {
  if (strike === undefined) return undefined;
  return strike.turn > 0 && strike.turn % 2 === 0 ? 'page' : 'start';
}

function apiCall(
  request: FastifyRequest,
  url: URL,
  user: string,
  { isSomeBusy, cursorBack }: { isSomeBusy: boolean; cursorBack: CursorBack },
): ApiCall {
  let record = 0;
  return {
    user,
    httpMethod: request.method,
    isReadByPost: request.method === 'POST' && String(request.headers['x-http-method'] ?? '').toUpperCase() === 'GET',
    query: url.searchParams,
    rawBody: typeof request.body === 'string' ? request.body : '',
    cursorBack,
    // Every second record of a struck batch, beginning with the first: some fail, and a batch of one does too.
    isRecordBusy: () => isSomeBusy && record++ % 2 === 0,
  };
}

function faultTarget(name: string, method: ErpMethod | undefined, request: FastifyRequest, url: URL): FaultTarget {
  const offers = new Set<FaultNeed>();
  if (method !== undefined) offers.add('caller');
  if (method?.kind === 'read') offers.add('rows');
  if (method?.kind === 'write' && method.isBatch) offers.add('batch');
  if (method?.kind === 'read' && Number(url.searchParams.get('trans_id') ?? 0) > 0) offers.add('cursor');
  const oneOff = String(request.headers['x-sandbox-fault'] ?? '').split(',');
  return { method: name, isWrite: method?.kind === 'write', offers, oneOff: oneOff.map((each) => each.trim()) };
}

function refuse(reply: FastifyReply, { status, message }: ErpError): FastifyReply {
  return reply
    .code(status)
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(errorBody(status, message)));
}
