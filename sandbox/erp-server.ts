import fastify, { type FastifyInstance } from 'fastify';
import { createAdminChanges } from './admin/admin-changes.ts';
import { addAdminRoutes } from './admin/admin-routes.ts';
import { createBackups } from './admin/backups.ts';
import { createClock } from './admin/clock.ts';
import { createReceivedReport } from './admin/received-report.ts';
import { createDialectControl, type Dialect } from './dialects/dialect.ts';
import { createFaultInjector } from './faults/fault-injector.ts';
import type { FaultMix } from './faults/fault-mix.ts';
import { createApiHandler } from './http/api-handler.ts';
import { busyError } from './http/busy-licence.ts';
import { createCallRunner } from './http/call-runner.ts';
import { createCredentials } from './http/credentials.ts';
import { errorBody, ErpError } from './http/erp-error.ts';
import { createSerialGate } from './http/serial-gate.ts';
import { allMethods } from './methods/all-methods.ts';
import { createCounters } from './store/counters.ts';
import { createLateCommits } from './store/late-commits.ts';
import { createNextId } from './store/next-id.ts';
import type { Store } from './store/open-store.ts';

export type ErpServerOptions = {
  /** What the server's clock is off by at the start. */
  readonly clockOffsetMs: number;
  readonly dialect: Dialect;
  readonly maxBatch: number;
  readonly sessionMinutes: number;
  readonly faults: FaultMix;
  readonly users: readonly { readonly user: string; readonly password: string }[];
  /** Serve /admin: only ever true when the server will listen on the loopback. */
  readonly admin: boolean;
};

/** Puts the stand-in ERP together over an open store; the caller listens and closes. */
export function createErpServer(store: Store, options: ErpServerOptions): FastifyInstance {
  const clock = createClock(options.clockOffsetMs);
  const { nowMs } = clock;
  const counters = createCounters(store);
  const faults = createFaultInjector(counters, options.faults);
  const dialect = createDialectControl(options.dialect);
  const late = createLateCommits(() => dialect.current().lateCommits);
  const nextId = createNextId(store.db, late.issued);
  const credentials = createCredentials({ store, nowMs, sessionMinutes: options.sessionMinutes, dialect });
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
    addAdminRoutes(server, {
      faults,
      dialect,
      clock,
      backups: createBackups(store),
      credentials,
      changes: createAdminChanges(store, nextId, nowMs),
      health,
      report: createReceivedReport(store, counters, faults),
    });
  }
  const methods = allMethods(store, { maxBatch: options.maxBatch, dialect, nowMs, nextId });
  const handle = createApiHandler({
    findMethod: methods.find,
    listMethods: methods.list,
    runCall: createCallRunner({ db: store.db, nowMs, dialect, late }),
    credentials,
    enterGate: createSerialGate(
      (user) => counters.add('violation', user),
      (user) => busyError(dialect.current().busy, user),
    ),
    faults,
    counters,
    dialect,
  });
  server.all('/*', handle);
  return server;
}
