import type { Remote } from '../connector.ts';
import type { Http, HttpReply } from '../http.ts';
import { classifyReply } from './classify-reply.ts';

type Parameter = string | number | boolean | undefined;

/** A call to one method. Reads give `query`; writes, and reads that must be posted, give `body`. */
export type MillenniumCall = {
  readonly method: string;
  readonly query?: Readonly<Record<string, Parameter>>;
  readonly body?: unknown;
  /** A read that this server takes only as a POST with a JSON body. */
  readonly isPostedRead?: true;
};

/** The server by its methods: one call at a time, every reply classified, nothing thrown. */
export type MillenniumClient = {
  readonly call: (call: MillenniumCall) => Promise<Remote<unknown>>;
  readonly close: () => void;
};

/** One login; a parameter that the method does not know is an error there, so nothing is added to what is given. */
export function createMillenniumClient({
  http,
  serverUrl,
  user,
  password,
  timeoutMs,
  userAgent,
}: {
  readonly http: Http;
  readonly serverUrl: string;
  readonly user: string;
  readonly password: string;
  readonly timeoutMs: number;
  readonly userAgent: string;
}): MillenniumClient {
  const base = serverUrl.replace(/\/+$/, '');
  const authorization = `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
  // First come, first served: the ERP knows one session a user, and a second call would be refused or wait there.
  let queue: Promise<unknown> = Promise.resolve();

  function send({ method, query = {}, body, isPostedRead }: MillenniumCall): Promise<HttpReply> {
    const parameters = { ...query, $format: 'json', $dateformat: 'iso' };
    const text = Object.entries(parameters).flatMap(([name, value]) =>
      value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
    );
    const isPost = body !== undefined;
    return http.send({
      method: isPost ? 'POST' : 'GET',
      url: `${base}/api/${method}?${text.join('&')}`,
      headers: {
        Authorization: authorization,
        Accept: 'application/json',
        'User-Agent': userAgent,
        ...(isPost ? { 'Content-Type': 'application/json; charset=utf-8' } : {}),
        ...(isPostedRead === true ? { 'X-HTTP-Method': 'GET' } : {}),
      },
      body: isPost ? JSON.stringify(body) : null,
      timeoutMs,
    });
  }

  async function callOnce(call: MillenniumCall): Promise<Remote<unknown>> {
    const first = classifyReply(await send(call), call.method);
    if (!first.isUnexplained401) return first.remote;
    // Nothing was done for an unauthorised call, so that repeating it once is safe for writes too.
    return classifyReply(await send(call), call.method).remote;
  }

  return {
    call: (call) => {
      const turn = queue.then(() => callOnce(call));
      queue = turn.catch(() => undefined);
      return turn;
    },
    close: () => http.close(),
  };
}
