/** Which columns the product writes at which moment of a sale. */
export const columns = {
  /** With the first scan. */
  openSale: ['sale_id', 'state', 'cash_session_id', 'operator_code', 'salesperson_code', 'started_at_ms'],
  /** With its own scan. */
  openItem: [
    'line_id',
    'sale_id',
    'position',
    'sku',
    'barcode',
    'product_code',
    'reference',
    'description',
    'color',
    'print',
    'size',
    'quantity_milli',
    'unit_price_cents',
    'salesperson_code',
  ],
  /** At completion. */
  fixedItem: ['gross_cents', 'item_discount_cents', 'sale_discount_cents', 'net_cents'],
  fixedSale: [
    'state',
    'number',
    'sequence',
    'completed_at_ms',
    'business_day',
    'policies_version',
    'gross_cents',
    'item_discount_cents',
    'sale_discount_cents',
    'total_cents',
    'change_cents',
    'pieces_milli',
    'tick',
  ],
} as const;
