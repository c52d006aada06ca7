import { describe, expect, it } from 'vitest';
import { arrangeGrade } from '../../../core/catalog/grade-rules.ts';

/** SKUs in the ERP's order, written `colour size`. */
const arrange = (...skus: readonly string[]) =>
  arrangeGrade(
    skus.map((sku, index) => {
      const [color = '', size = ''] = sku.split(' ');
      return { colorCode: color, color, printCode: '0', print: '', size, sku: index };
    }),
  );

describe('the grade of a product', () => {
  it.each([
    ['as the ERP gives them', ['a PP', 'a P', 'a M', 'a G', 'a GG'], 'PP P M G GG'],
    ['numbers as the ERP gives them', ['a 36', 'a 38', 'a 40'], '36 38 40'],
    ['even where it gives them otherwise', ['a U', 'a 10', 'a 8'], 'U 10 8'],
    ['with the smallest only in the second colour', ['a P', 'a M', 'b PP', 'b P', 'b M'], 'PP P M'],
    ['with one in between only in the second colour', ['a P', 'a G', 'b P', 'b M', 'b G'], 'P M G'],
    ['with the largest only in the second colour', ['a P', 'a M', 'b M', 'b G'], 'P M G'],
    ['when the ERP goes size by size', ['a P', 'b P', 'a M', 'b M', 'b G'], 'P M G'],
    ['with two colours that share nothing', ['a P', 'a M', 'b 38', 'b 40'], '38 40 P M'],
    ['of nothing', [], ''],
  ])('has its sizes %s', (_, skus, sizes) => {
    expect(arrange(...skus).sizes.join(' ')).toBe(sizes);
  });

  it('leaves a gap where a colour is not made in a size', () => {
    const { rows } = arrange('a P', 'a M', 'b PP', 'b M');
    expect(rows.map(({ color, cells }) => [color, ...cells.map((cell) => cell?.sku ?? null)])).toEqual([
      ['a', null, 0, 1],
      ['b', 2, null, 3],
    ]);
  });

  it('has a row for each print of a colour', () => {
    const common = { colorCode: '1', color: 'Azul', size: 'U' };
    const { rows } = arrangeGrade([
      { ...common, printCode: '0', print: '' },
      { ...common, printCode: '7', print: 'Poá' },
    ]);
    expect(rows.map(({ color, print }) => [color, print])).toEqual([
      ['Azul', ''],
      ['Azul', 'Poá'],
    ]);
  });
});
