import fastify, { type FastifyInstance } from 'fastify';
import { createAdminChanges } from './admin/admin-changes.ts';
import { addAdminRoutes } from './admin/admin-routes.ts';
import { createReceivedReport } from './admin/received-report.ts';
import { createFaultInjector } from './faults/fault-injector.ts';
import type { FaultMix } from './faults/fault-mix.ts';
import { createApiHandler } from './http/api-handler.ts';
import { createCallRunner } from './http/call-runner.ts';
import { createCredentials } from './http/credentials.ts';
import { errorBody, ErpError } from './http/erp-error.ts';
import type { CursorOption } from './http/read-reply.ts';
import { createSerialGate } from './http/serial-gate.ts';
import { allMethods } from './methods/all-methods.ts';
import { createCounters } from './store/counters.ts';
import type { Store } from './store/open-store.ts';

export type ErpServerOptions = {
  readonly nowMs: () => number;
  readonly cursor: CursorOption;
  readonly maxBatch: number;
  readonly late3Revives: boolean;
  readonly sessionMinutes: number;
  readonly faults: FaultMix;
  readonly users: readonly { readonly user: string; readonly password: string }[];
  /** Serve /admin: only ever true when the server will listen on the loopback. */
  readonly admin: boolean;
};

/** Puts the stand-in ERP together over an open store; the caller listens and closes. */
export function createErpServer(store: Store, options: ErpServerOptions): FastifyInstance {
  const counters = createCounters(store);
  const faults = createFaultInjector(counters, options.faults);
  const credentials = createCredentials(store, options.nowMs, options.sessionMinutes);
  for (const { user, password } of options.users) credentials.setPassword(user, password);

  // Hung calls of the faults must not keep a stopping server alive.
  const server = fastify({ forceCloseConnections: true, bodyLimit: 32 * 1024 * 1024 });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  server.setErrorHandler((error, _request, reply) => {
    const status = error instanceof ErpError ? error.status : 500;
    const text = error instanceof Error ? error.message : String(error);
    if (status === 500) process.stderr.write(`${error instanceof Error ? error.stack : text}\n`);
    return reply.code(status).send(errorBody(status, text));
  });

  if (options.admin) {
    const health = () => ({ ok: true, pid: process.pid, file: store.file });
    const changes = createAdminChanges(store, options.nowMs);
    addAdminRoutes(server, {
      faults,
      credentials,
      changes,
      health,
      report: createReceivedReport(store, counters, faults),
    });
  }
  const handle = createApiHandler({
    methods: allMethods(store, options),
    runCall: createCallRunner({ db: store.db, nowMs: options.nowMs, cursor: options.cursor }),
    credentials,
    enterGate: createSerialGate((user) => counters.add('violation', user)),
    faults,
    counters,
  });
  server.all('/*', handle);
  return server;
}
