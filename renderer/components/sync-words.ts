import type { SyncView } from '../../contract/station-views.ts';
import type { Texts } from '../i18n/texts.ts';

/** How the badge looks: calm without a server; red is for documents that wait for a person. */
export type SyncTone = 'online' | 'away' | 'attention' | 'error';

const MINUTE_MS = 60_000;

/** What waits goes by itself, without anybody's help. */
const FOLLOWS: ReadonlySet<SyncView['reachability']> = new Set(['unreachable', 'busy', 'connecting']);

/** What the badge says, e.g. `Sem servidor · vendas normais · 12 a enviar · mais antiga há 14 min`. */
export function syncWords(t: Texts, sync: SyncView, nowMs: number): { readonly tone: SyncTone; readonly text: string } {
  if (sync.errors > 0) return { tone: 'error', text: joined(t.sync.errors(sync.errors), awayWords(t, sync)) };
  switch (sync.reachability) {
    case 'online':
      if (sync.alerts.length > 0) return { tone: 'attention', text: t.sync.onlineAlerts(sync.alerts.length) };
      return { tone: 'online', text: sync.waiting === 0 ? t.sync.online : t.sync.onlineWaiting(sync.waiting) };
    case 'not_configured':
      return { tone: 'away', text: t.sync.notConfigured };
    case 'connecting':
      return { tone: 'away', text: joined(t.sync.connecting, queueWords(t, sync, nowMs)) };
    case 'disabled':
      return { tone: 'attention', text: joined(t.sync.disabled, queueWords(t, sync, nowMs)) };
    case 'stopped':
      return { tone: 'attention', text: joined(t.sync.stopped, queueWords(t, sync, nowMs)) };
    case 'busy':
      return { tone: 'away', text: joined(t.sync.busy, queueWords(t, sync, nowMs)) };
    default:
      return { tone: 'away', text: joined(t.sync.offline, queueWords(t, sync, nowMs)) };
  }
}

/** Where what was sold is: nobody waits for a server that is there. */
export function keptWords(t: Texts, { waiting, errors, reachability }: SyncView): string {
  if (waiting === 0 && errors === 0 && reachability === 'online') return t.sync.allSent;
  return FOLLOWS.has(reachability) ? t.sync.safe : t.sync.kept;
}

/** Whether what the ERP knows may have changed without coming here. One that is busy answers in a moment. */
export function isAway(sync: SyncView | null): boolean {
  return sync !== null && sync.reachability !== 'online' && sync.reachability !== 'busy';
}

/** `menos de 1 min`, `14 min`, `3 h 5 min`, `2 dias`. */
export function ageWords(t: Texts, ageMs: number): string {
  const minutes = Math.max(0, Math.floor(ageMs / MINUTE_MS));
  if (minutes < 60) return t.sync.minutes(minutes);
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? t.sync.hours(hours, minutes % 60) : t.sync.days(Math.floor(hours / 24));
}

function awayWords(t: Texts, sync: SyncView): string | null {
  if (sync.reachability === 'disabled') return t.sync.disabled;
  return sync.reachability === 'online' ? null : t.sync.offline;
}

function queueWords(t: Texts, sync: SyncView, nowMs: number): string | null {
  if (sync.waiting === 0) return null;
  const oldest =
    sync.oldestWaitingAt === null ? null : t.sync.oldest(ageWords(t, nowMs - new Date(sync.oldestWaitingAt).getTime()));
  return joined(t.sync.waiting(sync.waiting), oldest);
}

function joined(...parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null).join(' · ');
}
