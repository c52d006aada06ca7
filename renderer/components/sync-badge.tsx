import { useTexts } from '../i18n/preferences.tsx';
import { useStationState } from '../station-context.tsx';
import { syncWords } from './sync-words.ts';
import { useNow } from './use-now.ts';

const AGE_STEP_MS = 15_000;

/** Always on the screen: how replication is. It opens the panel with the reasons. */
export function SyncBadge({ onOpen }: { readonly onOpen: () => void }) {
  const t = useTexts();
  const sync = useStationState((state) => state.sync);
  const now = useNow(AGE_STEP_MS);
  if (sync === null) return null;
  const { tone, text } = syncWords(t, sync, now);
  return (
    <button
      type="button"
      className={`sync-badge ${tone}`}
      data-testid="sync-badge"
      data-reachability={sync.reachability}
      aria-haspopup="dialog"
      title={text}
      onClick={onOpen}
    >
      <span className="sync-dot" aria-hidden="true" />
      <span className="badge-text">{text}</span>
    </button>
  );
}
