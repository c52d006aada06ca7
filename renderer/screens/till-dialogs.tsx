import type { SaleView } from '../../contract/sale-views.ts';
import { AbandonDialog } from './abandon-dialog.tsx';
import { ChooseDialog } from './choose-dialog.tsx';
import { CpfDialog } from './cpf-dialog.tsx';
import { CustomerDialog } from './customer-dialog.tsx';
import { DiscountDialog } from './discount-dialog.tsx';
import { DrawerDialog } from './drawer-dialog.tsx';
import { KeysDialog } from './keys-dialog.tsx';
import { ParkDialog, RecallDialog } from './park-dialogs.tsx';
import { ProductDialog } from './product-dialog.tsx';
import { QuantityDialog } from './quantity-dialog.tsx';
import { SalespersonDialog } from './salesperson-dialog.tsx';

export type DialogName =
  | 'keys'
  | 'drawer'
  | 'quantity'
  | 'discount'
  | 'salesperson'
  | 'cpf'
  | 'customer'
  | 'park'
  | 'recall'
  | 'abandon'
  | 'search'
  | 'price'
  | 'choose';

/** The one dialog that is open over the till, if any. A dialog about the sale closes when the sale is gone. */
export function TillDialogs({
  dialog,
  sale,
  selectedLineId,
  searchText,
  onClose,
}: {
  readonly dialog: DialogName | null;
  readonly sale: SaleView | null;
  readonly selectedLineId: string | null;
  /** What was typed into the barcode field and is no code. */
  readonly searchText: string;
  readonly onClose: () => void;
}) {
  const line = sale?.lines.find(({ lineId }) => lineId === selectedLineId) ?? null;
  switch (dialog) {
    case null:
      return null;
    case 'drawer':
      return <DrawerDialog onClose={onClose} />;
    case 'keys':
      return <KeysDialog onClose={onClose} />;
    case 'price':
      return <ProductDialog mode="check" onClose={onClose} />;
    case 'search':
      return <ProductDialog mode="sell" text={searchText} onClose={onClose} />;
    case 'choose':
      return <ChooseDialog onClose={onClose} />;
    case 'recall':
      return <RecallDialog onClose={onClose} />;
    case 'salesperson':
      return <SalespersonDialog sale={sale} onClose={onClose} />;
    case 'quantity':
      return line === null ? null : <QuantityDialog line={line} onClose={onClose} />;
    case 'discount':
      return sale === null ? null : <DiscountDialog sale={sale} line={line} onClose={onClose} />;
    case 'cpf':
      return sale === null ? null : <CpfDialog sale={sale} onClose={onClose} />;
    case 'customer':
      return sale === null ? null : <CustomerDialog sale={sale} onClose={onClose} />;
    case 'park':
      return sale === null ? null : <ParkDialog onClose={onClose} />;
    default:
      return sale === null ? null : <AbandonDialog sale={sale} onClose={onClose} />;
  }
}
