import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { DialectControl } from '../dialects/dialect.ts';
import type { Store } from '../store/open-store.ts';
import { busyError } from './busy-licence.ts';
import { ErpError } from './erp-error.ts';

/** Texts a client tells the meanings of a 401 by; the code and the shape are the same for all. */
export const WRONG_PASSWORD = 'Senha inválida';
export const SESSION_GONE = 'Sessão inválida ou expirada';
const NOT_KNOWN = 'Usuário não autenticado';

/** Who is calling: by Basic on this very call, or by an open WTS session. All failures are ErpError 401. */
export type Credentials = {
  identify(headers: IncomingHttpHeaders): string;
  /** Opens the user's only session; a second one is refused as busy. `WTS-Authorization: USER/PASSWORD`. */
  login(headers: IncomingHttpHeaders): { user: string; session: string };
  logout(headers: IncomingHttpHeaders): void;
  setPassword(user: string, password: string): void;
  /** A person logs in elsewhere with the station's user, or logs out again; true when that changed something. */
  occupy(user: string): boolean;
  /** Ends the sessions of one user, or of all; gives how many there were. */
  endSessions(user: string | undefined): number;
};

type Dependencies = {
  readonly store: Store;
  readonly nowMs: () => number;
  readonly sessionMinutes: number;
  readonly dialect: DialectControl;
};

export function createCredentials({ store, nowMs, sessionMinutes, dialect }: Dependencies): Credentials {
  const db = store.countersDb;
  const getPassword = db.prepare<[string], string>('SELECT password FROM users WHERE user = ?').pluck();
  const savePassword = db.prepare(
    'INSERT INTO users VALUES (?, ?) ON CONFLICT (user) DO UPDATE SET password = excluded.password',
  );
  const userOfSession = db.prepare<[string], string>('SELECT user FROM sessions WHERE session = ?').pluck();
  const sessionOfUser = db.prepare<[string], string>('SELECT session FROM sessions WHERE user = ?').pluck();
  const openSession = db.prepare('INSERT INTO sessions VALUES (?, ?, ?) ON CONFLICT DO NOTHING');
  const touchSession = db.prepare('UPDATE sessions SET used_at_ms = ? WHERE session = ?');
  const closeSession = db.prepare('DELETE FROM sessions WHERE session = ?');
  const dropIdle = db.prepare('DELETE FROM sessions WHERE used_at_ms < ?');
  const dropSessions = db.prepare('DELETE FROM sessions WHERE @user IS NULL OR user = @user');

  function check(pair: string | undefined, separator: string): string {
    const at = pair?.indexOf(separator) ?? -1;
    if (pair === undefined || at === -1) throw new ErpError(401, NOT_KNOWN);
    const user = pair.slice(0, at).toLowerCase();
    if (getPassword.get(user) !== pair.slice(at + 1)) throw new ErpError(401, WRONG_PASSWORD);
    dropIdle.run(nowMs() - sessionMinutes * 60_000);
    if (sessionOfUser.get(user) !== undefined) throw busyError(dialect.current().busy, user);
    return user;
  }

  function identifySession(session: string): string {
    dropIdle.run(nowMs() - sessionMinutes * 60_000);
    const user = userOfSession.get(session);
    if (user === undefined) throw new ErpError(401, SESSION_GONE);
    touchSession.run(nowMs(), session);
    return user;
  }

  function refuseSessions(): void {
    if (dialect.current().login === 'basic') throw new ErpError(404, 'Method login not found');
  }

  return {
    identify(headers) {
      const { login } = dialect.current();
      const session = headers['wts-session'];
      if (typeof session === 'string' && login !== 'basic') return identifySession(session);
      const basic = /^Basic\s+(\S+)$/i.exec(headers.authorization ?? '')?.[1];
      if (basic === undefined || login === 'session') throw new ErpError(401, NOT_KNOWN);
      return check(Buffer.from(basic, 'base64').toString('utf8'), ':');
    },
    login(headers) {
      refuseSessions();
      const pair = headers['wts-authorization'];
      const user = check(typeof pair === 'string' ? pair : undefined, '/');
      const session = randomUUID();
      openSession.run(session, user, nowMs());
      return { user, session };
    },
    logout(headers) {
      refuseSessions();
      const session = headers['wts-session'];
      if (typeof session !== 'string' || closeSession.run(session).changes === 0) throw new ErpError(401, SESSION_GONE);
    },
    setPassword: (user, password) => void savePassword.run(user.toLowerCase(), password),
    // Far in the future: a person at a desk does not go idle.
    occupy: (user) => openSession.run(randomUUID(), user.toLowerCase(), Number.MAX_SAFE_INTEGER).changes === 1,
    endSessions: (user) => dropSessions.run({ user: user?.toLowerCase() ?? null }).changes,
  };
}
