import { describe, expect, it } from 'vitest';
import { readScan } from '../../renderer/keyboard/read-scan.ts';

const facts = { stationCode: 'E01', badgePrefix: 'VD-', couponPrefix: 'CUP-' };
/** Of a consumer's invoice, model 65, series 1, number 4567, with its check digit. */
const KEY = '35261111222333000181650010000045671123456784';

describe('what a scan is', () => {
  it.each([
    ['an EAN-13', '7899000001017'],
    ['a UPC of twelve digits', '012345678905'],
    ['a reference', 'VE1002-P'],
    ['44 characters that are no key', 'X'.repeat(44)],
    ['a prefix with nothing behind it', 'VD-'],
    ['a number of a sale that is cut', 'E0100000001'],
  ])('%s is a product: the catalogue says whether it knows it', (_what, code) => {
    expect(readScan(code, facts)).toEqual({ kind: 'product', code, saleNumber: null });
  });

  it.each([
    ['our own paper', 'E01000000123'],
    ['the paper of another station', 'E02000000001'],
    ['a paper read with Caps Lock', 'e01000000123'],
  ])('%s is its sale', (_what, code) => {
    expect(readScan(code, facts)).toEqual({ kind: 'sale', number: code.toUpperCase() });
  });

  it('leaves twelve digits to the catalogue where the code of the station has no letter, and remembers the paper', () => {
    const numeric = { ...facts, stationCode: '001' };
    expect(readScan('001000000123', numeric)).toEqual({
      kind: 'product',
      code: '001000000123',
      saleNumber: '001000000123',
    });
    expect(readScan('002000000123', numeric)).toMatchObject({ kind: 'product', saleNumber: null });
  });

  it('knows badges and coupons by what the group has them begin with', () => {
    expect(readScan('VD-000024', facts)).toEqual({ kind: 'salesperson', code: '000024' });
    expect(readScan('vd-24', facts)).toEqual({ kind: 'salesperson', code: '24' });
    expect(readScan('CUP-NATAL10', facts)).toEqual({ kind: 'coupon', code: 'NATAL10' });
    const none = { ...facts, badgePrefix: null, couponPrefix: null };
    expect(readScan('VD-000024', none).kind).toBe('product');
    expect(readScan('CUP-NATAL10', none).kind).toBe('product');
  });

  it('reads the key of a fiscal document, alone or in the address of its QR code', () => {
    const document = {
      model: '65',
      series: 1,
      number: 4567,
      cnpj: '11222333000181',
      month: '11/2026',
      isWhole: true,
    };
    expect(readScan(KEY, facts)).toEqual({ kind: 'fiscal', document });
    for (const address of [
      `https://www.homologacao.nfce.fazenda.sp.gov.br/qrcode?p=${KEY}|2|2|1|3C6F0E1A`,
      `http://nfe.sefaz.ba.gov.br/servicos/nfce?chNFe=${KEY}&nVersao=100`,
    ])
      expect(readScan(address, facts)).toEqual({ kind: 'fiscal', document });
  });

  it('sees that a digit of a key was misread, and takes the CNPJ with letters of 2026', () => {
    const misread = `${KEY.slice(0, 40)}0${KEY.slice(41)}`;
    expect(readScan(misread, facts)).toMatchObject({ kind: 'fiscal', document: { isWhole: false } });
    const letters = `35261112ABC34501DE3565001000004567112345678`;
    const whole = Array.from('0123456789', (digit) => readScan(letters + digit, facts)).filter(
      (scan) => scan.kind === 'fiscal' && scan.document.isWhole,
    );
    expect(whole).toHaveLength(1);
    expect(whole[0]).toMatchObject({ document: { cnpj: '12ABC34501DE35' } });
  });
});
