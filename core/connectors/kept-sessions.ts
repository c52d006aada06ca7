import type { Database } from '../../db/database-types.ts';
import { clearErpSession, findErpSession, saveErpSession, type SessionKey } from '../../db/erp-session-queries.ts';
import type { Clock } from '../clock.ts';
import type { SessionStore } from './millennium/login.ts';

/** The open session of one login, in the database. */
export function createKeptSessions(db: Database, clock: Clock, { serverUrl, serverUser }: SessionKey): SessionStore {
  const key = { serverUrl, serverUser };
  return {
    find: () => findErpSession(db.read, key),
    save: (session) => db.write((tx) => saveErpSession(tx, { ...key, session, openedAtMs: clock.nowMs() })),
    clear: () => db.write((tx) => clearErpSession(tx, key)),
  };
}
