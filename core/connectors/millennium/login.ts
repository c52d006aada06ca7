import { z } from 'zod';
import type { Remote, RemoteFailure } from '../connector.ts';
import type { HttpReply } from '../http.ts';
import { classifyReply } from './classify-reply.ts';
import { lowerKeys } from './decode-list.ts';
import { erpKey } from './field-codecs.ts';

/** Where the one open session of this login is kept, so that a core that died here is logged out by the next one. */
export type SessionStore = {
  /** On disk when this returns. */
  readonly save: (session: string) => void;
  readonly find: () => string | null;
  readonly clear: () => void;
};

/** How this login shows who it is. */
export type MillenniumLogin = {
  /** What a call carries; opens a session where the server wants one. */
  readonly headers: () => Promise<Remote<Readonly<Record<string, string>>>>;
  /** What a call that carried these was answered: how this server logs in, and whether a session of ours is in the way. */
  readonly noteReply: (remote: Remote<unknown>) => void;
  /**
   * After a 401 that names no reason, for the `tries`th time of one call: `again` when it is worth being repeated, or why
   * not.
   */
  readonly renew: (tries: number) => Promise<{ readonly again: boolean; readonly failure: RemoteFailure | null }>;
  /** Ends the session that is open, if any. */
  readonly logout: () => Promise<void>;
};

type Send = (path: string, headers: Readonly<Record<string, string>>) => Promise<HttpReply>;

/** Answers of a server that has no sessions, or not at this address. */
const NO_SESSIONS: ReadonlySet<number> = new Set([400, 401, 403, 404, 405, 501]);
/** Times in a row that a server may fail to take back a session of an earlier core before a call goes without. */
const MAX_LOGOUT_TRIES = 3;
/**
 * Refusals of Basic without a reason and without an answer between them, after which a session is asked for. A session is
 * never opened lightly: with the reply to its login lost, it locks everybody out until it runs out there.
 */
const REFUSALS_BEFORE_SESSION = { unknown: 2, basic: 6 } as const;

const LoginReply = z.preprocess(lowerKeys, z.object({ session: erpKey }));

/**
 * Basic first, a session where the server wants one (docs/decisions/0009-basic-before-session.md).
 *
 *   unknown --call with Basic--> answered: basic
 *      |                    '--> 401 without a reason, twice: POST login --session--> session
 *      |                                                                '--no such method--> Basic once more
 *   basic ----six such 401 in a row (the server changed its mind)--> as unknown
 *   session --401 without a reason (it ran out)--> POST login, once
 *   start, or another core's session on disk --> POST logout first, so that it locks nobody out
 */
