import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildBrCode, crc16 } from '../../../core/pix/br-code-rules.ts';
import { readBrCode, readFields } from './read-br-code.ts';

/** The static example of the Manual de Padrões para Iniciação do Pix, without amount and id. */
const MANUAL =
  '00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-426655440000' +
  '5204000053039865802BR5913Fulano de Tal6008BRASILIA62070503***63041D3D';
/** The larger example of the Manual do BR Code: two accounts, a postal code, unreserved templates. */
const MANUAL_LARGE =
  '00020104141234567890123426580014BR.GOV.BCB.PIX0136123e4567-e12b-12d1-a456-42665544000027300012BR.COM.OUTRO0110' +
  '01234567895204000053039865406123.455802BR5917NOME DO RECEBEDOR6008BRASILIA61087007490062190515RP12345678-2019' +
  '80390012BR.COM.OUTRO01190123.ABCD.3456.WXYZ6304AD38';
/** Made by two banks, with an amount and an id. */
const BY_BANKS = [
  {
    key: '+5541999999999',
    merchantName: 'Jamie Lannister',
    merchantCity: 'Sao Paulo',
    amountCents: 100,
    txid: '123456',
    text: '00020126360014br.gov.bcb.pix0114+554199999999952040000530398654041.005802BR5915Jamie Lannister6009Sao Paulo621005061234566304A63E',
  },
  {
    key: 'a629532e-7693-4846-852d-1bbff817b5a8',
    merchantName: "T'Challa",
    merchantCity: 'São Paulo',
    amountCents: 1000,
    txid: '12345',
    text: "00020126580014br.gov.bcb.pix0136a629532e-7693-4846-852d-1bbff817b5a8520400005303986540510.005802BR5908T'Challa6009Sao Paulo62090505123456304B14A",
  },
];

describe('the text of a Pix QR', () => {
  it.each([MANUAL, MANUAL_LARGE])('has the checksum of the manuals', (text) => {
    expect(crc16(text.slice(0, -4))).toBe(text.slice(-4));
    expect(readBrCode(text).get('60')).toBe('BRASILIA');
  });

  it('is the very text of the manual but for what this shop adds: amount and id', () => {
    const text = buildBrCode({
      key: '123e4567-e12b-12d1-a456-426655440000',
      merchantName: 'Fulano de Tal',
      merchantCity: 'BRASILIA',
      amountCents: 1,
      txid: '***',
      description: '',
    });
    expect(text.replace('54040.01', '').slice(0, -4)).toBe(MANUAL.slice(0, -4));
  });

  it.each(BY_BANKS)('is what banks make of $key', ({ text, ...code }) => {
    expect(buildBrCode({ ...code, description: '' })).toBe(text);
  });

  it('reads back what went in, whatever the shop is called', () => {
    fc.assert(
      fc.property(
        fc.record({
          key: fc.stringMatching(/^[a-z0-9@.+-]{5,77}$/),
          merchantName: fc.string({ unit: 'grapheme', minLength: 1 }).map((name) => `L${name}`),
          merchantCity: fc.constantFrom('São José dos Campos', 'Águas de São Pedro', 'Itaú', 'BRASÍLIA'),
          amountCents: fc.integer({ min: 1, max: 1_000_000_000 }),
          txid: fc.stringMatching(/^[A-Za-z0-9]{1,25}$/),
          description: fc.string({ unit: 'grapheme' }),
        }),
        (code) => {
          const text = buildBrCode(code);
          expect(text).toMatch(/^[\u0020-\u007e]+$/);
          const fields = readBrCode(text);
          const account = readFields(fields.get('26') ?? '');
          expect(account.get('00')).toBe('br.gov.bcb.pix');
          expect(account.get('01')).toBe(code.key);
          expect(Math.round(Number(fields.get('54')) * 100)).toBe(code.amountCents);
          expect(fields.get('54')).toMatch(/^\d+\.\d{2}$/);
          expect([fields.get('00'), fields.get('52'), fields.get('53'), fields.get('58')]).toEqual([
            '01',
            '0000',
            '986',
            'BR',
          ]);
          expect(fields.get('59')?.length).toBeLessThanOrEqual(25);
          expect(fields.get('60')?.length).toBeLessThanOrEqual(15);
          expect(readFields(fields.get('62') ?? '').get('05')).toBe(code.txid);
          expect((fields.get('26') ?? '').length).toBeLessThanOrEqual(99);
        },
      ),
    );
  });

  it('takes accents off and cuts names where the manual does', () => {
    const fields = readBrCode(
      buildBrCode({
        key: 'loja@exemplo.com.br',
        merchantName: 'Confecções Ação & Estação da Moça Ltda',
        merchantCity: 'São José dos Campos',
        amountCents: 123_456,
        txid: 'E01261122ABCDEFGHJK',
        description: 'Ref E01261122ABCDEFGHJK',
      }),
    );
    expect(fields.get('59')).toBe('Confeccoes Acao & Estacao');
    expect(fields.get('60')).toBe('Sao Jose dos Ca');
    expect(fields.get('54')).toBe('1234.56');
    expect(readFields(fields.get('26') ?? '').get('02')).toBe('Ref E01261122ABCDEFGHJK');
  });
});
