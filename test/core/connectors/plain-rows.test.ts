import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { z } from 'zod';
import {
  MillenniumPrice,
  MillenniumProduct,
  MillenniumStock,
} from '../../../core/connectors/millennium/decode-catalog.ts';

/** What is met in the field, plain and otherwise. */
const text = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom('Preto', 'Coração', '30200001_1_0_P', 'T', null) },
  fc.constantFrom<unknown>('', ' x', 'x ', 'x  y', 'x\u200By', '\u00A0', 'E', 7, true, {}, []),
);
const flag = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom<unknown>(true, false, 'T', 'F', null) },
  fc.constantFrom<unknown>('', 'S', ' t', '1', 0, 'talvez', []),
);
const amount = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }).map((cents) => cents / 100) },
  fc.constantFrom<unknown>(-0, 1.005, 2.675, 1e-7, 1e21, 2 ** 52 + 0.5, 1e308, Number.MAX_SAFE_INTEGER, null, ''),
  fc.constantFrom<unknown>('89,90', '1e5', 'x', {}),
  fc.double({ noNaN: true }),
);
const rowOf = (names: readonly string[], field: fc.Arbitrary<unknown>) =>
  fc.record(Object.fromEntries(names.map((name) => [name, field])), { requiredKeys: [] });
const skuTexts = [
  'cod_cor',
  'desc_cor',
  'cod_est',
  'desc_estampa',
  'tamanho',
  'barra',
  'barra13',
  'barra_ref',
  'COD_COR',
];
const texts = ['cod_produto', 'referencia', 'descricao1', 'unidade_uso', 'ncm', 'desc_marca', 'desc_grupo', 'web'];
const sku = fc
  .tuple(rowOf(skuTexts, text), rowOf(['ativo'], flag), text)
  .map(([row, flags, key]) => ({ sku: key, ...row, ...flags }));
const product = fc
  .tuple(
    rowOf(texts, text),
    rowOf(['ativo', 'excluido', 'bloqueado'], flag),
    fc.option(fc.array(sku, { maxLength: 2 })),
  )
  .map(([row, flags, skus]) => ({ produto: 7, ...row, ...flags, sku: skus }));
const price = fc
  .tuple(rowOf(['sku', 'SKU'], text), rowOf(['preco1', 'preco2'], amount), rowOf(['bloqueado_preco'], flag))
  .map(([row, amounts, flags]) => ({ ...row, ...amounts, ...flags }));
const stock = fc
  .tuple(rowOf(['sku', 'cod_filial', 'Saldo'], text), rowOf(['saldo'], amount))
  .map(([row, amounts]) => ({ ...row, ...amounts }));

function outcome(schema: z.ZodType, row: unknown): unknown {
  const parsed = schema.safeParse(row);
  if (parsed.success) return parsed.data;
  return parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
}

test.each([
  ['products', MillenniumProduct, product],
  ['prices', MillenniumPrice, price],
  ['stock', MillenniumStock, stock],
] as const)('a row of %s says the same on the short way as by its schema', (_register, schema, rows) => {
  let readable = 0;
  fc.assert(
    fc.property(rows, fc.nat(), (row, transId) => {
      const short = outcome(schema, { ...row, trans_id: transId });
      // A number as a text is not plain: the schema reads the whole row.
      expect(short).toEqual(outcome(schema, { ...row, trans_id: String(transId) }));
      if (!Array.isArray(short)) readable += 1;
    }),
    { numRuns: 2000 },
  );
  expect(readable).toBeGreaterThan(200);
});
