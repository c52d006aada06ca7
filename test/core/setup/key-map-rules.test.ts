import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyPage } from '../../../contract/key-page.ts';
import { DEFAULT_KEYS, KEY_FUNCTIONS, type KeyMap } from '../../../contract/keys.ts';
import { decodeKeyMap } from '../../../core/setup/key-map-rules.ts';
import { assignPaymentDigits, decodePaymentDigits } from '../../../core/setup/payment-digit-rules.ts';

/** Two functions on one key that could be pressed in the same place. */
function clashesOf(keys: KeyMap): string[] {
  return KEY_FUNCTIONS.flatMap((one, index) =>
    KEY_FUNCTIONS.slice(index + 1)
      .filter((other) => keys[one.name] === keys[other.name])
      .filter(
        (other) =>
          [...one.places, ...other.places].some((place) => place === 'everywhere') ||
          one.places.some((place) => (other.places as readonly string[]).includes(place)),
      )
      .map((other) => `${one.name} ${other.name}: ${keys[one.name]}`),
  );
}

describe('the key map of a group', () => {
  it('without one the keys are those of the trade, and none is there twice', () => {
    expect(decodeKeyMap(undefined)).toEqual({ keys: DEFAULT_KEYS, wrongFields: [] });
    expect(clashesOf(DEFAULT_KEYS)).toEqual([]);
  });

  it('gives functions other keys, however they are written', () => {
    const { keys, wrongFields } = decodeKeyMap({ buscar: 'f8', resumo: ' ctrl r ', abrirGaveta: 'CTRL+F1' });
    expect(wrongFields).toEqual([]);
    expect(keys).toEqual({ ...DEFAULT_KEYS, search: 'F8', summary: 'Ctrl+R', openDrawer: 'Ctrl+F1' });
  });

  it('may swap two keys, and turn three around', () => {
    expect(decodeKeyMap({ buscar: 'F2', cpf: 'F3' })).toMatchObject({
      keys: { search: 'F2', cpf: 'F3' },
      wrongFields: [],
    });
    expect(decodeKeyMap({ cpf: 'F3', buscar: 'F4', vendedor: 'F2' })).toMatchObject({
      keys: { cpf: 'F3', search: 'F4', salesperson: 'F2' },
      wrongFields: [],
    });
  });

  it('may use one key on two screens that never meet', () => {
    expect(decodeKeyMap({ suprimento: 'F9' })).toMatchObject({ keys: { supply: 'F9', pay: 'F9' }, wrongFields: [] });
  });

  it.each([
    ['an unknown function', { trocar: 'F8' }, 'teclas.trocar (função desconhecida)'],
    ['Enter', { receber: 'Enter' }, 'teclas.receber (a tecla Enter não pode ser dada)'],
    ['Esc', { receber: 'Escape' }, 'teclas.receber (a tecla Escape não pode ser dada)'],
    ['a digit', { receber: '5' }, 'teclas.receber (a tecla 5 não pode ser dada)'],
    ['a number', { receber: 5 }, 'teclas.receber (a tecla 5 não pode ser dada)'],
    ['a character', { receber: '+' }, 'teclas.receber (a tecla + não pode ser dada)'],
    ['what copies', { receber: 'Ctrl+C' }, 'teclas.receber (a tecla Ctrl+C não pode ser dada)'],
    ['what scanners send', { receber: 'Ctrl+J' }, 'teclas.receber (a tecla Ctrl+J não pode ser dada)'],
    ['the key of another function', { buscar: 'F9' }, 'teclas.buscar (F9 já é de receber)'],
    ['the key that works everywhere', { sangria: 'F12' }, 'teclas.sangria (F12 já é de bloquear)'],
    ['no map at all', 'F9', 'teclas'],
    ['a list', ['F9'], 'teclas'],
  ])('refuses %s and keeps the default', (_what, given, wrong) => {
    expect(decodeKeyMap(given)).toEqual({ keys: DEFAULT_KEYS, wrongFields: [wrong] });
  });

  it('refuses both who want one key, and keeps what is right beside them', () => {
    const { keys, wrongFields } = decodeKeyMap({ buscar: 'F8', vendedor: 'F8', resumo: 'Ctrl+R' });
    expect(keys).toEqual({ ...DEFAULT_KEYS, summary: 'Ctrl+R' });
    expect(wrongFields).toEqual(['teclas.buscar (F8 já é de vendedor)', 'teclas.vendedor (F8 já é de buscar)']);
  });

  it('refuses the second of a chain whose first was refused: its default is back', () => {
    const { keys, wrongFields } = decodeKeyMap({ cpf: 'F12', buscar: 'F2' });
    expect(keys).toEqual(DEFAULT_KEYS);
    expect(wrongFields).toEqual(['teclas.cpf (F12 já é de bloquear)', 'teclas.buscar (F2 já é de cpf)']);
  });

  it('never leaves a function without a key nor a key with two, whatever the ERP sends', () => {
    const names = fc.constantFrom(...KEY_FUNCTIONS.map(({ erp }) => erp), 'nada');
    const wanted = fc.constantFrom(...KEY_FUNCTIONS.map(({ key }) => key), 'F8', 'Ctrl+R', 'Enter', '7', '', 'Delete');
    fc.assert(
      fc.property(fc.dictionary(names, wanted), (given) => {
        const { keys, wrongFields } = decodeKeyMap(given);
        expect(Object.keys(keys)).toHaveLength(KEY_FUNCTIONS.length);
        expect(Object.values(keys).every((key) => key.length > 1)).toBe(true);
        expect(clashesOf(keys)).toEqual([]);
        // What was not refused holds.
        for (const { erp, name } of KEY_FUNCTIONS) {
          const isRefused = wrongFields.some((field) => field.startsWith(`teclas.${erp} `));
          if (given[erp] !== undefined && !isRefused) expect(keys[name]).toBe(given[erp]);
        }
      }),
    );
  });
});

