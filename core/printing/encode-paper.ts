import CodepageEncoder from '@point-of-sale/codepage-encoder';
import ReceiptPrinterEncoder from '@point-of-sale/receipt-printer-encoder';
import { layOutPaper, type PaperLine } from '../../contract/paper-layout.ts';
import type { PrinterSettings } from '../../contract/printing-api.ts';

/** Lines between the last one and the knife, which sits above the head. */
const FEED_BEFORE_CUT = 4;
/** Milliseconds of current and of rest: what drawers of 12 and 24 V open with and none is hurt by. */
const PULSE_ON_MS = 100;
const PULSE_OFF_MS = 500;
/** Dots: readable by a hand scanner, and 13 characters of it fit on 58 mm. */
const BARCODE_HEIGHT = 60;
const BARCODE_WIDTH = 2;
const SECOND_COPY = '2ª VIA';
const MAYBE_OUT = 'REIMPRESSÃO: pode haver outra via igual';

/** What the bytes depend on besides the paper. */
type PrinterLayout = Pick<PrinterSettings, 'columns' | 'codePage' | 'cut'>;

/**
 * The bytes of a paper for an ESC/POS printer. Characters that its code page lacks lose their accent; what is still
 * unknown then is a question mark, never a byte that means something else.
 */
export function encodePaper(
  lines: readonly PaperLine[],
  printer: PrinterLayout,
  {
    isCopy,
    mayBeOut,
    opensDrawer,
  }: { readonly isCopy: boolean; readonly mayBeOut: boolean; readonly opensDrawer: boolean },
): Uint8Array {
  const encoder = createEncoder(printer);
  const marks: PaperLine[] = [];
  if (isCopy) marks.push({ text: SECOND_COPY, style: 'large' });
  if (mayBeOut) marks.push({ text: MAYBE_OUT, style: 'bold' });
  for (const { text, style } of layOutPaper([...marks, ...lines], printer.columns)) {
    const line = toCodePage(text, printer.codePage);
    switch (style) {
      case 'large':
        encoder.size(2, 2).line(line).size(1, 1);
        break;
      case 'bold':
        encoder.bold(true).line(line).bold(false);
        break;
      case 'center':
        encoder.align('center').line(line).align('left');
        break;
      case 'code':
        if (line !== '')
          encoder
            .align('center')
            .barcode(line, 'code128', { height: BARCODE_HEIGHT, width: BARCODE_WIDTH, text: true })
            .align('left');
        break;
      default:
        encoder.line(line);
    }
  }
  if (printer.cut) encoder.cut('partial');
  else encoder.newline(FEED_BEFORE_CUT);
  // The drawer first, so that it opens while the paper still comes out; on its own it feeds no paper.
  const pulse = opensDrawer ? encodeDrawerPulse(printer) : new Uint8Array();
  return Buffer.concat([pulse, encoder.encode()]);
}

/** The bytes that open the drawer and print nothing. */
export function encodeDrawerPulse(printer: PrinterLayout): Uint8Array {
  return createEncoder(printer).pulse(0, PULSE_ON_MS, PULSE_OFF_MS).encode();
}

function createEncoder({ columns, codePage }: PrinterLayout): ReceiptPrinterEncoder {
  return new ReceiptPrinterEncoder({
    columns,
    language: 'esc-pos',
    // The numbers of code pages that Epson gave them, and most printers sold in Brazil with them.
    codepageMapping: 'epson',
    feedBeforeCut: FEED_BEFORE_CUT,
    errors: 'relaxed',
  })
    .initialize()
    .codepage(codePage === 'ascii' ? 'cp437' : codePage);
}

const PLAIN: Readonly<Record<string, string>> = {
  ª: 'a',
  º: 'o',
  '–': '-',
  '—': '-',
  '·': '-',
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
  '…': '.',
  '×': 'x',
  '€': 'E',
};
const QUESTION_MARK = 0x3f;

/** The text with what `codePage` has; one character stays one, so that columns hold. */
function toCodePage(text: string, codePage: PrinterSettings['codePage']): string {
  return Array.from(text.normalize('NFC').replaceAll('\u00A0', ' '))
    .map((char) => {
      if (isEncodable(char, codePage)) return char;
      const plain = PLAIN[char] ?? char.normalize('NFD').replaceAll(/\p{M}/gu, '');
      return plain.length === 1 && isEncodable(plain, codePage) ? plain : '?';
    })
    .join('');
}

function isEncodable(char: string, codePage: PrinterSettings['codePage']): boolean {
  // A control character in a product's name would be a command to the printer.
  if (char < ' ' || char === '\u007F') return false;
  if (char <= '~') return true;
  return codePage !== 'ascii' && CodepageEncoder.encode(char, codePage)[0] !== QUESTION_MARK;
}
