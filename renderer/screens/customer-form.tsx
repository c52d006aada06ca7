import { useState } from 'react';
import type { CustomerConsents } from '../../contract/customer-views.ts';
import { formatCpf } from '../../contract/format.ts';
import type { Refusal } from '../../contract/refusals.ts';
import { Dialog } from '../components/dialog.tsx';
import { Field } from '../components/field.tsx';
import { RefusalNote } from '../components/refusal-note.tsx';
import { useTexts } from '../i18n/preferences.tsx';
import { useStation } from '../station-context.tsx';

const CONSENTS = ['email', 'sms', 'mail'] as const;

/** The quick registration: name and CPF, the rest as the customer likes. Enter in any field registers. */
export function CustomerForm({
  typed,
  onRegistered,
  onClose,
}: {
  /** What was searched: digits are the beginning of a CPF, letters of a name. */
  readonly typed: string;
  readonly onRegistered: (personId: string) => Promise<void>;
  readonly onClose: () => void;
}) {
  const t = useTexts();
  const station = useStation();
  const isCpf = /^[\d.\-\s]+$/.test(typed);
  const [name, setName] = useState(isCpf ? '' : typed);
  const [cpf, setCpf] = useState(isCpf ? formatCpf(typed) : '');
  const [phone, setPhone] = useState('');
  const [email, setEmail] = useState('');
  const consentWords = { email: t.customer.byEmail, sms: t.customer.bySms, mail: t.customer.byMail };
  // Null until one is touched: nobody was asked, which is not a no.
  const [consents, setConsents] = useState<CustomerConsents | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  async function register(): Promise<void> {
    const digits = phone.replaceAll(/\D/g, '');
    const reply = await station.call('customer.register', {
      commandId: crypto.randomUUID(),
      name,
      cpf,
      phone: digits === '' ? null : digits,
      email: email.trim() === '' ? null : email.trim(),
      consents,
    });
    if (reply.ok) await onRegistered(reply.output.personId);
    else setRefusal(reply.error);
  }

  return (
    <Dialog title={t.customer.newTitle} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void register();
        }}
      >
        <Field label={t.customer.name} data-autofocus={name === ''} value={name} onText={setName} data-testid="name" />
        <Field
          label={t.customer.cpf}
          inputMode="numeric"
          data-autofocus={name !== ''}
          data-testid="customer-cpf"
          value={cpf}
          onText={(text) => setCpf(formatCpf(text.replaceAll(/[^\d.-]/g, '').slice(0, 14)))}
        />
        <Field label={t.customer.phone} inputMode="tel" value={phone} onText={setPhone} />
        <Field label={t.customer.email} inputMode="email" value={email} onText={setEmail} />
        <fieldset className="checks">
          <legend>{t.customer.consents}</legend>
          {CONSENTS.map((kind) => (
            <label key={kind} className="check">
              <input
                type="checkbox"
                checked={consents?.[kind] ?? false}
                onChange={(event) =>
                  setConsents({
                    ...(consents ?? { email: false, sms: false, mail: false }),
                    [kind]: event.currentTarget.checked,
                  })
                }
              />
              {consentWords[kind]}
            </label>
          ))}
        </fieldset>
        <RefusalNote refusal={refusal} />
        <button type="submit" className="button primary large">
          {t.customer.registerAndUse}
        </button>
      </form>
    </Dialog>
  );
}
