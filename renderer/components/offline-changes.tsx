import { useTexts } from '../i18n/preferences.tsx';
import { useStationState } from '../station-context.tsx';
import { useBranchClock } from '../use-branch-clock.ts';
import { useNow } from './use-now.ts';

/** Prices and stock older than this are said to be old. */
const OLD_MS = 24 * 3_600_000;
const AGE_STEP_MS = 60_000;

/** What changes at the till while the server is away: one glance for who stands before a customer. */
export function OfflineChanges() {
  const t = useTexts();
  const clock = useBranchClock();
  const now = useNow(AGE_STEP_MS);
  const lastPullAt = useStationState((state) => state.sync?.lastPullAt ?? null);
  const isOld = lastPullAt !== null && now - Date.parse(lastPullAt) > OLD_MS;
  const readAt = lastPullAt === null ? t.sync.never : clock.instant(lastPullAt);
  return (
    // What is longer than the panel scrolls to it by Tab.
    <section className="offline-changes" tabIndex={0} role="group" aria-label={t.sync.changes}>
      <h3>{t.sync.changes}</h3>
      <table className="changes">
        <tbody>
          {t.sync.changesRows(readAt).map(([what, how]) => (
            <tr key={what}>
              <th scope="row">{what}</th>
              <td>{how}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {isOld && <p className="note attention">{t.sync.changesOld(readAt)}</p>}
    </section>
  );
}
