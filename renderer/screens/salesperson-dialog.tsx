import { useState } from 'react';
import type { SaleView } from '../../contract/sale-views.ts';
import { Dialog } from '../components/dialog.tsx';
import { Field } from '../components/field.tsx';
import { RefusalNote } from '../components/refusal-note.tsx';
import { useQuery } from '../components/use-query.ts';
import { useTexts } from '../i18n/preferences.tsx';
import { isSameSalesperson, useTill, type Salesperson } from './till-state.tsx';
import { useScans } from './use-scans.ts';

/** Who sold: for the whole sale when there is one, else for the items to come. Code, name or arrows, then Enter. */
export function SalespersonDialog({
  sale,
  onClose,
  onChosen,
}: {
  readonly sale: SaleView | null;
  readonly onClose: () => void;
  /** What waited for the answer. */
  readonly onChosen?: () => void;
}) {
  const t = useTexts();
  const till = useTill();
  const scans = useScans();
  const list = useQuery('salesperson.list', {});
  const [typed, setTyped] = useState('');
  const [index, setIndex] = useState(0);
  const found = (list.output ?? []).filter((salesperson) => matches(salesperson, typed));
  const hasItems = sale !== null && sale.lines.length > 0;

  async function choose(salesperson: Salesperson | undefined): Promise<void> {
    if (salesperson === undefined) return;
    if (!hasItems) {
      till.setNextSalesperson(salesperson);
      return onClose();
    }
    const reply = await till.run('sale.setSalesperson', { salespersonCode: salesperson.code });
    if (!reply.ok) return;
    till.setNextSalesperson(null);
    onClose();
    onChosen?.();
  }

  /** A badge is the answer to the question; whatever else is scanned goes where it belongs. */
  function scan(code: string): void {
    const { kind, code: badge = '' } = { code: undefined, ...scans.read(code) };
    const salesperson = (list.output ?? []).find((one) => isSameSalesperson(one.code, badge));
    if (kind === 'salesperson' && salesperson !== undefined) void choose(salesperson);
    else scans.take(code);
  }

  return (
    <Dialog
      title={t.dialogs.salespersonTitle}
      onClose={onClose}
      isReading={list.state === 'reading'}
      onScan={scan}
      keys={{
        ArrowDown: () => setIndex((now) => Math.min(now + 1, found.length - 1)),
        ArrowUp: () => setIndex((now) => Math.max(now - 1, 0)),
      }}
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void choose(found[index]);
        }}
      >
        <Field
          label={t.dialogs.salespersonFind}
          hint={hasItems ? t.dialogs.salespersonSale : t.dialogs.salespersonNext}
          data-autofocus
          data-testid="salesperson-find"
          value={typed}
          onText={(text) => {
            setTyped(text);
            setIndex(0);
          }}
        />
        <RefusalNote refusal={list.state === 'refused' ? list.error : null} />
        {list.output !== undefined && found.length === 0 && <p className="muted">{t.dialogs.salespersonNone}</p>}
        <ul className="picks">
          {found.map((salesperson, position) => (
            <li key={salesperson.code}>
              <button
                type="button"
                className={position === index ? 'pick marked' : 'pick'}
                tabIndex={-1}
                onClick={() => void choose(salesperson)}
              >
                <span className="pick-code">{salesperson.code}</span>
                <span>{salesperson.name}</span>
              </button>
            </li>
          ))}
        </ul>
      </form>
    </Dialog>
  );
}

function matches(salesperson: Salesperson, typed: string): boolean {
  const text = plain(typed.trim());
  return (
    plain(salesperson.name).includes(text) || salesperson.code.replace(/^0+/, '').startsWith(text.replace(/^0+/, ''))
  );
}

/** Lower case without accents: `otavio` finds Otávio. */
function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
