import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Store } from '../store/open-store.ts';
import { ErpError } from './erp-error.ts';

/** Texts a client tells the meanings of a 401 by; the code and the shape are the same for all. */
export const WRONG_PASSWORD = 'Senha inválida';
export const BUSY = 'Licença indisponível: ultrapassado o máximo de sessões do usuário';

/** Who is calling: by Basic on this very call, or by an open WTS session. All failures are ErpError 401. */
export type Credentials = {
  identify(headers: IncomingHttpHeaders): string;
  /** Opens the user's only session; a second one is refused as busy. `WTS-Authorization: USER/PASSWORD`. */
  login(headers: IncomingHttpHeaders): { user: string; session: string };
  logout(headers: IncomingHttpHeaders): void;
  setPassword(user: string, password: string): void;
};

export function createCredentials({ countersDb: db }: Store, nowMs: () => number, sessionMinutes: number): Credentials {
  const getPassword = db.prepare<[string], string>('SELECT password FROM users WHERE user = ?').pluck();
  const savePassword = db.prepare(
    'INSERT INTO users VALUES (?, ?) ON CONFLICT (user) DO UPDATE SET password = excluded.password',
  );
  const userOfSession = db.prepare<[string], string>('SELECT user FROM sessions WHERE session = ?').pluck();
  const sessionOfUser = db.prepare<[string], string>('SELECT session FROM sessions WHERE user = ?').pluck();
  const openSession = db.prepare('INSERT INTO sessions VALUES (?, ?, ?)');
  const touchSession = db.prepare('UPDATE sessions SET used_at_ms = ? WHERE session = ?');
  const closeSession = db.prepare('DELETE FROM sessions WHERE session = ?');
  const dropIdle = db.prepare('DELETE FROM sessions WHERE used_at_ms < ?');

  function check(pair: string | undefined, separator: string): string {
    const at = pair?.indexOf(separator) ?? -1;
    if (pair === undefined || at === -1) throw new ErpError(401, 'Usuário não autenticado');
    const user = pair.slice(0, at).toLowerCase();
    if (getPassword.get(user) !== pair.slice(at + 1)) throw new ErpError(401, WRONG_PASSWORD);
    dropIdle.run(nowMs() - sessionMinutes * 60_000);
    if (sessionOfUser.get(user) !== undefined) throw new ErpError(401, `${BUSY} ${user}`);
    return user;
  }

  function identifySession(session: string): string {
    const user = userOfSession.get(session);
    if (user === undefined) throw new ErpError(401, 'Sessão inválida ou expirada');
    touchSession.run(nowMs(), session);
    return user;
  }

  return {
    identify(headers) {
      const session = headers['wts-session'];
      if (typeof session === 'string') return identifySession(session);
      const basic = /^Basic\s+(\S+)$/i.exec(headers.authorization ?? '')?.[1];
      return check(basic === undefined ? undefined : Buffer.from(basic, 'base64').toString('utf8'), ':');
    },
    login(headers) {
      const pair = headers['wts-authorization'];
      const user = check(typeof pair === 'string' ? pair : undefined, '/');
      const session = randomUUID();
      openSession.run(session, user, nowMs());
      return { user, session };
    },
    logout(headers) {
      const session = headers['wts-session'];
      if (typeof session !== 'string' || closeSession.run(session).changes === 0)
        throw new ErpError(401, 'Sessão inválida ou expirada');
    },
    setPassword: (user, password) => void savePassword.run(user.toLowerCase(), password),
  };
}
