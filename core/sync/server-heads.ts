import { findAuditSequence } from '../../db/audit-queries.ts';
import type { Database } from '../../db/database-types.ts';
import { findHighestConfirmed } from '../../db/outbox-repair.ts';
import { findLastRestoration } from '../../db/restore-writes.ts';
import { lastOfSequence, raiseSequence } from '../../db/setup-queries.ts';
import { findMark, saveMark } from '../../db/sync-mark-queries.ts';
import { appendAudit } from '../audit/audit.ts';
import type { Clock } from '../clock.ts';
import type { HeartbeatReply } from '../connectors/station-reports.ts';
import type { StopReason } from './reachability.ts';

/**
 * What the heads that the ERP holds of this station mean. Each is compared with what is here and with what the ERP
 * itself said before, because either side may have been restored from a backup.
 *
 *   its number above ours ----------> our disk is old: numbers go on above, sending waits for a person
 *   its audit head unknown here ----> our disk is old or a copy: sending waits for a person, unless somebody has
 *                                     just restored it: then the head is of what came after that backup
 *   another installation there -----> two installations are one station: sending waits for a person
 *   its number below what it told before -> the ERP is old: what it lost is looked up and sent again
 *   its number below what it confirmed,
 *   its audit head below what it took ----> perhaps so: the last documents are looked up
 */
export type ServerHeads = {
  readonly note: (head: HeartbeatReply) => void;
  /** A person looked at it: what stopped the sending is accepted from here on. */
  readonly accept: () => void;
};

export function createServerHeads({
  db,
  clock,
  identity,
  halt,
  onServerBehind,
}: {
  readonly db: Database;
  readonly clock: Clock;
  readonly identity: { readonly stationCode: string; readonly installationId: string };
  readonly halt: (reason: StopReason, text: string) => void;
  /** The ERP went back in time for certain, or perhaps; at `knownGoodMs` it had not yet. */
  readonly onServerBehind: (certainty: 'certain' | 'perhaps', knownGoodMs: number) => void;
}): ServerHeads {
  function stop(reason: StopReason, action: string, text: string, detail: Record<string, unknown>): void {
    db.write((tx) => {
      const atMs = clock.nowMs();
      appendAudit(tx, { atMs, operatorCode: null, action, subjectId: identity.stationCode, detail });
      saveMark(tx, 'older_disk', { toldAtMs: atMs, isAnswered: false });
    });
    halt(reason, text);
  }

  function noteNumber(server: number, knownGoodMs: number): void {
    const ours = lastOfSequence(db.read, 'sale');
    const told = findMark(db.read, 'server_number')?.last ?? 0;
    if (server > ours) {
      // Sending first: of raised numbers alone nobody sees after a kill that this disk is old.
      stop('number_behind', 'number_behind', `servidor em ${server}, estação em ${ours}`, { ours, server });
      // In the same turn, so that no sale completes with a number the ERP has seen.
      db.write((tx) => raiseSequence(tx, 'sale', server));
    }
    const confirmed = Number((findHighestConfirmed(db.read) ?? '').slice(identity.stationCode.length));
    if (server < told) onServerBehind('certain', knownGoodMs);
    // A server that counts only what a heartbeat told it is always a little behind: the look-up decides.
    else if (server < confirmed) onServerBehind('perhaps', knownGoodMs);
    // Last: a core that is killed before it sees the same sign again.
    db.write((tx) => saveMark(tx, 'server_number', { last: server, atMs: clock.nowMs() }));
  }

  function noteInstallation(installationId: string): void {
    if (installationId === '' || installationId === identity.installationId) return;
    if (findMark(db.read, 'heads_accepted')?.installationId === installationId) return;
    refuse('installation_other', { installationId }, `no servidor responde a instalação ${installationId}`);
  }

  function noteAuditHead(auditHead: string, knownGoodMs: number): void {
    const delivered = findMark(db.read, 'audit_delivered');
    // A server that never told a head keeps none: that it tells none is no loss.
    if (auditHead === '' && findMark(db.read, 'audit_told')?.isTold !== true) return;
    const sequence = auditHead === '' ? 0 : findAuditSequence(db.read, auditHead);
    if (sequence === null) {
      if (findMark(db.read, 'heads_accepted')?.auditHead === auditHead || isOfRestoration(auditHead)) return;
      refuse('audit_behind', { auditHead }, `o servidor tem o registro ${auditHead.slice(0, 8)}, que não está aqui`);
      return;
    }
    const isTold = auditHead !== '';
    if (findMark(db.read, 'audit_told')?.isTold !== isTold) db.write((tx) => saveMark(tx, 'audit_told', { isTold }));
    if (delivered === null || sequence >= delivered.sequence) return;
    // Not certain: a server may answer the head of the last heartbeat, which is a little behind.
    onServerBehind('perhaps', knownGoodMs);
    // It lost rows that it had: they are delivered again from there. Last: a core that is killed before it sees the sign again.
    db.write((tx) => saveMark(tx, 'audit_delivered', { sequence, hash: auditHead }));
  }

  /** Whoever restored this database knew that it would be behind: the first head after it is taken over, once. */
  function isOfRestoration(auditHead: string): boolean {
    const restoration = findLastRestoration(db.read);
    if (restoration === null) return false;
    const { restoredAtMs } = restoration;
    if (findMark(db.read, 'restoration_head')?.restoredAtMs === restoredAtMs) return false;
    const before = findMark(db.read, 'heads_accepted') ?? { installationId: '', auditHead: '' };
    db.write((tx) => {
      saveMark(tx, 'restoration_head', { restoredAtMs });
      saveMark(tx, 'heads_accepted', { ...before, auditHead });
      const subjectId = identity.stationCode;
      const detail = { server: auditHead, restoredAtMs };
      appendAudit(tx, { atMs: clock.nowMs(), operatorCode: null, action: 'audit_head_taken_over', subjectId, detail });
    });
    return true;
  }

  /** Told and audited once: the heartbeat says the same each minute until a person resumes. */
  function refuse(
    reason: 'installation_other' | 'audit_behind',
    heads: { readonly installationId?: string; readonly auditHead?: string },
    text: string,
  ): void {
    const before = findMark(db.read, 'heads_refused') ?? { installationId: '', auditHead: '' };
    const next = { ...before, ...heads };
    if (next.installationId !== before.installationId || next.auditHead !== before.auditHead) {
      db.write((tx) => saveMark(tx, 'heads_refused', next));
      stop(reason, reason, text, heads);
    } else halt(reason, text);
  }

  return {
    note: ({ lastNumber, auditHead, installationId }) => {
      const knownGoodMs = findMark(db.read, 'server_number')?.atMs ?? Number.MAX_SAFE_INTEGER;
      if (lastNumber !== null) noteNumber(lastNumber, knownGoodMs);
      noteInstallation(installationId);
      noteAuditHead(auditHead, knownGoodMs);
    },
    accept: () => {
      const refused = findMark(db.read, 'heads_refused');
      if (refused === null) return;
      const { installationId, auditHead } = refused;
      const before = findMark(db.read, 'heads_accepted') ?? { installationId: '', auditHead: '' };
      db.write((tx) =>
        saveMark(tx, 'heads_accepted', {
          installationId: installationId === '' ? before.installationId : installationId,
          auditHead: auditHead === '' ? before.auditHead : auditHead,
        }),
      );
    },
  };
}
