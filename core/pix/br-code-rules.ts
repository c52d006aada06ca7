/** What a fixed Pix QR says: whom to pay, how much, and by which id the credit is found in the bank's statement. */
export type BrCode = {
  readonly key: string;
  readonly merchantName: string;
  readonly merchantCity: string;
  readonly amountCents: number;
  readonly txid: string;
  /** Shown to the payer and in many statements; cut to the room that the key leaves. */
  readonly description: string;
};

/** The registered name of the arrangement; upper and lower case mean the same. */
const GUI = 'br.gov.bcb.pix';
const NAME_LENGTH = 25;
const CITY_LENGTH = 15;
/** A field says its length in two digits. */
const FIELD_LENGTH = 99;

/**
 * The text of a fixed Pix QR, also what a payer pastes into the bank's app ("copia e cola").
 *
 * Shape: fields of two digits id, two digits length, value (EMV MPM), the last one the CRC of all before it. Accents are
 * taken off and names cut, as the manual wants them. Units: integer cents above 0.
 * Source: Manual do BR Code and Manual de Padrões para Iniciação do Pix (Banco Central), static QR.
 */
export function buildBrCode({ key, merchantName, merchantCity, amountCents, txid, description }: BrCode): string {
  const account = field('00', GUI) + field('01', key);
  const room = FIELD_LENGTH - account.length - 4;
  const info = toPlainText(description, Math.max(0, room));
  const payload =
    field('00', '01') +
    field('26', info === '' ? account : account + field('02', info)) +
    field('52', '0000') +
    field('53', '986') +
    field('54', `${Math.floor(amountCents / 100)}.${String(amountCents % 100).padStart(2, '0')}`) +
    field('58', 'BR') +
    field('59', toMerchantName(merchantName)) +
    field('60', toMerchantCity(merchantCity)) +
    field('62', field('05', txid)) +
    '6304';
  return payload + crc16(payload);
}

/** A shop's name as a QR can carry it; empty when nothing of it is left. */
export function toMerchantName(name: string): string {
  return toPlainText(name, NAME_LENGTH);
}

/** A city as a QR can carry it; empty when nothing of it is left. */
export function toMerchantCity(city: string): string {
  return toPlainText(city, CITY_LENGTH);
}

/** CRC-16/CCITT-FALSE (polynomial 1021, start FFFF) as four capital hexadecimal digits. */
export function crc16(text: string): string {
  let crc = 0xffff;
  for (const sign of text) {
    crc ^= (sign.codePointAt(0) ?? 0) << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = ((crc << 1) ^ ((crc & 0x8000) === 0 ? 0 : 0x1021)) & 0xffff;
  }
  return crc.toString(16).toUpperCase().padStart(4, '0');
}

function field(id: string, value: string): string {
  if (value === '' || value.length > FIELD_LENGTH) throw new Error(`field ${id} has ${value.length} characters`);
  return id + String(value.length).padStart(2, '0') + value;
}

/** Letters without their accents; whatever is no printable ASCII becomes a space. One byte a sign: lengths are bytes. */
function toPlainText(text: string, length: number): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\u0020-\u007e]/g, ' ')
    .replaceAll(/ +/g, ' ')
    .trim()
    .slice(0, length)
    .trim();
}