describe('the digits of the ways to pay', () => {
  it('are those of the group; the others take the free ones in their order', () => {
    const { digits, wrongFields } = decodePaymentDigits({ '1': 4, '3': '1' });
    expect(wrongFields).toEqual([]);
    expect(assignPaymentDigits([1, 2, 3, 4], digits)).toEqual([3, 2, 4, 1]);
    expect(assignPaymentDigits([1, 2, 3], {})).toEqual([1, 2, 3]);
  });

  it('keep the digit of a type that this till does not have free, and end at 9', () => {
    expect(assignPaymentDigits([1, 2], { '1': 77 })).toEqual([2, 3]);
    expect(assignPaymentDigits([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], {}).slice(7)).toEqual([8, 9, null]);
  });

  it.each([
    [{ '0': 1 }, 'digitosPagamento.0 (só de 1 a 9)'],
    [{ F1: 1 }, 'digitosPagamento.F1 (só de 1 a 9)'],
    [{ '1': 'Pix' }, 'digitosPagamento.1 (sem tipo)'],
    [[1, 2], 'digitosPagamento'],
  ])('refuse %j', (given, wrong) => {
    expect(decodePaymentDigits(given)).toEqual({ digits: {}, wrongFields: [wrong] });
  });

  it('refuse both digits of one type', () => {
    expect(decodePaymentDigits({ '1': 4, '2': 4, '3': 1 })).toEqual({
      digits: { '3': 1 },
      wrongFields: ['digitosPagamento.1 (tipo repetido)', 'digitosPagamento.2 (tipo repetido)'],
    });
  });
});

describe('the page of keys', () => {
  it('has every function once, the digits in their order, and the number pad', () => {
    const types = [
      { digit: 2, description: 'Dinheiro' },
      { digit: null, description: 'Vale' },
      { digit: 1, description: 'Pix' },
    ];
    const sections = keyPage({ ...DEFAULT_KEYS, search: 'F8' }, types, 'pt-BR');
    const rows = sections.flatMap((section) => section.rows);
    expect(rows.find(({ meaning }) => meaning === 'Buscar')).toEqual({ cap: 'F8', meaning: 'Buscar' });
    expect(rows).toHaveLength(KEY_FUNCTIONS.length + 3 + 2 + 5);
    expect(sections.find(({ title }) => title === 'Formas de pagamento')?.rows).toEqual([
      { cap: '1', meaning: 'Pix' },
      { cap: '2', meaning: 'Dinheiro' },
    ]);
    expect(keyPage(DEFAULT_KEYS, [], 'en').flatMap((section) => section.rows)).toHaveLength(KEY_FUNCTIONS.length + 8);
  });
});
