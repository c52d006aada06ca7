import { ok, refuse } from '../../contract/result.ts';
import { erasePerson, findErasedAt } from '../../db/customer-erasure.ts';
import { countWaitingFor, findCustomer, findRefusedCustomer } from '../../db/customer-queries.ts';
import { detachCustomer, discardCustomerDocument } from '../../db/customer-writes.ts';
import { findOutboxDocument } from '../../db/outbox-queries.ts';
import { requeueDocument } from '../../db/outbox-writes.ts';
import { findCompletedSale } from '../../db/sale-list-queries.ts';
import { appendAudit } from '../audit/audit.ts';
import { refId, type CommandHandler } from '../handlers.ts';
import { authorise, requireOperator } from '../operator/authorise.ts';
import { getSaleRow } from '../sale/sale-queries.ts';
import { hasCustomer } from './outgoing-customer.ts';

/** Parting with a customer: a sale goes without one that the ERP refuses, and a person is forgotten. */
export const partingCommands: {
  readonly 'customer.detach': CommandHandler<'customer.detach'>;
  readonly 'customer.erase': CommandHandler<'customer.erase'>;
} = {
  'customer.detach': {
    decide: (tx, { saleId, reason }, { nowMs }) => {
      const operator = requireOperator(tx);
      if (!operator.ok) return operator;
      const sale = findCompletedSale(tx, saleId);
      if (sale === null) return refuse({ code: 'sale_not_found', saleId });
      const parentId = findRefusedCustomer(tx, saleId);
      const { state } = sale.delivery;
      // Refused means looked up and not there. Of an attempt without an end nobody knows: it may be there with its
      // customer, and another one would make it differ.
      const isWaiting = parentId !== null && state === 'pending';
      const document = findOutboxDocument(tx, saleId);
      const isRefused = state === 'rejected' && document !== null && hasCustomer(tx, document);
      if (!isWaiting && !isRefused) return refuse({ code: 'customer_not_waiting', saleId });
      const { operatorCode } = operator.value;
      detachCustomer(tx, { saleId, operatorCode, detachedAtMs: nowMs });
      if (isRefused) requeueDocument(tx, saleId);
      appendAudit(tx, {
        atMs: nowMs,
        operatorCode,
        action: 'customer_detach',
        subjectId: saleId,
        detail: { number: sale.number, documentId: parentId, state, reason },
      });
      return ok({ saleId });
    },
    view: (db, ref) => getSaleRow(db, refId(ref, 'saleId')),
  },

  'customer.erase': {
    decide: (tx, { personId, approvalId }, { nowMs }) => {
      const operator = requireOperator(tx);
      if (!operator.ok) return operator;
      const customer = findCustomer(tx, personId);
      if (customer === null) return refuse({ code: 'customer_not_found', personId });
      const { documentId } = customer;
      const state = documentId === null ? 'confirmed' : (findOutboxDocument(tx, documentId)?.state ?? 'confirmed');
      const sales = documentId === null ? 0 : countWaitingFor(tx, documentId);
      const isRefused = state === 'rejected' || state === 'diverged';
      if (state !== 'confirmed' && !(isRefused && sales === 0))
        return refuse({ code: 'customer_undelivered', personId, state, sales });
      const leave = authorise(tx, operator.value, 'erase_customer', approvalId, nowMs);
      if (!leave.ok) return leave;
      if (isRefused && documentId !== null) discardCustomerDocument(tx, documentId);
      erasePerson(tx, customer, nowMs);
      appendAudit(tx, {
        atMs: nowMs,
        operatorCode: operator.value.operatorCode,
        approvedBy: leave.value.approvedBy,
        action: 'customer_erase',
        subjectId: personId,
        detail: { documentId },
      });
      return ok({ personId });
    },
    view: (db, ref) => {
      const personId = refId(ref, 'personId');
      const erasedAtMs = findErasedAt(db, personId);
      if (erasedAtMs === null) throw new Error(`person ${personId} was not erased`);
      return { personId, erasedAt: new Date(erasedAtMs).toISOString() };
    },
  },
};
