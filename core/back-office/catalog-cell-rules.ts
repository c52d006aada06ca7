import { parseCents } from '../../contract/format.ts';

/** A cell as its value, or what would have been right in its place. */
export type Cell<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly expected: string };

/** Reads one cell that is not empty. */
export type ReadCell<Value> = (cell: string) => Cell<Value>;

/** A text of at most `maximum` characters, without characters that cannot be seen. */
export function textCell(maximum: number): ReadCell<string> {
  return (cell) => {
    const text = cell.replaceAll(/\s+/g, ' ');
    if (/\p{Cc}|\p{Cf}|\uFFFD/u.test(text)) return expect('um texto sem caracteres invisíveis');
    return text.length <= maximum ? { ok: true, value: text } : expect(`no máximo ${maximum} caracteres`);
  };
}

/** A key, which may have blanks inside, but is not the `7,89E+12` that a spreadsheet makes of a long number. */
export function keyCell(maximum: number): ReadCell<string> {
  return (cell) =>
    /^\d([.,]\d+)?E\+\d+$/i.test(cell)
      ? expect('o código por extenso (a planilha o gravou como número: formate a coluna como texto)')
      : textCell(maximum)(cell);
}

/** A key without blanks, as on a tag. */
export function codeCell(maximum: number): ReadCell<string> {
  return (cell) => {
    const key = keyCell(maximum)(cell);
    if (!key.ok) return key;
    return /\s/.test(cell) ? expect('um código sem espaços, por exemplo 7891234567895') : key;
  };
}

/** A NCM of eight digits, with or without its points. */
export const ncmCell: ReadCell<string> = (cell) => {
  const digits = cell.replaceAll('.', '');
  return /^\d{8}$/.test(digits) ? { ok: true, value: digits } : expect('oito dígitos, por exemplo 61091000');
};

/** An amount above zero in cents: `89,90`, `1.234,56`, `89.90`. */
export const priceCell: ReadCell<number> = (cell) => {
  const cents = parseCents(cell);
  return cents !== null && cents > 0
    ? { ok: true, value: cents }
    : expect('um preço maior que zero com até duas casas, por exemplo 89,90 (vazio deixa o que está no ERP)');
};

/** A quantity in thousandths, which may be negative: `9`, `-3`, `1,5`, `1.200,5`. */
export const quantityCell: ReadCell<number> = (cell) => {
  // 1.200 is twelve hundred to one person and one and a fifth to another.
  const match =
    /^(-?)(\d{1,9}|\d{1,3}(?:\.\d{3})+(?=,))(?:,(\d{1,3}))?$/.exec(cell) ?? /^(-?)(\d{1,9})\.(\d{1,2})$/.exec(cell);
  if (match === null) return expect('uma quantidade com até três casas, por exemplo 9 ou 1,5 ou 1200');
  const [, sign = '', whole = '', fraction = ''] = match;
  const milli = Number(whole.replaceAll('.', '')) * 1000 + Number(fraction.padEnd(3, '0'));
  return { ok: true, value: sign === '-' && milli > 0 ? -milli : milli };
};

/** An internal number of the ERP. */
export const integerCell: ReadCell<number> = (cell) =>
  /^\d{1,15}$/.test(cell) ? { ok: true, value: Number(cell) } : expect('o número interno do ERP, só dígitos');

/** Yes or no in the words of a spreadsheet. */
export const flagCell: ReadCell<boolean> = (cell) => {
  const word = cell.toLowerCase();
  if (['s', 'sim', 't', '1', 'true', 'verdadeiro', 'y'].includes(word)) return { ok: true, value: true };
  if (['n', 'não', 'nao', 'f', '0', 'false', 'falso'].includes(word)) return { ok: true, value: false };
  return expect('sim ou não');
};

function expect(expected: string): { readonly ok: false; readonly expected: string } {
  return { ok: false, expected };
}
