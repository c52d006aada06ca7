import CodepageEncoder from '@point-of-sale/codepage-encoder';

/** What a line of the printer looks like on paper. */
export type PrintedLine = {
  readonly text: string;
  readonly isBold: boolean;
  readonly isLarge: boolean;
  readonly barcode: string | null;
};
/** What bytes do to a printer, read by the commands' own reference and not by what wrote them. */
export type Printed = {
  readonly lines: readonly PrintedLine[];
  readonly codePage: number;
  readonly cuts: number;
  readonly drawerPulses: number;
};

/** Code pages by the number Epson gave them. */
const PAGES = { 0: 'cp437', 2: 'cp850', 3: 'cp860', 19: 'cp858' } as const;

/** Reads ESC/POS; throws at a command it does not know, so that nothing unseen is sent to a printer. */
export function readEscPos(bytes: Uint8Array): Printed {
  const lines: PrintedLine[] = [];
  let [text, barcode]: [string, string | null] = ['', null];
  let [isBold, isLarge, codePage, cuts, drawerPulses] = [false, false, 0, 0, 0];
  // A line is what it was when its first character came.
  let [wasBold, wasLarge] = [false, false];
  for (let at = 0; at < bytes.length;) {
    const [byte = 0, next = 0, third = 0] = [bytes[at], bytes[at + 1], bytes[at + 2]];
    const command =
      byte === 0x1b || byte === 0x1d || byte === 0x1c ? `${byte.toString(16)} ${String.fromCharCode(next)}` : '';
    if (command === '1b @') at += 2;
    else if (command === '1c .') at += 2;
    else if (command === '1b M') at += 3;
    else if (command === '1b a') at += 3;
    else if (command === '1b t') [codePage, at] = [third, at + 3];
    else if (command === '1b E') [isBold, at] = [third === 1, at + 3];
    else if (command === '1d !') [isLarge, at] = [third === 0x11, at + 3];
    else if (command === '1b p') [drawerPulses, at] = [drawerPulses + 1, at + 5];
    else if (command === '1d h' || command === '1d w' || command === '1d H') at += 3;
    else if (command === '1d V') [cuts, at] = [cuts + 1, at + 3];
    else if (command === '1d k') {
      const length = bytes[at + 3] ?? 0;
      // `{B` chooses the set of characters and is not printed.
      barcode = Buffer.from(bytes.subarray(at + 4, at + 4 + length))
        .toString('latin1')
        .replace(/^\{B/, '');
      at += 4 + length;
    } else if (byte === 0x0a) {
      lines.push({ text, isBold: wasBold, isLarge: wasLarge, barcode });
      [text, barcode, at] = ['', null, at + 1];
    } else if (byte === 0x0d) at += 1;
    else if (byte >= 0x20) {
      if (text.trim() === '') [wasBold, wasLarge] = [isBold, isLarge];
      text += characterOf(byte, codePage);
      at += 1;
    } else throw new Error(`unknown command at ${at}: ${Buffer.from(bytes.subarray(at, at + 4)).toString('hex')}`);
  }
  if (text !== '') lines.push({ text, isBold: wasBold, isLarge: wasLarge, barcode });
  return { lines, codePage, cuts, drawerPulses };
}

/** The text of a paper, trailing blanks and the feed before the knife left out. */
export function printedText(bytes: Uint8Array): string {
  return readEscPos(bytes)
    .lines.map(({ text, barcode }) => (barcode === null ? text.trimEnd() : `${text.trimEnd()}[${barcode}]`))
    .join('\n')
    .replaceAll(/^\n+|\n+$/g, '');
}

/** The upper half of each code page, character by byte. */
const pages = Object.fromEntries(
  Object.entries(PAGES).map(([number, page]) => {
    const chars = new Map<number, string>();
    for (let code = 0x25ff; code >= 0xa0; code -= 1) {
      const char = String.fromCharCode(code);
      const [byte = 0] = CodepageEncoder.encode(char, page);
      if (byte >= 0x80) chars.set(byte, char);
    }
    return [number, chars];
  }),
);

function characterOf(byte: number, codePage: number): string {
  const char = byte < 0x80 ? String.fromCharCode(byte) : pages[codePage]?.get(byte);
  if (char === undefined) throw new Error(`byte ${byte} is nothing in code page ${codePage}`);
  return char;
}
