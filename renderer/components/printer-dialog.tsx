import { useState } from 'react';
import type { MethodInput } from '../../contract/station-api.ts';
import type { PrinterSettings } from '../../contract/printing-api.ts';
import type { Refusal } from '../../contract/refusals.ts';
import { useTexts } from '../i18n/preferences.tsx';
import { useStation, useStationState } from '../station-context.tsx';
import { Dialog } from './dialog.tsx';
import { useFeedback } from './feedback.tsx';
import { Field } from './field.tsx';
import { PrintQueue } from './print-queue.tsx';
import { RefusalNote } from './refusal-note.tsx';
import { SelectField } from './select-field.tsx';

const USUAL_PORT = 9100;
const KINDS = ['none', 'network', 'file'] as const;
const WIDTHS = ['48', '32'] as const;
const CODE_PAGES = ['cp860', 'cp850', 'cp858', 'ascii'] as const;

/** Which printer this station has, and what waits for it. */
export function PrinterDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTexts();
  const printing = useStationState((state) => state.view?.printing ?? null);
  // Who comes because papers wait has seldom come to change the printer: both together are too tall for a small screen.
  const isWaiting = printing !== null && printing.waiting + printing.failed > 0;
  const [isFolding] = useState(isWaiting);
  const [isUnfolded, setUnfolded] = useState(!isFolding);
  return (
    <Dialog title={t.printing.title} onClose={onClose} size="lg">
      {printing !== null && (
        <>
          <PrintQueue printing={printing} />
          {isFolding && isWaiting && (
            <button
              type="button"
              className="button"
              aria-expanded={isUnfolded}
              data-testid="printer-unfold"
              onClick={() => setUnfolded(!isUnfolded)}
            >
              {t.printing.adjust}
            </button>
          )}
          {(isUnfolded || !isWaiting) && <SettingsForm settings={printing.settings} />}
        </>
      )}
    </Dialog>
  );
}

function SettingsForm({ settings }: { readonly settings: PrinterSettings }) {
  const t = useTexts();
  const station = useStation();
  const { praise, warn } = useFeedback();
  const { target } = settings;
  const [kind, setKind] = useState(target.kind);
  const [host, setHost] = useState(target.kind === 'network' ? target.host : '');
  const [port, setPort] = useState(String(target.kind === 'network' ? target.port : USUAL_PORT));
  const [path, setPath] = useState(target.kind === 'file' ? target.path : '');
  const [columns, setColumns] = useState<'48' | '32'>(settings.columns === 32 ? '32' : '48');
  const [codePage, setCodePage] = useState(settings.codePage);
  const [cut, setCut] = useState(settings.cut);
  const [drawer, setDrawer] = useState(settings.drawer);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function save(thenTest: boolean): Promise<void> {
    setBusy(true);
    const input: MethodInput<'printer.configure'> = {
      target:
        kind === 'network' ? { kind, host, port: Number(port) } : kind === 'file' ? { kind, path } : { kind: 'none' },
      columns: columns === '32' ? 32 : 48,
      codePage,
      cut,
      drawer,
    };
    const saved = await station.call('printer.configure', input);
    const reply = saved.ok && thenTest ? await station.call('printer.test', {}) : saved;
    setBusy(false);
    setRefusal(reply.ok ? null : reply.error);
    if (reply.ok) praise(thenTest ? t.printing.tested : t.printing.saved);
    else warn();
  }

  return (
    <form
      className="stack"
      data-testid="printer-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) void save(false);
      }}
    >
      <SelectField
        label={t.printing.kind}
        value={kind}
        options={optionsOf(KINDS, t.printing.kindOf)}
        onValue={setKind}
      />
      {kind === 'network' && (
        <div className="field-pair">
          <Field label={t.printing.host} hint={t.printing.hostHint} value={host} onText={setHost} maxLength={253} />
          <Field label={t.printing.port} value={port} onText={setPort} inputMode="numeric" maxLength={5} />
        </div>
      )}
      {kind === 'file' && (
        <Field label={t.printing.path} hint={t.printing.pathHint} value={path} onText={setPath} maxLength={500} />
      )}
      {kind !== 'none' && (
        <>
          <div className="field-pair">
            <SelectField
              label={t.printing.columns}
              value={columns}
              options={optionsOf(WIDTHS, t.printing.columnsOf)}
              onValue={setColumns}
            />
            <SelectField
              label={t.printing.codePage}
              value={codePage}
              options={optionsOf(CODE_PAGES, t.printing.codePageOf)}
              onValue={setCodePage}
            />
          </div>
          <div className="field-pair">
            <YesNo label={t.printing.cut} value={cut} onValue={setCut} />
            <YesNo label={t.printing.drawer} value={drawer} onValue={setDrawer} />
          </div>
        </>
      )}
      <RefusalNote refusal={refusal} />
      <div className="row">
        {kind !== 'none' && (
          <button
            type="button"
            className="button"
            disabled={isBusy}
            data-testid="printer-test"
            onClick={() => void save(true)}
          >
            {t.printing.test}
          </button>
        )}
        <button type="submit" className="button primary" disabled={isBusy} data-testid="printer-save">
          {t.printing.save}
        </button>
      </div>
    </form>
  );
}

function YesNo({
  label,
  value,
  onValue,
}: {
  readonly label: string;
  readonly value: boolean;
  readonly onValue: (value: boolean) => void;
}) {
  const t = useTexts();
  return (
    <SelectField
      label={label}
      value={value ? 'yes' : 'no'}
      options={[
        { value: 'yes', label: t.printing.yes },
        { value: 'no', label: t.printing.no },
      ]}
      onValue={(chosen) => onValue(chosen === 'yes')}
    />
  );
}

function optionsOf<Value extends string>(
  values: readonly Value[],
  labelOf: (value: Value) => string,
): readonly { readonly value: Value; readonly label: string }[] {
  return values.map((value) => ({ value, label: labelOf(value) }));
}
