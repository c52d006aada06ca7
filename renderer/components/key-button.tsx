import { keyShortcut } from '../../contract/keys.ts';
import { KeyCap } from './key-cap.tsx';

export type KeyAction = {
  readonly keys: string;
  readonly label: string;
  readonly act: () => void;
  /** Why the action is not possible now, in few words; it is then disabled and the words stand in its place. */
  readonly deniedBecause?: string | null | undefined;
  readonly tone?: 'plain' | 'primary' | 'careful';
};

/** A function of the screen with its key printed on it. */
export function KeyButton({ action }: { readonly action: KeyAction }) {
  const reason = action.deniedBecause ?? null;
  return (
    <button
      type="button"
      className={`key-button ${action.tone ?? 'plain'}`}
      disabled={reason !== null}
      aria-keyshortcuts={keyShortcut(action.keys)}
      onClick={action.act}
    >
      <KeyCap keys={action.keys} />
      <span className="key-button-label">{action.label}</span>
      {reason !== null && <span className="key-button-reason">{reason}</span>}
    </button>
  );
}
