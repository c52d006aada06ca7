import { setTimeout as sleep } from 'node:timers/promises';
import { lowerNames, numberOf, parseErpJson, type Row } from './wire-values.ts';

/** What a server answered to one call. */
export type WireReply = { readonly status: number; readonly text: string; readonly body: unknown };

/** `from`: the cursor to begin after, 0 when it is not said. */
export type WalkLimits = { readonly top: number; readonly maxPages: number; readonly from?: number };

/** The server seen without the product: one call at a time, as the same user, after the station let go of it. */
export type WireClient = {
  readonly get: (method: string, query?: Readonly<Record<string, string | number>>) => Promise<WireReply>;
  /** The rows of a list; throws when it is none, or torn. */
  readonly list: (method: string, query?: Readonly<Record<string, string | number>>) => Promise<readonly Row[]>;
  /** The whole of a register by its cursor, in pages; ends after `maxPages`. */
  readonly walk: (
    method: string,
    query: Readonly<Record<string, string | number>>,
    limits: WalkLimits,
  ) => Promise<{ readonly rows: readonly Row[]; readonly isWhole: boolean; readonly pages: number }>;
  /** Ends the session, when there is one. The next call opens it again. */
  readonly leave: () => Promise<void>;
  readonly login: () => 'basic' | 'session' | null;
};

const CALL_TIMEOUT_MS = 20_000;
/** A session that the station has just closed may take a moment to be free. */
const BUSY_TRIES = 20;
const BUSY_WAIT_MS = 500;

export function createWireClient(server: string, user: string, password: string): WireClient {
  const basic = { Authorization: `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}` };
  let identity: Readonly<Record<string, string>> | null = null;
  let kind: 'basic' | 'session' | null = null;

  async function send(path: string, init: RequestInit): Promise<WireReply> {
    const signal = AbortSignal.timeout(CALL_TIMEOUT_MS);
    const response = await fetch(`${server}/api/${path}`, { ...init, redirect: 'manual', signal });
    const text = await response.text();
    return { status: response.status, text, body: lowerNames(parseErpJson(text)) };
  }

  async function openSession(): Promise<Readonly<Record<string, string>>> {
    const headers = {
      'WTS-Authorization': `${user}/${password}`,
      'WTS-AppName': 'millenium',
      'WTS-LicenceType': 'api',
      'Content-Type': 'application/json',
    };
    for (let tries = 1; ; tries += 1) {
      const reply = await send('login', { method: 'POST', headers, body: '{}' });
      const session = (reply.body as Row | null)?.['session'];
      if (reply.status === 200 && typeof session === 'string') return { 'WTS-Session': session };
      if (tries === BUSY_TRIES || !isBusy(reply)) throw new Error(`the login was refused: ${describe(reply)}`);
      await sleep(BUSY_WAIT_MS);
    }
  }

  async function get(method: string, query: Readonly<Record<string, string | number>> = {}): Promise<WireReply> {
    const parameters = new URLSearchParams({ $format: 'json', $dateformat: 'iso' });
    for (const [name, value] of Object.entries(query)) parameters.set(name, String(value));
    const path = `${method}?${parameters.toString()}`;
    for (let tries = 1; ; tries += 1) {
      const reply = await send(path, { headers: { Accept: 'application/json', ...(identity ?? basic) } });
      if (isBusy(reply) && tries < BUSY_TRIES) await sleep(BUSY_WAIT_MS);
      else if (reply.status === 401 && identity === null && !isWrongPassword(reply)) {
        identity = await openSession();
        kind = 'session';
      } else {
        if (reply.status === 200) kind ??= 'basic';
        return reply;
      }
    }
  }

  async function list(method: string, query: Readonly<Record<string, string | number>> = {}): Promise<readonly Row[]> {
    const reply = await get(method, query);
    const body = reply.body as Row | null;
    const rows = body?.['value'];
    if (reply.status !== 200 || body === null || !Array.isArray(rows)) {
      throw new Error(`${method} did not answer a list: ${describe(reply)}`);
    }
    const count = numberOf(body, 'odata.count');
    const top = Number(query['$top'] ?? 0);
    if (count !== null && count !== rows.length && (top === 0 || rows.length < top)) {
      throw new Error(`${method} says ${count} rows and gives ${rows.length}`);
    }
    return rows as readonly Row[];
  }

  /** Section 3 of the wire contract: the next cursor is max - 1 after a full page, max after a short one. */
  async function walk(
    method: string,
    query: Readonly<Record<string, string | number>>,
    limits: WalkLimits,
  ): Promise<{ readonly rows: readonly Row[]; readonly isWhole: boolean; readonly pages: number }> {
    const all: Row[] = [];
    let cursor = limits.from ?? 0;
    let { top } = limits;
    for (let pages = 1; ; pages += 1) {
      const limit = top === 0 ? {} : { $top: top };
      const rows = await list(method, { ...query, trans_id: cursor, ...limit });
      const ids = rows.map((row) => numberOf(row, 'trans_id') ?? 0);
      const isFull = top > 0 && rows.length >= top;
      const highest = Math.max(cursor, ...ids);
      const descends = ids.some((id, index) => id < (ids[index - 1] ?? id));
      if (!isFull || (highest - 1 > cursor && !descends)) {
        all.push(...rows);
        cursor = isFull ? highest - 1 : highest;
        top = limits.top;
        if (!isFull || pages >= limits.maxPages) return { rows: all, isWhole: !isFull, pages };
      } else top = top >= limits.top * 32 ? 0 : top * 2;
    }
  }

  return {
    get,
    list,
    walk,
    leave: async () => {
      const open = identity;
      identity = null;
      if (open === null) return;
      await send('logout', { method: 'POST', headers: { ...open, 'Content-Type': 'application/json' }, body: '{}' });
    },
    login: () => kind,
  };
}

function isWrongPassword({ text }: WireReply): boolean {
  return /senha inv/i.test(text);
}

function isBusy({ status, text }: WireReply): boolean {
  if (status === 401) return /ultrapassado o m|ximo de sess|conectado/i.test(text);
  return (status === 429 || status === 500 || status === 503) && /licen/i.test(text);
}

function describe({ status, text }: WireReply): string {
  return `HTTP ${status} ${text.replaceAll(/\s+/g, ' ').slice(0, 200)}`;
}
