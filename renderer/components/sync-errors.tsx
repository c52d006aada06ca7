import { useState } from 'react';
import { formatCents } from '../../contract/format.ts';
import type { Refusal } from '../../contract/refusals.ts';
import { useTexts } from '../i18n/preferences.tsx';
import { useStation } from '../station-context.tsx';
import { RefusalNote } from './refusal-note.tsx';
import { useQuery } from './use-query.ts';

/** Documents that wait for a person, each with the server's own words. Read again when their number changes. */
export function SyncErrors({ errors }: { readonly errors: number }) {
  const t = useTexts();
  const station = useStation();
  const list = useQuery('sync.errors', {}, errors);
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  async function resend(documentId: string): Promise<void> {
    const reply = await station.call('sync.resend', { documentId });
    setRefusal(reply.ok ? null : reply.error);
    if (reply.ok) station.store.setState({ sync: reply.output });
    list.reread();
  }

  /** A sale has the id of its document. */
  async function detach(saleId: string): Promise<void> {
    const reply = await station.call('customer.detach', { commandId: crypto.randomUUID(), saleId });
    setRefusal(reply.ok ? null : reply.error);
    list.reread();
  }

  return (
    <section>
      <h3>{t.sync.errorsTitle}</h3>
      {list.state === 'refused' && <p role="alert">{t.sync.errorsUnreadable}</p>}
      <ul className="sync-errors">
        {(list.output ?? []).map(({ number, totalCents, delivery, waitsFor, isDetachable }) => (
          <li key={delivery.documentId}>
            <div>
              <strong>{number}</strong> {delivery.kind === 'customer' ? '' : formatCents(totalCents)}
              <p className="muted">
                {waitsFor === null ? t.sync.state(delivery.state) : t.sync.waitsFor(waitsFor)} ·{' '}
                {t.sync.attempts(delivery.attempts)}
              </p>
              {delivery.lastError !== null && (
                <blockquote title={t.sync.serverSays}>{delivery.lastError.text}</blockquote>
              )}
            </div>
            {waitsFor === null && (
              <button type="button" className="button quiet" onClick={() => void resend(delivery.documentId)}>
                {t.sync.resend}
              </button>
            )}
            {isDetachable && (
              <button type="button" className="button quiet" onClick={() => void detach(delivery.documentId)}>
                {t.sync.withoutCustomer}
              </button>
            )}
          </li>
        ))}
      </ul>
      <RefusalNote refusal={refusal} />
    </section>
  );
}
