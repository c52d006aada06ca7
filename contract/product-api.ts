import { z } from 'zod';
import { query } from './method.ts';
import { ProductGradeView, ProductSearchView } from './product-views.ts';
import { PriceCheckView } from './station-views.ts';

/** Rows of a search that fill a screen, and the most anybody scrolls through before typing another letter. */
const SEARCH_ROWS = { usual: 30, most: 200 } as const;

/** The methods about products: reading only, as the catalogue is the ERP's. Selling one is `sale.addItem`. */
export const productApi = {
  'catalog.findByBarcode': query(z.object({ barcode: z.string() }), PriceCheckView, [
    'unknown_barcode',
    'ambiguous_barcode',
  ]),
  /**
   * Products for sale whose words begin like every word of `text`, in any order: of the description, reference, code,
   * brand, collection, group, colours, prints and sizes. Accents and capitals do not count, signs only part words.
   *
   * First what has the text as its barcode, code or reference; then descriptions that begin with it, that begin with its
   * first word, then the others; among equals the newest first. A text without a letter or digit finds nothing.
   */
  'product.search': query(
    z.object({
      text: z.string().trim().max(100),
      limit: z.int().min(1).max(SEARCH_ROWS.most).default(SEARCH_ROWS.usual),
    }),
    ProductSearchView,
    [],
  ),
  /** Colours by sizes of one product, with this branch's stock and price for each SKU. */
  'product.grade': query(z.object({ productId: z.int() }), ProductGradeView, ['product_not_found', 'product_inactive']),
};
