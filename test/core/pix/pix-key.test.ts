import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePixKey } from '../../../core/pix/pix-key-rules.ts';
import { toTxid } from '../../../core/pix/txid-rules.ts';

describe('a Pix key', () => {
  it.each([
    ['529.982.247-25', '52998224725'],
    ['11.222.333/0001-81', '11222333000181'],
    ['12.ABC.345/01DE-35', '12ABC34501DE35'],
    ['Financeiro@Loja.com.BR', 'financeiro@loja.com.br'],
    ['+55 (11) 98765-4321', '+5511987654321'],
    ['+551133334444', '+551133334444'],
    ['123E4567-E12B-12D1-A456-426655440000', '123e4567-e12b-12d1-a456-426655440000'],
  ])('%s is taken as %s', (text, key) => {
    expect(parsePixKey(text)).toBe(key);
  });

  it.each([
    ['', 'nothing'],
    ['529.982.247-26', 'a CPF with a wrong check digit'],
    ['111.111.111-11', 'a CPF of one digit'],
    ['11987654321', 'a phone without its country'],
    ['+5511087654', 'a phone of too few digits'],
    ['+1 212 555 0100', 'a phone of another country'],
    ['+5501987654321', 'an area code with a zero'],
    ['11.222.333/0001-82', 'a CNPJ with a wrong check digit'],
    ['00.000.000/0000-00', 'a CNPJ of one digit'],
    ['loja@', 'half an e-mail'],
    ['loja@exemplo', 'an e-mail without a domain'],
    ['loja exemplo@loja.com', 'an e-mail with a space'],
    [`${'a'.repeat(70)}@loja.com`, 'an e-mail of 79 letters'],
    ['123e4567-e12b-12d1-a456-42665544000', 'a random key that lacks a digit'],
    ['chave da loja', 'words'],
  ])('%s is refused: %s', (text) => {
    expect(parsePixKey(text)).toBeNull();
  });

  it('never changes when it is read again', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.emailAddress(), fc.uuid(), fc.stringMatching(/^\+55\d{9,12}$/)), (text) => {
        const key = parsePixKey(text);
        if (key !== null) expect(parsePixKey(key)).toBe(key);
      }),
    );
  });
});

describe('the id of a Pix in the statement', () => {
  it('begins with the station and the day', () => {
    expect(toTxid('E01', '2026-11-22', '019ab3c1-0000-7abc-8def-0123456789ab')).toBe('E01261122R14D2PF2DB');
  });

  it('is another one for each tender, and fits the manual', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.uuid({ version: 7 }), { minLength: 2, maxLength: 50 }), (ids) => {
        const txids = ids.map((id) => toTxid('Z9Z', '2026-11-22', id));
        for (const txid of txids) expect(txid).toMatch(/^[A-Za-z0-9]{1,25}$/);
        // Ids that share their last 50 bits share the txid too: of random ones none does.
        expect(new Set(txids).size).toBe(
          new Set(ids.map((id) => BigInt(`0x${id.slice(-13).replace('-', '')}`) & ((1n << 50n) - 1n))).size,
        );
      }),
    );
  });
});
