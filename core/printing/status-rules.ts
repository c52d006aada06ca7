import type { PrinterTrouble } from '../../contract/printing-api.ts';

/** `DLE EOT 2`, `DLE EOT 4`: why it is offline, and its roll. Answered at once, even by a printer that prints. */
export const REAL_TIME_STATUS: Uint8Array = Uint8Array.of(0x10, 0x04, 2, 0x10, 0x04, 4);
/** `GS r 1`: the roll, answered in turn, that is when everything before it was printed. */
export const QUEUED_STATUS: Uint8Array = Uint8Array.of(0x1d, 0x72, 1);

/** Whether a byte is such an answer at all: fixed bits tell it from noise. Source: the ESC/POS command reference. */
export function isRealTimeStatus(byte: number): boolean {
  return (byte & 0b1001_0011) === 0b0001_0010;
}
/** The same for the answer in turn. */
export function isQueuedStatus(byte: number): boolean {
  return (byte & 0b1001_0000) === 0;
}

/** What keeps a printer from printing, by its two real-time answers; null when nothing does. */
export function findTrouble([offline = 0, roll = 0]: readonly number[]): PrinterTrouble['code'] | null {
  if ((roll & 0b0110_0000) !== 0 || (offline & 0b0010_0000) !== 0) return 'paper_out';
  if ((offline & 0b0000_0100) !== 0) return 'cover_open';
  return (offline & 0b0100_0000) === 0 ? null : 'printer_error';
}

/** Whether the answer in turn says that the roll ended while it printed. */
export function isPaperEnd(byte: number): boolean {
  return (byte & 0b0000_1100) !== 0;
}
