import type { FastifyInstance, FastifyRequest } from 'fastify';
import { changeDialect, PLAIN_DIALECT, type Dialect, type DialectControl } from '../dialects/dialect.ts';
import { applyPresets, PRESETS } from '../dialects/presets.ts';
import type { FaultInjector } from '../faults/fault-injector.ts';
import { readFaultMix } from '../faults/fault-mix.ts';
import type { Credentials } from '../http/credentials.ts';
import { ErpError } from '../http/erp-error.ts';
import { isJsonObject, numberField, textField, type JsonObject } from '../http/json.ts';
import type { AdminChange } from './admin-changes.ts';
import type { Backups } from './backups.ts';
import type { Clock } from './clock.ts';
import type { ReceivedPage } from './received-report.ts';

type Dependencies = {
  readonly faults: FaultInjector;
  readonly dialect: DialectControl;
  readonly clock: Clock;
  readonly backups: Backups;
  readonly credentials: Credentials;
  readonly changes: Readonly<Record<string, AdminChange>>;
  readonly report: (page: ReceivedPage) => JsonObject;
  readonly health: () => JsonObject;
};

/** The test's own door, without a password: registered only when the server listens on the loopback. */
export function addAdminRoutes(
  server: FastifyInstance,
  { faults, dialect, clock, backups, credentials, changes, report, health }: Dependencies,
): void {
  const describeFaults = (): JsonObject => {
    const { seed, faults: mix } = faults.current();
    return {
      seed,
      faults: Object.fromEntries(
        [...mix].map(([name, setting]) => [
          name,
          {
            ...setting,
            status: setting.status ?? null,
            kind: setting.kind ?? null,
            max: Number.isFinite(setting.max) ? setting.max : null,
            methods: [...setting.methods],
          },
        ]),
      ),
      fired: faults.fired(),
    };
  };

  server.get('/admin/health', () => health());
  server.get<{ Querystring: Record<string, string> }>('/admin/received', ({ query }) => {
    const number = (name: string): number => Number(query[name] ?? 0);
    return report({ after: number('after'), limit: number('limit'), journalAfter: number('journalAfter') });
  });
  server.get('/admin/faults', describeFaults);
  server.post('/admin/faults', (request) => {
    faults.replace(readFaultMix(bodyOf(request)));
    return describeFaults();
  });
  server.get('/admin/presets', () => PRESETS);
  server.get('/admin/dialect', () => dialect.current());
  server.post('/admin/dialect', (request) => {
    dialect.replace(readDialect(bodyOf(request)));
    return dialect.current();
  });
  const describeClock = (): JsonObject => ({
    offset_ms: clock.offsetMs(),
    data_hora: new Date(clock.nowMs()).toISOString(),
  });
  server.get('/admin/clock', describeClock);
  server.post('/admin/clock', (request) => {
    const offset = numberField(bodyOf(request), 'offset_ms');
    if (offset === undefined) throw new ErpError(400, '"offset_ms" is a number of milliseconds');
    clock.setOffset(offset);
    return describeClock();
  });
  const nameOf = (request: FastifyRequest): string => textField(bodyOf(request), 'name') ?? '';
  server.get('/admin/backups', () => ({ names: backups.names() }));
  server.post('/admin/backup', (request) => backups.take(nameOf(request)));
  server.post('/admin/restore', (request) => backups.restore(nameOf(request), clock.nowMs()));
  // What a person at another desk does to the station's user: works under its name, or a session ends.
  server.post('/admin/sessions', (request) => {
    const body = bodyOf(request);
    const user = textField(body, 'user');
    if (body['occupied'] !== true) return { ended: credentials.endSessions(user) };
    if (user === undefined) throw new ErpError(400, '"user" is a text');
    return { occupied: credentials.occupy(user) };
  });
  for (const [path, change] of Object.entries(changes)) server.post(path, (request) => change(bodyOf(request)));
  server.post('/admin/set-password', (request) => {
    const body = bodyOf(request);
    const user = textField(body, 'user');
    const password = textField(body, 'password');
    if (user === undefined || password === undefined) throw new ErpError(400, '"user" and "password" are texts');
    credentials.setPassword(user, password);
    return { user };
  });
}

/** The whole dialect anew: the plain one, then `preset`, then what is said on its own. */
function readDialect({ preset, ...changes }: JsonObject): Dialect {
  return changeDialect(typeof preset === 'string' ? applyPresets(PLAIN_DIALECT, preset) : PLAIN_DIALECT, changes);
}

function bodyOf(request: FastifyRequest): JsonObject {
  try {
    const value: unknown = typeof request.body === 'string' ? JSON.parse(request.body) : {};
    if (isJsonObject(value)) return value;
  } catch {
    // Falls through: both end in the same refusal.
  }
  throw new ErpError(400, 'the body is not a JSON object');
}
