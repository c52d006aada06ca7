import type { PrinterTarget, PrinterTrouble } from '../../contract/printing-api.ts';
import { writeToDevice } from './write-to-device.ts';
import { writeToNetwork } from './write-to-network.ts';

/** How a try to print ended. `mayBeOut`: bytes had left before it failed, so that paper may have come out. */
export type SendOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly trouble: PrinterTrouble; readonly mayBeOut: boolean };

/** A printer that can be written to. */
export type ReachablePrinter = Exclude<PrinterTarget, { kind: 'none' }>;

/** Sends bytes to a printer; ends in a bounded time, whatever the printer does, and never throws for what it does. */
export type SendBytes = (target: ReachablePrinter, bytes: Uint8Array, signal: AbortSignal) => Promise<SendOutcome>;

/** The printers of this machine and its network. */
export const sendBytes: SendBytes = (target, bytes, signal) =>
  target.kind === 'network' ? writeToNetwork(target, bytes, signal) : writeToDevice(target.path, bytes, signal);

/** Where the printer is, in words: for logs and refusals. */
export function printerName(target: PrinterTarget): string {
  switch (target.kind) {
    case 'none':
      return '';
    case 'network':
      return `${target.host}:${target.port}`;
    case 'file':
      return target.path;
  }
}
