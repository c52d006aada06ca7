import { describe, expect, it } from 'vitest';
import { readMovementSearch } from '../../../core/movement/movement-search-rules.ts';

describe('what is typed to find a movement', () => {
  it.each([
    ['E01000000123', { prefix: 'E01000000123', numbers: [], cents: null }],
    [' e0100 ', { prefix: 'E0100', numbers: [], cents: null }],
    ['00012', { prefix: 'E0100012', numbers: [], cents: 1200 }],
    ['123', { prefix: null, numbers: ['E01000000123', 'E01M00000123'], cents: 12_300 }],
    ['189,90', { prefix: null, numbers: [], cents: 18_990 }],
    ['R$ 1.189,90', { prefix: null, numbers: [], cents: 118_990 }],
    ['0,00', { prefix: null, numbers: [], cents: null }],
    ['1234567890', { prefix: '1234567890', numbers: [], cents: null }],
    ["'; --", { prefix: null, numbers: [], cents: null }],
  ])('%s', (text, search) => {
    expect(readMovementSearch(text, 'E01')).toEqual(search);
  });
});
