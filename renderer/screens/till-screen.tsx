import { useEffect, useRef, useState } from 'react';
import type { SaleView } from '../../contract/sale-views.ts';
import { useFeedback } from '../components/feedback.tsx';
import { useFunctionKeys } from '../keyboard/function-keys.ts';
import { useKeys } from '../keyboard/keyboard.tsx';
import { useStationState } from '../station-context.tsx';
import { BarcodeField } from './barcode-field.tsx';
import { DrawerHint } from './drawer-hint.tsx';
import { FunctionBar, type BarActs } from './function-bar.tsx';
import { SaleLines } from './sale-lines.tsx';
import { SaleTotals } from './sale-totals.tsx';
import { TillDialogs, type DialogName } from './till-dialogs.tsx';
import { useLock } from './use-lock.ts';
import { useTill } from './till-state.tsx';

/** Where a sale is rung up: the barcode field, the lines, the total, and the keys for everything else. */
export function TillScreen() {
  const till = useTill();
  const lock = useLock();
  const { bind } = useFunctionKeys();
  const { clear } = useFeedback();
  const sale = useStationState((state) => state.sale);
  const operator = useStationState((state) => state.view?.operator ?? null);
  const [dialog, setDialog] = useState<DialogName | null>(null);
  const [selectedLineId, setSelected] = useSelectedLine(sale);
  const [searchText, setSearchText] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const hasItems = sale !== null && sale.lines.length > 0;
  const hasTenders = sale !== null && sale.tenders.length > 0;

  const open = (name: DialogName) => () => {
    clear();
    setDialog(name);
  };
  const search = (text: string) => () => {
    setSearchText(text);
    open('search')();
  };
  const removeItem = () => {
    if (selectedLineId !== null) void till.run('sale.removeItem', { lineId: selectedLineId });
  };
  const select = (step: number) => () => {
    const lines = sale?.lines ?? [];
    const next = lines[lines.findIndex((line) => line.lineId === selectedLineId) + step];
    if (next !== undefined) setSelected(next.lineId);
  };
  const pay = hasItems ? () => till.go('payment') : undefined;
  const park = hasItems ? open('park') : open('recall');

  const acts: BarActs = {
    help: open('keys'),
    cpf: open('cpf'),
    search: search(''),
    salesperson: open('salesperson'),
    discount: open('discount'),
    removeItem,
    park,
    quantity: open('quantity'),
    priceCheck: open('price'),
    sales: () => till.go('sales'),
    summary: () => till.go('summary'),
    cash: () => till.go('cash'),
    lock: () => void lock('person'),
    abandon: open('abandon'),
  };
  const onItems = (act: () => void) => (hasItems ? act : undefined);
  useKeys('screen', {
    ...bind({
      help: acts.help,
      cpf: onItems(acts.cpf),
      customer: onItems(open('customer')),
      search: acts.search,
      salesperson: acts.salesperson,
      discount: onItems(acts.discount),
      removeItem: onItems(removeItem),
      park,
      pay,
      cash: acts.cash,
      priceCheck: acts.priceCheck,
      openDrawer: open('drawer'),
      sales: acts.sales,
      summary: acts.summary,
      pix: () => till.go('pix'),
      abandon: onItems(acts.abandon),
    }),
    ArrowUp: select(-1),
    ArrowDown: select(1),
  });

  useEffect(() => {
    if (dialog === null && till.choices === null) field.current?.focus();
  }, [dialog, till.choices]);

  return (
    <div className="till" data-testid="till">
      <div className="till-main">
        <DrawerHint saleId={sale?.saleId ?? null} />
        <BarcodeField
          ref={field}
          onCommand={(command) => {
            if (command === 'pay') pay?.();
            else if (command === 'help') open('keys')();
            else if (hasItems) open(command)();
          }}
          onSalespersonList={open('salesperson')}
          onSearch={(text) => search(text)()}
        />
        <SaleLines sale={sale} selectedLineId={selectedLineId} onSelect={setSelected} />
      </div>
      <SaleTotals
        sale={sale}
        onPay={pay}
        onSalesperson={open('salesperson')}
        onCpf={open('cpf')}
        onCustomer={open('customer')}
      />
      <FunctionBar has={{ items: hasItems, tenders: hasTenders }} act={acts} operator={operator?.name ?? ''} />
      <TillDialogs
        dialog={till.choices === null ? dialog : 'choose'}
        sale={sale}
        selectedLineId={selectedLineId}
        searchText={searchText}
        onClose={() => {
          setDialog(null);
          till.chooseNone();
        }}
      />
    </div>
  );
}

/** The line the keys act on: the one last added or changed, until another is marked. */
function useSelectedLine(sale: SaleView | null): readonly [string | null, (lineId: string) => void] {
  const [marked, setMarked] = useState<{ readonly lineId: string; readonly at: SaleView | null } | null>(null);
  const last = sale?.lines.find(({ lineId }) => lineId === sale.lastLineId) ?? sale?.lines.at(-1);
  const isStillThere =
    marked !== null &&
    marked.at?.lastLineId === sale?.lastLineId &&
    sale?.lines.some(({ lineId }) => lineId === marked.lineId) === true;
  return [isStillThere ? marked.lineId : (last?.lineId ?? null), (lineId) => setMarked({ lineId, at: sale })];
}
