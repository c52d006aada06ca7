/** What a station knows of codes: its own, and what its group's badges and coupons begin with. */
export type ScanFacts = {
  readonly stationCode: string;
  readonly badgePrefix: string | null;
  readonly couponPrefix: string | null;
};

/** A fiscal document as its access key names it. */
export type FiscalKey = {
  readonly model: string;
  readonly series: number;
  readonly number: number;
  readonly cnpj: string;
  /** Month of issue, `MM/YYYY`. */
  readonly month: string;
  /** False where the check digit does not fit: it was misread. */
  readonly isWhole: boolean;
};

/** What the models are called, in any language. */
export const FISCAL_MODELS: Readonly<Record<string, string>> = {
  '55': 'NF-e',
  '57': 'CT-e',
  '59': 'CF-e SAT',
  '65': 'NFC-e',
};

/** What was scanned. `saleNumber` of a product: the code could also be that of a paper, if no product has it. */
export type Scan =
  | { readonly kind: 'product'; readonly code: string; readonly saleNumber: string | null }
  | { readonly kind: 'sale'; readonly number: string }
  | { readonly kind: 'salesperson'; readonly code: string }
  | { readonly kind: 'coupon'; readonly code: string }
  | { readonly kind: 'fiscal'; readonly document: FiscalKey };

/** UF, year and month, CNPJ (letters from 2026 on), model, series, number, kind of issue, random code, check digit. */
const FISCAL_KEY = /^(\d{2})(\d{2})(\d{2})([0-9A-Z]{12}\d{2})(\d{2})(\d{3})(\d{9})\d{10}$/;
/** The QR code of a consumer's invoice is an address that carries the key. */
const FISCAL_ADDRESS = /^https?:\/\/\S*?(?:chNFe=|[?&]p=)([0-9A-Z]{44})(?:[|&]|$)/i;
/** The barcode of our own papers: the station's three characters and nine digits. */
const SALE_NUMBER = /^([0-9A-Z]{3})\d{9}$/;

/**
 * Tells what a code is, by its form alone.
 *
 * A station whose code has no letter numbers its sales like a barcode of twelve digits: there a product comes first, and
 * the paper only where no product has the code. With a letter a number of any station is a paper. Whatever else it may
 * be is a product, which then says itself whether it is known.
 */
export function readScan(scanned: string, { stationCode, badgePrefix, couponPrefix }: ScanFacts): Scan {
  const code = scanned.trim();
  const upper = code.toUpperCase();
  const document = readFiscalKey(FISCAL_ADDRESS.exec(code)?.[1]?.toUpperCase() ?? upper);
  if (document !== null) return { kind: 'fiscal', document };
  if (badgePrefix !== null && upper.startsWith(badgePrefix) && upper.length > badgePrefix.length)
    return { kind: 'salesperson', code: code.slice(badgePrefix.length) };
  if (couponPrefix !== null && upper.startsWith(couponPrefix) && upper.length > couponPrefix.length)
    return { kind: 'coupon', code: code.slice(couponPrefix.length) };
  const station = SALE_NUMBER.exec(upper)?.[1];
  if (station !== undefined && /[A-Z]/.test(station)) return { kind: 'sale', number: upper };
  return { kind: 'product', code, saleNumber: station === stationCode ? upper : null };
}

function readFiscalKey(key: string): FiscalKey | null {
  const [, , year = '', month = '', cnpj = '', model = '', series = '', number = ''] = FISCAL_KEY.exec(key) ?? [];
  if (cnpj === '') return null;
  const isWhole = checkDigitOf(key.slice(0, -1)) === Number(key.at(-1));
  return { model, series: Number(series), number: Number(number), cnpj, month: `${month}/20${year}`, isWhole };
}

/** Modulo 11 with weights 2 to 9 from the right; a letter counts as its code less that of zero. */
function checkDigitOf(text: string): number {
  const sum = Array.from(text)
    .toReversed()
    .reduce((total, char, index) => total + (char.charCodeAt(0) - 48) * (2 + (index % 8)), 0);
  const rest = sum % 11;
  return rest < 2 ? 0 : 11 - rest;
}
