import type { PrintingView } from '../../contract/printing-api.ts';
import type { Refusal } from '../../contract/refusals.ts';
import { useState } from 'react';
import { useTexts } from '../i18n/preferences.tsx';
import { useStation } from '../station-context.tsx';
import { RefusalNote } from './refusal-note.tsx';
import { useQuery } from './use-query.ts';

/** What did not come out yet, and what a person can do about it. Nothing is shown while all is well. */
export function PrintQueue({ printing }: { readonly printing: PrintingView }) {
  const t = useTexts();
  const station = useStation();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const jobs = useQuery('printer.jobs', {}, `${printing.waiting} ${printing.failed} ${printing.trouble?.code ?? ''}`);
  if (printing.waiting + printing.failed === 0) return null;

  async function discard(jobId: number | null): Promise<void> {
    const reply = await station.call('printer.discard', { commandId: crypto.randomUUID(), jobId });
    setRefusal(reply.ok ? null : reply.error);
    if (reply.ok) show(reply.output);
  }

  async function retry(): Promise<void> {
    const reply = await station.call('printer.retry', {});
    if (reply.ok) show(reply.output);
  }

  /** No event tells a window of its own command. */
  function show(next: PrintingView): void {
    station.store.setState(({ view }) => ({ view: view === null ? null : { ...view, printing: next } }));
    jobs.reread();
  }

  return (
    <section className="stack print-queue" data-testid="print-queue">
      <h3>{t.printing.queue}</h3>
      <p>{printing.failed > 0 ? t.printing.gaveUp(printing.failed) : t.printing.calm}</p>
      <RefusalNote refusal={jobs.state === 'refused' ? jobs.error : refusal} />
      <ul>
        {(jobs.output ?? []).map((job) => (
          <li key={job.jobId}>
            <span>
              {job.title}
              {job.isCopy && <span className="tag">{t.printing.copy}</span>}
            </span>
            <span className="muted">{t.printing.stateOf(job.state)}</span>
            <button
              type="button"
              className="button quiet"
              disabled={job.state === 'printing'}
              aria-label={`${t.printing.discard}: ${job.title}`}
              onClick={() => void discard(job.jobId)}
            >
              {t.printing.discard}
            </button>
          </li>
        ))}
      </ul>
      <p className="muted">{t.printing.discardHint}</p>
      <div className="row">
        <button
          type="button"
          className="button primary"
          data-autofocus
          data-testid="print-retry"
          onClick={() => void retry()}
        >
          {t.printing.retry}
        </button>
        <button type="button" className="button careful" onClick={() => void discard(null)}>
          {t.printing.discardAll}
        </button>
      </div>
    </section>
  );
}
