import { formatCents } from '../../contract/format.ts';
import { useTexts } from '../i18n/preferences.tsx';
import { DocumentRepair } from './document-repair.tsx';
import { RefusalNote } from './refusal-note.tsx';
import { useQuery } from './use-query.ts';

/**
 * Documents that wait for a person, each with the server's own words and what can be done about it. Read again when their
 * number changes. A list that cannot be read says so: it must never look like no errors.
 */
export function SyncErrors({ errors }: { readonly errors: number }) {
  const t = useTexts();
  const list = useQuery('sync.errors', {}, errors);

  return (
    <section data-testid="sync-errors">
      <h3>{t.sync.errorsTitle}</h3>
      {list.state === 'refused' && (
        <div role="alert" className="note attention">
          <p>{t.sync.errorsUnreadable}</p>
          <RefusalNote refusal={list.error} />
          <button type="button" className="button" onClick={list.reread}>
            {t.app.tryAgain}
          </button>
        </div>
      )}
      <ul className="sync-errors">
        {(list.output ?? []).map((error) => {
          const { number, totalCents, delivery, waitsFor } = error;
          return (
            <li key={delivery.documentId}>
              <div>
                <strong>{number}</strong> <span className="muted">{t.repair.kind(delivery.kind)}</span>{' '}
                {totalCents === 0 ? '' : formatCents(totalCents)}
                <p className="muted">
                  {waitsFor === null ? t.sync.state(delivery.state) : t.sync.waitsFor(waitsFor)} ·{' '}
                  {t.sync.attempts(delivery.attempts)}
                </p>
                {delivery.lastError !== null && (
                  <blockquote title={t.sync.serverSays}>{t.app.said(delivery.lastError.text)}</blockquote>
                )}
              </div>
              <DocumentRepair error={error} hasCaps={false} onDone={list.reread} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
