import { useState } from 'react';
import type { Refusal } from '../../contract/refusals.ts';
import { Field } from '../components/field.tsx';
import { useTexts } from '../i18n/preferences.tsx';
import { useStation } from '../station-context.tsx';
import { ConnectionChecks, isBlocked } from './connection-checks.tsx';
import { StepForm } from './step-form.tsx';
import { loginOf, nameLogin, type StepProps } from './wizard-draft.ts';

/** The server and its login, tried step by step before one goes on; a changed letter asks for another try. */
export function ServerStep({ draft, change, refusal, onBack, onNext }: StepProps) {
  const t = useTexts();
  const station = useStation();
  const [isTesting, setTesting] = useState(false);
  const [notTested, setNotTested] = useState<Refusal | null>(null);
  const login = nameLogin(draft);
  const checks = draft.tested?.login === login ? draft.tested.checks : null;
  const isWhole = draft.server.trim() !== '' && draft.user.trim() !== '';
  const isPassed = checks !== null && !isBlocked(checks);

  async function test(): Promise<void> {
    setTesting(true);
    setNotTested(null);
    change({ tested: null });
    const reply = await station.call('setup.testConnection', loginOf(draft));
    setTesting(false);
    if (reply.ok) change({ tested: { login, checks: reply.output } });
    else setNotTested(reply.error);
  }

  return (
    <StepForm
      title={t.setup.serverTitle}
      lead={t.setup.serverLead}
      refusal={refusal ?? notTested}
      next={isTesting ? t.setup.testing : isPassed ? t.setup.next : t.setup.test}
      isReady={isWhole}
      isBusy={isTesting}
      whyNot={t.setup.serverMissing}
      onBack={onBack}
      onNext={() => (isPassed && refusal === null ? onNext() : void test())}
    >
      <Field
        label={t.setup.server}
        placeholder={t.setup.serverHint}
        value={draft.server}
        autoFocus
        readOnly={isTesting}
        onText={(server) => change({ server })}
      />
      {/^http:\/\//i.test(draft.server.trim()) && <p className="note attention">{t.setup.plainHttp}</p>}
      <div className="field-pair">
        <Field
          label={t.setup.user}
          hint={t.setup.userHint}
          value={draft.user}
          readOnly={isTesting}
          onText={(user) => change({ user })}
        />
        <Field
          label={t.setup.password}
          type="password"
          value={draft.password}
          readOnly={isTesting}
          onText={(password) => change({ password })}
        />
      </div>
      <ConnectionChecks isTesting={isTesting} checks={checks} />
    </StepForm>
  );
}
