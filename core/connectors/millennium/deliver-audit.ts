import { z } from 'zod';
import type { Remote } from '../connector.ts';
import type { AuditBatch, AuditReply } from '../station-reports.ts';
import type { MillenniumClient } from './client.ts';
import { decodeObject } from './decode-list.ts';
import { erpText } from './field-codecs.ts';
import { millenniumMethods } from './millennium-methods.ts';

const Reply = z
  .object({
    acoes: z.array(z.object({ id: erpText, acao: z.union([z.int(), z.string()]), erro: erpText })),
    cabeca: erpText,
  })
  .transform((reply) => ({
    head: reply.cabeca.toLowerCase(),
    taken: new Set(reply.acoes.map(({ id }) => id.toLowerCase())),
    refusedText: reply.acoes.find((row) => Number(row.acao) === 100)?.erro ?? null,
  }));

/** Rows of the audit chain with the head after them (assumed). Each row is kept there once, by its id. */
export async function deliverAudit({ rows, head }: AuditBatch, client: MillenniumClient): Promise<Remote<AuditReply>> {
  const method = millenniumMethods.audit;
  const reply = await client.call({
    method,
    body: {
      registros: rows.map((row) => ({
        id: row.hash,
        sequencia: row.sequence,
        data_hora: new Date(row.atMs).toISOString(),
        operador: row.operatorCode ?? '',
        aprovado_por: row.approvedBy ?? '',
        acao: row.action,
        assunto: row.subjectId ?? '',
        detalhe: row.detail,
        anterior: row.previousHash,
      })),
      cabeca: head,
    },
  });
  if (!reply.ok) return reply;
  const answer = decodeObject(reply.value, Reply, method);
  if (!answer.ok) return answer;
  const { head: told, taken, refusedText } = answer.value;
  // A server that keeps no head and answers for each row has them all.
  const isTakenWhole = told === '' && rows.every(({ hash }) => taken.has(hash));
  return { ok: true, value: { head: isTakenWhole ? head : told, refusedText } };
}