export function createMillenniumLogin({
  user,
  password,
  sessions,
  send,
  hide,
}: {
  readonly user: string;
  readonly password: string;
  readonly sessions: SessionStore;
  /** Sends a POST with the body `{}`. */
  readonly send: Send;
  /** Told each secret that must never be in a text. */
  readonly hide: (secret: string) => void;
}): MillenniumLogin {
  const basic = Buffer.from(`${user}:${password}`, 'utf8').toString('base64');
  // Headers are bytes: a password beyond Latin 1 goes out as the UTF-8 that Basic carries, too.
  const pair = Buffer.from(`${user}/${password}`, 'utf8').toString('latin1');
  let way: 'unknown' | 'basic' | 'session' = 'unknown';
  let session: string | null = null;
  let refusals = 0;
  let logoutTries = 0;
  hide(password);
  hide(basic);

  async function endLeftOver(): Promise<RemoteFailure | null> {
    const left = session === null ? sessions.find() : null;
    if (left === null || logoutTries >= MAX_LOGOUT_TRIES) return null;
    hide(left);
    logoutTries += 1;
    const reply = await send('logout', { 'WTS-Session': left });
    if (!isEnded(reply)) return failureOf(reply, 'logout');
    forget();
    return null;
  }

  /** What is in the way may be the session that was left open: its end is asked for again. */
  function noteTaken(remote: Remote<unknown>): void {
    if (!remote.ok && remote.failure.isSessionTaken === true) logoutTries = 0;
  }

  function forget(): void {
    session = null;
    logoutTries = 0;
    sessions.clear();
  }

  /** `offered` false: this server has no sessions. */
  async function open(): Promise<{ readonly offered: boolean; readonly failure: RemoteFailure | null }> {
    const reply = await send('login', {
      'WTS-Authorization': pair,
      'WTS-AppName': 'millenium',
      'WTS-LicenceType': 'api',
    });
    const { remote } = classifyReply(reply, 'login');
    const answer = remote.ok ? LoginReply.safeParse(remote.value) : null;
    if (answer?.success === true && isHeaderText(answer.data.session)) {
      const opened = answer.data.session;
      hide(opened);
      // Before its first use: from here on a crash leaves it to the next start.
      sessions.save(opened);
      session = opened;
      way = 'session';
      return { offered: true, failure: null };
    }
    if (!remote.ok && (remote.failure.class === 'password' || remote.failure.class === 'busy')) {
      noteTaken(remote);
      return { offered: true, failure: remote.failure };
    }
    const text = remote.ok ? 'login without a session' : remote.failure.text;
    const isOffered = !remote.ok && (!reply.answered || !NO_SESSIONS.has(reply.status));
    return { offered: isOffered, failure: { class: 'transient', text, method: 'login' } };
  }

  return {
    headers: async () => {
      const left = await endLeftOver();
      if (left !== null) return { ok: false, failure: left };
      if (way !== 'session') return { ok: true, value: { Authorization: `Basic ${basic}` } };
      if (session === null) {
        const { failure } = await open();
        if (failure !== null) return { ok: false, failure };
      }
      return { ok: true, value: { 'WTS-Session': session ?? '' } };
    },
    noteReply: (remote) => {
      if (remote.ok) {
        refusals = 0;
        if (way === 'unknown') way = 'basic';
        // It answers this, and never the end of that session: it runs out there.
        if (session === null && logoutTries >= MAX_LOGOUT_TRIES) forget();
      } else noteTaken(remote);
    },
    renew: async (tries) => {
      if (way !== 'session') {
        refusals += 1;
        if (refusals < REFUSALS_BEFORE_SESSION[way]) return { again: tries === 1, failure: null };
        const { offered, failure } = await open();
        if (!offered) refusals = 0;
        return offered ? { again: failure === null, failure } : { again: tries === 1, failure: null };
      }
      if (tries > 1) return { again: false, failure: null };
      if (session !== null) forget();
      const { failure } = await open();
      return { again: failure === null, failure };
    },
    logout: async () => {
      if (session === null) return;
      const ended = session;
      session = null;
      // Not ended: it stays on disk, and the next start logs it out.
      if (isEnded(await send('logout', { 'WTS-Session': ended }))) forget();
    },
  };
}

/** Taken back, not known (any more), or there are none: an answer about the licence or the password says none of these. */
function isEnded(reply: HttpReply): boolean {
  const { remote, isUnexplained401 } = classifyReply(reply, 'logout');
  return remote.ok || isUnexplained401 || remote.failure.class === 'method' || remote.failure.class === 'refused';
}

/** A session that outlives nothing: for a connector whose process is all there is. */
export function createVolatileSessions(): SessionStore {
  let kept: string | null = null;
  return {
    save: (session) => {
      kept = session;
    },
    find: () => kept,
    clear: () => {
      kept = null;
    },
  };
}

function failureOf(reply: HttpReply, method: string): RemoteFailure {
  const { remote } = classifyReply(reply, method);
  return remote.ok ? { class: 'transient', text: 'not ended', method } : { ...remote.failure, class: 'transient' };
}

/** What may stand in a header: a session with anything else is none of this server's. */
function isHeaderText(text: string): boolean {
  return /^[\x21-\x7E]{1,500}$/.test(text);
}
