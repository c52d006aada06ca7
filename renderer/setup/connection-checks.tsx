import type { DoctorCheckView } from '../../contract/station-views.ts';
import { Icon } from '../components/icon.tsx';
import { useTexts } from '../i18n/preferences.tsx';

const MARKS = { ok: 'check', warning: 'question', failed: 'alert' } as const;
/** The core's name of the one check that may fail and yet lets a station be set up. */
const CLOCK = 'Relógio';

/** Whether one cannot go on to the stations: the server was not reached, or does not take the login. */
export function isBlocked(checks: readonly DoctorCheckView[]): boolean {
  return checks.some(({ name, state }) => state === 'failed' && name !== CLOCK);
}

/** Each step of the way to the server: its state, the cause, and what to do. */
export function ConnectionChecks({
  isTesting,
  checks,
}: {
  readonly isTesting: boolean;
  readonly checks: readonly DoctorCheckView[] | null;
}) {
  const t = useTexts();
  // What stands behind a failed step was not looked at: it is neither fine nor wrong.
  const firstFailed = checks?.findIndex(({ state }) => state === 'failed') ?? -1;
  if (!isTesting && checks === null) return <div role="status" />;
  return (
    <div role="status" className="findings">
      {checks === null ? (
        <p className="reading">
          <span className="spinner small" /> {t.setup.testingText}
        </p>
      ) : (
        <ol>
          {checks.map((check, index) =>
            index > firstFailed && firstFailed !== -1 ? (
              <li key={check.name} className="finding unseen">
                <span />
                <span className="finding-name">{t.setup.checkName(check.name)}</span>
                <span className="finding-detail" />
                <span className="finding-state">{t.setup.notChecked}</span>
              </li>
            ) : (
              <li key={check.name} className={`finding ${check.state}`} data-state={check.state}>
                <Icon name={MARKS[check.state]} />
                <span className="finding-name">{t.setup.checkName(check.name)}</span>
                <span className="finding-detail">{t.app.said(check.detail)}</span>
                <span className="finding-state">{t.setup.checkState(check.state)}</span>
                {check.advice !== null && (
                  <p className="finding-advice">{t.setup.checkAdvice(check.name, check.advice)}</p>
                )}
              </li>
            ),
          )}
        </ol>
      )}
    </div>
  );
}
