import { formatCents } from '../../contract/format.ts';
import type { ReplacedStationView } from '../../contract/setup-views.ts';
import { useTexts } from '../i18n/preferences.tsx';
import { useBranchClock } from '../use-branch-clock.ts';

/** The last words of the machine whose place this one took: what may still be on its disk alone. */
export function ReplacedNote({ replaced }: { readonly replaced: ReplacedStationView }) {
  const t = useTexts();
  const clock = useBranchClock();
  const { stationCode, machine, lastContactAt, lastNumber, waiting, waitingCents, oldestWaitingAt, errors } = replaced;
  const when = (at: string | null): string => (at === null ? t.setup.notKnown : clock.instant(at));
  return (
    <section className="note attention replaced" data-testid="replaced">
      <h2>{t.setup.wasReplaced(stationCode)}</h2>
      <dl className="facts">
        <div>
          <dt>{t.setup.replacedMachine}</dt>
          <dd>{machine === '' ? t.setup.notKnown : machine}</dd>
        </div>
        <div>
          <dt>{t.setup.replacedContact}</dt>
          <dd>{when(lastContactAt)}</dd>
        </div>
        <div>
          <dt>{t.setup.replacedNumber}</dt>
          <dd>{lastNumber}</dd>
        </div>
        <div>
          <dt>{t.setup.replacedWaiting}</dt>
          <dd>
            {waiting === 0 ? t.setup.replacedNothing : `${waiting} · ${formatCents(waitingCents)}`}
            {waiting > 0 && oldestWaitingAt !== null && ` · ${t.setup.replacedOldest(when(oldestWaitingAt))}`}
          </dd>
        </div>
        <div>
          <dt>{t.setup.replacedErrors}</dt>
          <dd>{errors}</dd>
        </div>
      </dl>
      <p>{waiting + errors === 0 ? t.setup.replacedAdviceNone : t.setup.replacedAdvice}</p>
      <p>{t.setup.replacedOff(stationCode)}</p>
    </section>
  );
}
