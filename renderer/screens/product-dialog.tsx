import { useState } from 'react';
import type { ProductRowView } from '../../contract/product-views.ts';
import type { Refusal } from '../../contract/refusals.ts';
import { useFeedback } from '../components/feedback.tsx';
import { useTexts } from '../i18n/preferences.tsx';
import { useStation } from '../station-context.tsx';
import { useScans } from './use-scans.ts';
import { ProductGradePage } from './product-grade-page.tsx';
import { ProductSearchPage } from './product-search-page.tsx';

/** What both pages of the dialog share; a scan that is not taken here goes to the sale. */
export type ProductFrame = {
  readonly mode: 'sell' | 'check';
  readonly title: string;
  readonly onClose: () => void;
  readonly onScan: ((code: string) => void) | undefined;
};

/** What is open of a product: its grade, at a SKU when its barcode was given. */
type Opened = { readonly productId: number; readonly sku: string | null };

/**
 * Products by what people call them: search, then the grade of one, whose SKU is sold. As a price check nothing is sold
 * by Enter, and scans come here instead of going to the sale.
 */
export function ProductDialog({
  mode,
  text = '',
  onClose,
}: {
  readonly mode: 'sell' | 'check';
  /** What was typed before the dialog opened. */
  readonly text?: string;
  readonly onClose: () => void;
}) {
  const t = useTexts();
  const station = useStation();
  const { warn } = useFeedback();
  const scans = useScans();
  const [typed, setTyped] = useState(text);
  const [index, setIndex] = useState(0);
  const [opened, setOpened] = useState<Opened | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  function type(next: string): void {
    setTyped(next);
    setIndex(0);
    setRefusal(null);
  }

  function scan(code: string): void {
    if (scans.read(code).kind === 'product') void check(code);
    else scans.take(code);
  }

  /** A scanned piece: its own grade at once, a list where several carry the barcode, else why not. */
  async function check(barcode: string): Promise<void> {
    const search = await station.call('product.search', { text: barcode });
    if (!search.ok) return refuse(search.error);
    const found = search.output.products.filter(({ sku }) => sku !== null);
    const [only] = found;
    if (only !== undefined && found.length === 1) return open(only);
    setOpened(null);
    type(found.length > 1 ? barcode : '');
    if (found.length > 1) return;
    const known = await station.call('catalog.findByBarcode', { barcode });
    refuse(known.ok ? { code: 'product_inactive', description: known.output.description } : known.error);
  }

  function refuse(error: Refusal): void {
    setOpened(null);
    setRefusal(error);
    warn();
  }

  function open({ productId, sku }: Pick<ProductRowView, 'productId' | 'sku'>): void {
    setRefusal(null);
    setOpened({ productId, sku });
  }

  const frame = {
    mode,
    title: mode === 'sell' ? t.search.title : t.dialogs.priceTitle,
    onClose,
    onScan: mode === 'check' ? scan : undefined,
  };
  if (opened !== null) {
    return (
      <ProductGradePage
        key={`${opened.productId} ${opened.sku ?? ''}`}
        frame={frame}
        productId={opened.productId}
        sku={opened.sku}
        onBack={() => setOpened(null)}
      />
    );
  }
  return (
    <ProductSearchPage
      frame={frame}
      typed={typed}
      onType={type}
      index={index}
      onIndex={setIndex}
      refusal={refusal}
      onOpen={open}
    />
  );
}
