import { Progress } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { formatQuantity } from '../../contract/format.ts';
import type { LoadStepView, LoadView } from '../../contract/station-views.ts';
import { useFeedback } from '../components/feedback.tsx';
import { Icon } from '../components/icon.tsx';
import { useQuery } from '../components/use-query.ts';
import { useTexts } from '../i18n/preferences.tsx';
import { estimateRemainingSeconds, isCatalogueCounted } from '../setup/remaining-time.ts';
import { useStation } from '../station-context.tsx';

/** The initial load, step by step. It goes on by itself after a restart; a failed step says why and waits. */
export function LoadScreen({ load }: { readonly load: LoadView }) {
  const t = useTexts();
  const station = useStation();
  const { refuse } = useFeedback();
  const isAsked = useRef(false);

  async function start(): Promise<void> {
    const reply = await station.call('setup.load', {});
    if (reply.ok) station.store.setState({ load: reply.output });
    else refuse(reply.error);
  }

  useEffect(() => {
    if (load.state !== 'idle' || isAsked.current) return;
    isAsked.current = true;
    void start();
  });

  const done = load.steps.filter((step) => step.state === 'done').length;
  const health = useQuery('station.health', {}, isCatalogueCounted(load) ? 'counted' : 'counting');
  const seconds = estimateRemainingSeconds(load, health.output?.skus ?? null);
  return (
    <div className="load">
      <header>
        <h1>{t.load.title}</h1>
        <p>{t.load.lead}</p>
      </header>
      <Progress
        value={load.steps.length === 0 ? 0 : (100 * done) / load.steps.length}
        size="md"
        transitionDuration={120}
        aria-label={t.load.title}
      />
      <p className="load-rate">
        <span>{t.load.progress(done, load.steps.length)}</span>
        {load.state === 'running' && <span>{t.load.rate(formatCount(load.rowsPerSecond))}</span>}
        {load.state === 'running' && (
          <span>{seconds === null ? t.load.remainingUnknown : t.load.remaining(seconds)}</span>
        )}
      </p>
      <ol className="load-steps">
        {load.steps.map((step) => (
          <LoadStep key={step.step} step={step} onRetry={load.state === 'failed' ? start : null} />
        ))}
      </ol>
    </div>
  );
}

function LoadStep({ step, onRetry }: { readonly step: LoadStepView; readonly onRetry: (() => Promise<void>) | null }) {
  const t = useTexts();
  return (
    <li className={`load-step ${step.state}`}>
      <span className="load-mark">
        {step.state === 'done' && <Icon name="check" />}
        {step.state === 'failed' && <Icon name="alert" />}
        {step.state === 'running' && <span className="spinner small" />}
      </span>
      <span className="load-name">{t.load.step(step.step)}</span>
      <span className="load-rows">{step.rows > 0 && t.load.rows(formatCount(step.rows))}</span>
      <span className="load-state">{t.load[step.state]}</span>
      {step.error !== null && <p className="load-error">{t.app.said(step.error)}</p>}
      {step.state === 'failed' && onRetry !== null && (
        <button type="button" className="button primary load-retry" autoFocus onClick={() => void onRetry()}>
          {t.load.retry}
        </button>
      )}
    </li>
  );
}

function formatCount(count: number): string {
  return formatQuantity(count * 1000);
}
