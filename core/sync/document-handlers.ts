import { findCurrentOperator } from '../../db/operator-queries.ts';
import type { MethodRefusal } from '../../contract/station-api.ts';
import { ok, refuse, type Result } from '../../contract/result.ts';
import type { SyncErrorView, SyncView } from '../../contract/station-views.ts';
import type { Database, ReadDb } from '../../db/database-types.ts';
import { findOutboxDocument, type DueDocument, type OutboxDocument } from '../../db/outbox-queries.ts';
import { annulCancellations, applyRecheck, discardDocument, findOutgoing } from '../../db/outbox-repair.ts';
import { requeueDocument } from '../../db/outbox-writes.ts';
import { findEnrolment } from '../../db/setup-queries.ts';
import { appendAudit } from '../audit/audit.ts';
import type { Clock } from '../clock.ts';
import type { CashDocument } from '../connectors/cash-document.ts';
import type { Connector, DocumentOutcome, Remote } from '../connectors/connector.ts';
import type { ActionHandler, CommandHandler, QueryHandler } from '../handlers.ts';
import { authorise, requireOperator } from '../operator/authorise.ts';
import { failureToRefusal } from '../setup/failure-to-refusal.ts';
import { refuseIdle } from '../setup/why-idle.ts';
import { listDocumentErrors, toErrorView } from './document-errors.ts';
import { toOutgoing } from './outgoing.ts';

/** What a person does about documents that wait for one: send again, look again, give up. */
export type DocumentHandlers = {
  readonly 'sync.errors': QueryHandler<'sync.errors'>;
  readonly 'sync.resend': CommandHandler<'sync.resend'>;
  readonly 'sync.discard': CommandHandler<'sync.discard'>;
  readonly 'sync.recheck': ActionHandler<'sync.recheck'>;
};

export function createDocumentHandlers({
  db,
  clock,
  connector,
  view,
  onChange,
}: {
  readonly db: Database;
  readonly clock: Clock;
  /** The one that runs, so that no second session is opened, once it has started; null while none does. */
  readonly connector: () => Promise<Connector | null>;
  readonly view: () => SyncView;
  readonly onChange: () => void;
}): DocumentHandlers {
  async function recheck(documentId: string): Promise<Result<SyncErrorView, MethodRefusal<'sync.recheck'>>> {
    const enrolment = findEnrolment(db.read);
    const running = await connector();
    if (enrolment === null || running === null) return refuseIdle(db);
    const row = findOutgoing(db.read, documentId);
    if (row === null) return refuse({ code: 'document_not_found', documentId });
    if (!waitsForPerson(row)) return refuse({ code: 'document_not_waiting', documentId, state: row.state });
    const answer = await look(running, row);
    if (!answer.ok) return refuse(await failureToRefusal(answer.failure, enrolment.serverUrl, enrolment.serverUser));
    const [outcome] = answer.value;
    if (outcome !== undefined) keepFound(row.state === 'rejected' ? 'rejected' : 'diverged', outcome);
    onChange();
    return ok(toErrorView(db.read, getDocument(db.read, documentId)));
  }

  /** Cash documents cannot be read there: telling one again changes nothing and answers whether it is there. */
  async function look(running: Connector, row: DueDocument): Promise<Remote<readonly DocumentOutcome[]>> {
    if (row.kind !== 'cash') return running.inspect([toOutgoing(db.read, running.name, row)]);
    const { outcomes, failure } = await running.pushCash([JSON.parse(row.payload) as CashDocument]);
    return failure === null ? { ok: true, value: outcomes } : { ok: false, failure };
  }

  function keepFound(state: 'rejected' | 'diverged', { documentId, result, text, errorClass }: DocumentOutcome): void {
    const isConfirmed = result === 'confirmed';
    db.write((tx) => {
      const nowMs = clock.nowMs();
      const isKept = applyRecheck(tx, {
        documentId,
        state: isConfirmed ? 'confirmed' : state,
        errorClass: isConfirmed ? null : (errorClass ?? result),
        errorText: isConfirmed ? null : text,
        errorAtMs: isConfirmed ? null : nowMs,
        confirmedAtMs: isConfirmed ? nowMs : null,
      });
      if (!isKept) return;
      const operatorCode = findCurrentOperator(tx)?.operatorCode ?? null;
      const detail = { state, found: result };
      appendAudit(tx, { atMs: nowMs, operatorCode, action: 'document_recheck', subjectId: documentId, detail });
    });
  }

  return {
    'sync.errors': (read) => ok(listDocumentErrors(read)),
    'sync.recheck': ({ documentId }) => recheck(documentId),
    'sync.resend': {
      decide: (tx, { documentId }, { nowMs }) => {
        const document = findOutboxDocument(tx, documentId);
        if (document === null) return refuse({ code: 'document_not_found', documentId });
        if (!requeueDocument(tx, documentId))
          return refuse({ code: 'document_not_resendable', documentId, state: document.state });
        appendAudit(tx, {
          atMs: nowMs,
          operatorCode: findCurrentOperator(tx)?.operatorCode ?? null,
          action: 'document_resend',
          subjectId: documentId,
          detail: { number: document.naturalKey, state: document.state },
        });
        return ok({});
      },
      view,
    },
    'sync.discard': {
      decide: (tx, { documentId, reason, approvalId }, { nowMs }) => {
        const operator = requireOperator(tx);
        if (!operator.ok) return operator;
        const document = findOutboxDocument(tx, documentId);
        if (document === null) return refuse({ code: 'document_not_found', documentId });
        if (!waitsForPerson(document))
          return refuse({ code: 'document_not_waiting', documentId, state: document.state });
        const leave = authorise(tx, operator.value, 'discard_document', approvalId, nowMs);
        if (!leave.ok) return leave;
        discardDocument(tx, documentId);
        // In the same transaction: a cancellation whose sale is given up would wait for ever.
        const annulled = annulCancellations(tx, documentId);
        appendAudit(tx, {
          atMs: nowMs,
          operatorCode: operator.value.operatorCode,
          approvedBy: leave.value.approvedBy,
          action: 'document_discard',
          subjectId: documentId,
          detail: { number: document.naturalKey, kind: document.kind, state: document.state, reason, annulled },
        });
        return ok({});
      },
      view,
    },
  };
}

/** A customer's document has its own ways: the sale is sent on without, or the customer is corrected. */
function waitsForPerson({ kind, state }: Pick<OutboxDocument, 'kind' | 'state'>): boolean {
  return kind !== 'customer' && (state === 'rejected' || state === 'diverged');
}

function getDocument(db: ReadDb, documentId: string): OutboxDocument {
  const document = findOutboxDocument(db, documentId);
  if (document === null) throw new Error(`document ${documentId} left the outbox`);
  return document;
}
