import { randomUUID } from 'node:crypto';
import type { SyncErrorView, SyncView } from '../../contract/station-views.ts';
import { show, showRefusal, withStation, type CommandContext, type Station } from './command-context.ts';
import { describeErrors, describeQueue } from './describe-sync.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { readPassword } from './read-password.ts';

/** As `station errors` shows it; a cancellation has the number of its sale. */
export type DocumentName = { readonly number: string; readonly isCancellation: boolean };
/** Who gives leave for what the operator at the till may not; the PIN is the first line of stdin. */
export type Leave = { readonly reason: string; readonly operator: string | null };

const TIME_ZONE = 'America/Sao_Paulo';

/** `station recheck`: reads at the ERP what became of it; nothing is sent. */
export function recheckDocument(context: CommandContext, name: DocumentName): Promise<ExitCode> {
  return withDocument(context, name, (station, { delivery }) =>
    show(
      context,
      station,
      'sync.recheck',
      { documentId: delivery.documentId },
      (document) =>
        document.delivery.state === 'confirmed'
          ? [`${name.number} está no ERP, igual: confirmado.`]
          : describeErrors([document]),
      (document) => (document.delivery.state === 'confirmed' ? EXIT.ok : EXIT.attention),
    ),
  );
}

/** `station resend`: sends it again, after a look-up. */
export function resendDocument(context: CommandContext, name: DocumentName): Promise<ExitCode> {
  return withDocument(context, name, (station, { delivery }) =>
    show(context, station, 'sync.resend', { documentId: delivery.documentId }, (sync) => [
      `${name.number} volta à fila; é procurado no ERP antes de ser enviado.`,
      describeQueue(sync, TIME_ZONE),
    ]),
  );
}

/** `station discard`: gives it up for good; the cancellation of a sale that is given up closes with it. */
export async function discardDocument(
  context: CommandContext,
  name: DocumentName,
  { reason, operator }: Leave,
): Promise<ExitCode> {
  const pin = operator === null ? null : await readPassword(context, `PIN de ${operator} (não aparece ao digitar):`);
  return withDocument(context, name, async (station, { delivery }) => {
    const { documentId } = delivery;
    let approvalId: string | null = null;
    if (operator !== null) {
      const permission = 'discard_document';
      const leave = await station.client.call('operator.approve', { code: operator, pin: pin ?? '', permission });
      if (!leave.ok) return showRefusal(context, leave.error);
      ({ approvalId } = leave.output);
    }
    const describe = (sync: SyncView): string[] => [
      `${name.number} foi descartado para sempre: não será enviado.`,
      describeQueue(sync, TIME_ZONE),
    ];
    return show(context, station, 'sync.discard', { documentId, reason, approvalId }, describe);
  });
}

/** `station detach`: sends a sale on without its customer, whom the ERP refuses or lost. */
export function detachCustomer(context: CommandContext, number: string, reason: string): Promise<ExitCode> {
  return withDocument(context, { number, isCancellation: false }, (station, { delivery }) =>
    show(context, station, 'customer.detach', { commandId: randomUUID(), saleId: delivery.documentId, reason }, () => [
      `${number} segue sem o cliente, para o consumidor padrão.`,
    ]),
  );
}

/** The document in the list of errors; what is not there waits for nobody. */
function withDocument(
  context: CommandContext,
  { number, isCancellation }: DocumentName,
  work: (station: Station, document: SyncErrorView) => Promise<ExitCode>,
): Promise<ExitCode> {
  return withStation(context, async (station) => {
    const errors = await station.client.call('sync.errors', {});
    if (!errors.ok) return showRefusal(context, errors.error);
    const document = errors.output.find(
      (error) => error.number === number && (error.delivery.kind === 'cancellation') === isCancellation,
    );
    if (document === undefined) return showRefusal(context, { code: 'document_not_found', documentId: number });
    return work(station, document);
  });
}
