import type { DeliveryState } from '../../contract/sale-views.ts';
import { useTexts } from '../i18n/preferences.tsx';
import { Icon, type IconName } from './icon.tsx';

const ICONS: Readonly<Record<DeliveryState, IconName>> = {
  pending: 'clock',
  sending: 'send',
  unknown: 'question',
  sent: 'send',
  confirmed: 'check',
  rejected: 'alert',
  diverged: 'alert',
  annulled: 'ban',
  discarded: 'ban',
};

/** Where a document is on its way to the ERP, in words and a drawing. */
export function DeliveryMark({ state }: { readonly state: DeliveryState }) {
  const t = useTexts();
  return (
    <span className={`delivery ${state}`} data-state={state}>
      <Icon name={ICONS[state]} />
      {t.sync.state(state)}
    </span>
  );
}
