import { describe, expect, it } from 'vitest';
import {
  hostOfServer,
  isVersionEnough,
  missingBranchFields,
  missingStationFields,
  normalizeServerUrl,
} from '../../../core/setup/enrolment-rules.ts';
import { BRANCH_ROW, STATION_ROW } from '../../support/station-rows.ts';

describe('the address of a server', () => {
  it.each([
    ['http://erp:6017', 'http://erp:6017'],
    ['  https://erp.loja.com.br/ ', 'https://erp.loja.com.br'],
    ['http://10.0.0.5:888/wts/', 'http://10.0.0.5:888/wts'],
    ['HTTP://ERP:6017', 'http://erp:6017'],
  ])('%j is kept as %s', (typed, kept) => {
    expect(normalizeServerUrl(typed)).toBe(kept);
  });

  it.each(['', 'erp', 'erp:6017', 'ftp://erp', 'http://', 'http://user:secret@erp', 'http://erp?x=1', 'http://erp#a'])(
    '%j is refused',
    (typed) => {
      expect(normalizeServerUrl(typed)).toBeNull();
    },
  );

  it('has the port of its scheme when it names none', () => {
    expect(hostOfServer('http://erp')).toEqual({ host: 'erp', port: 80 });
    expect(hostOfServer('https://erp/x')).toEqual({ host: 'erp', port: 443 });
    expect(hostOfServer('http://[::1]:888')).toEqual({ host: '::1', port: 888 });
  });
});

it.each([
  ['0.1.0', '0.1.0', true],
  ['0.1.0', '0.1.1', false],
  ['0.10.0', '0.9.9', true],
  ['1.0', '1.0.1', false],
  ['2', '1.9.9', true],
  ['1.2.3', '', true],
])('version %s against a minimum of %j: %s', (own, minimum, enough) => {
  expect(isVersionEnough(own, minimum)).toBe(enough);
});

describe('an incomplete register', () => {
  it('names nothing when all is there', () => {
    expect(missingBranchFields(BRANCH_ROW)).toEqual([]);
    expect(missingStationFields(STATION_ROW)).toEqual([]);
  });

  it('names what a paper of the branch needs', () => {
    expect(missingBranchFields({ ...BRANCH_ROW, cnpj: ' ', name: '' })).toEqual(['nome', 'cnpj']);
  });

  it('names what a sale of the station needs', () => {
    expect(missingStationFields({ ...STATION_ROW, saleEvent: '', showcaseId: 0, isActive: false })).toEqual([
      'evento_venda',
      'vitrine',
      'ativo',
    ]);
  });
});
