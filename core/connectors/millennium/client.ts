import type { Remote } from '../connector.ts';
import type { Http, HttpReply } from '../http.ts';
import { classifyReply } from './classify-reply.ts';
import { createMillenniumLogin, createVolatileSessions, type SessionStore } from './login.ts';
import type { MethodNames } from './method-names.ts';
import { createSecretMask } from './mask-text.ts';

type Parameter = string | number | boolean | undefined;

/** A call to one method. Reads give `query`; writes, and reads that must be posted, give `body`. */
export type MillenniumCall = {
  readonly method: string;
  readonly query?: Readonly<Record<string, Parameter>>;
  readonly body?: unknown;
  /** A read that this server takes only as a POST with a JSON body. */
  readonly isPostedRead?: true;
  /** A whole register may come: it may take longer than a page. */
  readonly isLarge?: true;
};

/** The server by its methods: one call at a time, every reply classified, nothing thrown. */
export type MillenniumClient = {
  readonly call: (call: MillenniumCall) => Promise<Remote<unknown>>;
  /** Cuts what is in flight, logs out, and ends; bounded in time. */
  readonly close: () => Promise<void>;
};

/** Everything at once against a page: a minute by default. */
const LARGE_FACTOR = 4;
/** A call that is refused without a reason is repeated as it was, and once more with a session. */
const MAX_TRIES = 3;
/** A person who quits waits for a logout at most this long; one that fails is made up for at the next start. */
const LOGIN_TIMEOUT_MS = 4_000;

/** One login; a parameter that the method does not know is an error there, so nothing is added to what is given. */
export function createMillenniumClient({
  http,
  serverUrl,
  user,
  password,
  sessions = createVolatileSessions(),
  timeoutMs,
  userAgent,
  nameOf = (method) => method,
}: {
  readonly http: Http;
  readonly serverUrl: string;
  readonly user: string;
  readonly password: string;
  /** Where an open session outlives the process. */
  readonly sessions?: SessionStore;
  readonly timeoutMs: number;
  readonly userAgent: string;
  /** How this installation spells a method of the contract. */
  readonly nameOf?: MethodNames;
}): MillenniumClient {
  const base = serverUrl.replace(/\/+$/, '');
  const common = { Accept: 'application/json', 'User-Agent': userAgent };
  const json = { 'Content-Type': 'application/json; charset=utf-8' };
  const { hide, mask } = createSecretMask();
  let closing: Promise<void> | null = null;
  const login = createMillenniumLogin({
    user,
    password,
    sessions,
    hide,
    send: (path, headers) =>
      http.send({
        method: 'POST',
        url: `${base}/api/${path}`,
        headers: { ...common, ...json, ...headers },
        body: '{}',
        timeoutMs: Math.min(timeoutMs, LOGIN_TIMEOUT_MS),
        isLetFinish: true,
      }),
  });
  // First come, first served: the ERP knows one session a user, and a second call would be refused or wait there.
  let queue: Promise<unknown> = Promise.resolve();

  function send(
    { method, query = {}, body, isPostedRead, isLarge }: MillenniumCall,
    identity: Readonly<Record<string, string>>,
  ): Promise<HttpReply> {
    const parameters = { ...query, $format: 'json', $dateformat: 'iso' };
    const text = Object.entries(parameters).flatMap(([name, value]) =>
      value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
    );
    const isPost = body !== undefined;
    return http.send({
      method: isPost ? 'POST' : 'GET',
      url: `${base}/api/${nameOf(method)}?${text.join('&')}`,
      headers: {
        ...common,
        ...identity,
        ...(isPost ? json : {}),
        ...(isPostedRead === true ? { 'X-HTTP-Method': 'GET' } : {}),
      },
      body: isPost ? JSON.stringify(body) : null,
      timeoutMs: isLarge === true ? timeoutMs * LARGE_FACTOR : timeoutMs,
    });
  }

  async function callOnce(call: MillenniumCall): Promise<Remote<unknown>> {
    for (let tries = 1; ; tries += 1) {
      const { remote, isUnexplained401 } = await attempt(call);
      if (!isUnexplained401 || tries >= MAX_TRIES) return remote;
      // Nothing was done for an unauthorised call, so that repeating it is safe for writes too.
      const { again, failure } = await login.renew(tries);
      if (!again) return failure === null ? remote : { ok: false, failure };
    }
  }

  async function attempt(call: MillenniumCall): Promise<ReturnType<typeof classifyReply>> {
    if (closing !== null) {
      const failure = { class: 'transient', text: 'closed', method: call.method } as const;
      return { remote: { ok: false, failure }, isUnexplained401: false };
    }
    const identity = await login.headers();
    if (!identity.ok) return { remote: identity, isUnexplained401: false };
    const answer = classifyReply(await send(call, identity.value), nameOf(call.method));
    login.noteReply(answer.remote);
    return answer;
  }

  function masked(remote: Remote<unknown>): Remote<unknown> {
    return remote.ok ? remote : { ok: false, failure: { ...remote.failure, text: mask(remote.failure.text) } };
  }

  async function end(): Promise<void> {
    http.cancel();
    await queue;
    await login.logout();
    http.close();
  }

  return {
    call: (call) => {
      const turn = queue.then(async () => masked(await callOnce(call)));
      queue = turn.catch(() => undefined);
      return turn;
    },
    close: () => (closing ??= end()),
  };
}
