import { useRef, useState } from 'react';
import type { CustomerRowView, CustomerSearchView } from '../../contract/customer-views.ts';
import type { Refusal } from '../../contract/refusals.ts';
import type { SaleView } from '../../contract/sale-views.ts';
import { Dialog } from '../components/dialog.tsx';
import { Field } from '../components/field.tsx';
import { KeyCap } from '../components/key-cap.tsx';
import { RefusalNote } from '../components/refusal-note.tsx';
import { useTexts } from '../i18n/preferences.tsx';
import { useFunctionKeys } from '../keyboard/function-keys.ts';
import { useStation } from '../station-context.tsx';
import { CustomerForm } from './customer-form.tsx';

/** The registered customer of the sale: CPF or letters of the name, Enter to search, arrows and Enter to choose. */
export function CustomerDialog({ sale, onClose }: { readonly sale: SaleView; readonly onClose: () => void }) {
  const t = useTexts();
  const station = useStation();
  const { keys, bind } = useFunctionKeys();
  const [typed, setTyped] = useState('');
  const [found, setFound] = useState<(CustomerSearchView & { readonly text: string }) | null>(null);
  const [index, setIndex] = useState(0);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isNew, setIsNew] = useState(false);
  const asked = useRef('');
  const serverWords: Readonly<Record<CustomerSearchView['server'], string>> = {
    not_asked: t.customer.searching,
    answered: t.customer.searched,
    no_answer: t.customer.searchedHere,
  };
  const rows = found?.text === typed ? found.customers : [];

  /** Here first, which takes no time; then at the ERP, which may add to it for two seconds. */
  async function search(text: string): Promise<void> {
    asked.current = text;
    for (const online of [false, true]) {
      const reply = await station.call('customer.search', { text, online });
      // Something else was typed meanwhile, or somebody was chosen.
      if (asked.current !== text) return;
      setRefusal(reply.ok ? null : reply.error);
      if (!reply.ok) return;
      setFound({ ...reply.output, text });
    }
  }

  async function choose(row: CustomerRowView): Promise<void> {
    asked.current = '';
    if (row.personId !== null) return attach(row.personId);
    if (row.customerId === null) return;
    const reply = await station.call('customer.fetch', { customerId: row.customerId });
    if (reply.ok) await attach(reply.output.personId);
    else setRefusal(reply.error);
  }

  async function attach(personId: string | null): Promise<void> {
    const reply = await station.sell('sale.setCustomer', { personId });
    if (reply.ok) onClose();
    else setRefusal(reply.error);
  }

  if (isNew) return <CustomerForm typed={typed} onRegistered={attach} onClose={onClose} />;
  return (
    <Dialog
      title={t.customer.title}
      onClose={onClose}
      keys={{
        ...bind({ registerCustomer: () => setIsNew(true) }),
        ArrowDown: () => setIndex((now) => Math.max(0, Math.min(now + 1, rows.length - 1))),
        ArrowUp: () => setIndex((now) => Math.max(now - 1, 0)),
      }}
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          const row = rows[index];
          if (row === undefined) void search(typed);
          else void choose(row);
        }}
      >
        <Field
          label={t.customer.find}
          hint={t.customer.findHint}
          data-autofocus
          data-testid="customer-find"
          value={typed}
          onText={(text) => {
            setTyped(text);
            setIndex(0);
          }}
        />
        <RefusalNote refusal={refusal} />
        {found !== null && found.text === typed && (
          <p className="muted" data-testid="customer-server">
            {rows.length === 0 && found.server !== 'not_asked' ? `${t.customer.nobody} ` : ''}
            {serverWords[found.server]}
          </p>
        )}
        <ul className="picks">
          {rows.map((row, position) => (
            <li key={row.personId ?? row.customerId}>
              <button
                type="button"
                className={position === index ? 'pick marked' : 'pick'}
                tabIndex={-1}
                onClick={() => void choose(row)}
              >
                <span className="pick-code">{row.maskedCpf}</span>
                <span>{row.name}</span>
              </button>
            </li>
          ))}
        </ul>
        <div className="row">
          {sale.customer !== null && (
            <button type="button" className="button" onClick={() => void attach(null)}>
              {t.customer.remove}
            </button>
          )}
          <button type="button" className="button grow" onClick={() => setIsNew(true)}>
            <KeyCap keys={keys.registerCustomer} /> {t.customer.register}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
