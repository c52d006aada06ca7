import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { AxiosError, create as createAxios, type AxiosRequestConfig } from 'axios';
import { networkWords } from '../network-words.ts';

/** A full page of 500 products is about 1 MB; the balances of 400,000 SKUs at once are about this much. */
const MAX_REPLY_BYTES = 64 * 1024 * 1024;

/** From here on a reply is read in two turns of the event loop. */
const LARGE_REPLY_BYTES = 256 * 1024;

/** Why a request was ended before its answer. */
const CLOSED = 'closed';
const TIMED_OUT = 'timed out';

export type HttpRequest = {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text, for a POST. */
  readonly body: string | null;
  /** From the first byte sent to the last byte read: a server of one byte a second does not hold the queue. */
  readonly timeoutMs: number;
  /** `cancel` lets it come to its end: its answer is needed to leave nothing behind. */
  readonly isLetFinish?: true;
};

/** What came of a request: a reply with any status, or why there was none. Nothing is thrown. */
export type HttpReply =
  | { readonly answered: true; readonly status: number; readonly body: string }
  | { readonly answered: false; readonly text: string };

export type Http = {
  readonly send: (request: HttpRequest) => Promise<HttpReply>;
  /** Ends what is in flight at once; later requests are sent. */
  readonly cancel: () => void;
  /** Ends what is in flight at once; later requests are not sent. */
  readonly close: () => void;
};

/**
 * HTTP as an adapter needs it: one kept-alive connection (an ERP account is one session, and a second connection would
 * be a second one), no redirect (a captive portal is not the ERP), no proxy of the environment.
 */
export function createHttp(): Http {
  // One controller for each request, gone with it: AbortSignal.any leaves 340 bytes of each call with its sources for as
  // long as these live, and a till asks ten times a minute even where nothing is sold.
  const inFlight = new Set<{ readonly ending: AbortController; readonly isLetFinish: boolean }>();
  let isClosed = false;
  const httpAgent = new HttpAgent({ keepAlive: true, maxSockets: 1 });
  const httpsAgent = new HttpsAgent({ keepAlive: true, maxSockets: 1 });
  const client = createAxios({
    httpAgent,
    httpsAgent,
    maxRedirects: 0,
    proxy: false,
    responseType: 'arraybuffer',
    maxContentLength: MAX_REPLY_BYTES,
    maxBodyLength: MAX_REPLY_BYTES,
    validateStatus: () => true,
    // Text goes out and bytes come in as they are; axios would parse JSON and hide what was wrong with it.
    transformRequest: [(data: unknown) => data],
    transformResponse: [(data: unknown) => data],
  });

  async function send({ method, url, headers, body, timeoutMs, isLetFinish }: HttpRequest): Promise<HttpReply> {
    if (isClosed) return { answered: false, text: CLOSED };
    const ending = new AbortController();
    const request = { ending, isLetFinish: isLetFinish === true };
    const timer = setTimeout(() => ending.abort(TIMED_OUT), timeoutMs);
    inFlight.add(request);
    const config: AxiosRequestConfig = { method, url, headers, signal: ending.signal };
    try {
      const reply = await client.request<Buffer>(body === null ? config : { ...config, data: body });
      const text = bytesToText(reply.data);
      // Text and JSON of a page of products take 3 ms each: a scan that came meanwhile goes between them.
      if (reply.data.length > LARGE_REPLY_BYTES) await new Promise((resolve) => setImmediate(resolve));
      return { answered: true, status: reply.status, body: text };
    } catch (error) {
      if (ending.signal.reason === CLOSED) return { answered: false, text: CLOSED };
      if (ending.signal.reason === TIMED_OUT) return { answered: false, text: `sem resposta em ${timeoutMs} ms` };
      return { answered: false, text: transportText(error) };
    } finally {
      clearTimeout(timer);
      inFlight.delete(request);
    }
  }

  return {
    send,
    cancel: () => {
      for (const { ending, isLetFinish } of inFlight) if (!isLetFinish) ending.abort(CLOSED);
    },
    close: () => {
      isClosed = true;
      for (const { ending } of inFlight) ending.abort(CLOSED);
      httpAgent.destroy();
      httpsAgent.destroy();
    },
  };
}

/** UTF-8, or the Windows code page that older servers answer in without saying so. */
function bytesToText(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return new TextDecoder('windows-1252').decode(bytes);
    throw error;
  }
}

/** A transport failure in words; never the request, which carries the login. */
function transportText(error: unknown): string {
  if (!(error instanceof AxiosError)) throw error;
  return networkWords(error.code ?? '');
}
