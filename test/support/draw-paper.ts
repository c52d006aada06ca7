import type { Printed } from './read-escpos.ts';

const CHAR_WIDTH = 12;
const LINE_HEIGHT = 24;
const MARGIN = 24;
const BARCODE_HEIGHT = 60;

/** A printed paper as a picture, every character in its column, with the edges of the printable width drawn. */
export function drawPaper({ lines, cuts, drawerPulses }: Printed, columns: number): string {
  const width = columns * CHAR_WIDTH;
  const parts: string[] = [];
  let y = MARGIN;
  for (const { text, isBold, isLarge, barcode } of lines) {
    const scale = isLarge ? 2 : 1;
    if (barcode !== null) {
      for (let bar = 0; bar < barcode.length * 4; bar += 1)
        parts.push(
          `<rect x="${width / 4 + MARGIN + bar * 6}" y="${y}" width="${(bar % 3) + 1}" height="${BARCODE_HEIGHT}"/>`,
        );
      y += BARCODE_HEIGHT;
      parts.push(write(barcode, (width - barcode.length * CHAR_WIDTH) / 2, y, false, 1));
      y += LINE_HEIGHT;
    }
    parts.push(write(text, 0, y, isBold, scale));
    y += LINE_HEIGHT * scale;
  }
  const foot = `${cuts === 0 ? '' : 'corte'} ${drawerPulses === 0 ? '' : 'gaveta'}`;
  const [w, h] = [width + 2 * MARGIN, y + MARGIN];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" font-family="monospace" font-size="20">`,
    `<rect width="${w}" height="${h}" fill="#fff"/>`,
    `<path d="M${MARGIN} 0V${h}M${MARGIN + width} 0V${h}" stroke="#ccc" stroke-dasharray="4"/>`,
    ...parts,
    `<text x="${MARGIN}" y="${h - 4}" font-size="14" fill="#888">${foot}</text>`,
    '</svg>',
  ].join('\n');
}

function write(text: string, x: number, y: number, isBold: boolean, scale: number): string {
  const shown = Array.from(text)
    .map((char, index) => {
      const left = MARGIN + x + index * CHAR_WIDTH * scale;
      return char === ' '
        ? ''
        : `<text x="${left / scale}" y="${(y + LINE_HEIGHT * scale * 0.8) / scale}">${escape(char)}</text>`;
    })
    .join('');
  return `<g transform="scale(${scale})"${isBold ? ' font-weight="bold"' : ''}>${shown}</g>`;
}

function escape(char: string): string {
  return char.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
