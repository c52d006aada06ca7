import { useState } from 'react';
import type { Refusal } from '../../contract/refusals.ts';
import type { SyncErrorView } from '../../contract/station-views.ts';
import { useTexts } from '../i18n/preferences.tsx';
import { keyShortcut } from '../../contract/keys.ts';
import { useFunctionKeys } from '../keyboard/function-keys.ts';
import { useKeys } from '../keyboard/keyboard.tsx';
import { useStation } from '../station-context.tsx';
import { useFeedback } from './feedback.tsx';
import { KeyCap } from './key-cap.tsx';
import { PartingDialog, type Parting } from './parting-dialog.tsx';
import { RefusalNote } from './refusal-note.tsx';

/**
 * What a person can do about a document that the ERP refused: look again, send again, send the sale without its customer,
 * give it up. Each needs what the core says it needs; what is not possible says why. With `hasKeys` each has a key.
 */
export function DocumentRepair({
  error,
  hasKeys = false,
  hasCaps = true,
  onDone,
}: {
  readonly error: SyncErrorView;
  readonly hasKeys?: boolean;
  /** Whether the keys stand on the buttons: in a list of several documents none has one. */
  readonly hasCaps?: boolean;
  readonly onDone: () => void;
}) {
  const t = useTexts();
  const station = useStation();
  const { praise, clear } = useFeedback();
  const { keys, label, bind } = useFunctionKeys();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [parting, setParting] = useState<Parting | null>(null);
  const [isBusy, setBusy] = useState(false);
  const { delivery, number, waitsFor, isDetachable } = error;
  const { documentId } = delivery;
  const isCustomer = delivery.kind === 'customer';
  // One that only waits for another is mended there.
  const waiting = waitsFor === null ? null : t.repair.mendOther(waitsFor);
  const deniedLook = waiting ?? (isCustomer ? t.repair.mendCustomer : null);
  const deniedDetach = isDetachable ? null : t.repair.noCustomer;

  async function resend(): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    clear();
    const reply = await station.call('sync.resend', { documentId });
    setBusy(false);
    setRefusal(reply.ok ? null : reply.error);
    if (!reply.ok) return;
    station.store.setState({ sync: reply.output });
    // Where it is now is told by its own state: nothing stays in the way of the next key.
    praise();
    onDone();
  }

  async function recheck(): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    clear();
    const reply = await station.call('sync.recheck', { documentId });
    setBusy(false);
    setRefusal(reply.ok ? null : reply.error);
    if (!reply.ok) return;
    praise(reply.output.delivery.state === 'confirmed' ? t.repair.isThere(number) : t.repair.isNot(number));
    onDone();
  }

  const actions = (
    [
      { name: 'recheck', act: () => void recheck(), denied: deniedLook },
      { name: 'resend', act: () => void resend(), denied: waiting },
      { name: 'detach', act: () => setParting('detach'), denied: deniedDetach },
      { name: 'discard', act: () => setParting('discard'), denied: deniedLook },
    ] as const
  ).filter(({ name }) => name !== 'detach' || delivery.kind === 'sale');
  useKeys(
    'screen',
    bind(
      Object.fromEntries(actions.map(({ name, act, denied }) => [name, hasKeys && denied === null ? act : undefined])),
    ),
  );

  return (
    <div className="document-repair" data-testid="document-repair" data-number={number}>
      <ul className="repair-actions">
        {actions.map(({ name, act, denied }) => (
          <li key={name}>
            <button
              type="button"
              className={name === 'discard' ? 'button careful' : 'button'}
              disabled={denied !== null || isBusy}
              aria-keyshortcuts={hasCaps ? keyShortcut(keys[name]) : undefined}
              // Among several documents its name says of which it is.
              aria-label={hasCaps ? undefined : `${label(name)} ${number}`}
              onClick={act}
            >
              {hasCaps && <KeyCap keys={keys[name]} />}
              {label(name)}
            </button>
            {denied !== null && <span className="muted">{denied}</span>}
          </li>
        ))}
      </ul>
      <RefusalNote refusal={refusal} />
      {parting !== null && (
        <PartingDialog parting={parting} error={error} onClose={() => setParting(null)} onDone={onDone} />
      )}
    </div>
  );
}
