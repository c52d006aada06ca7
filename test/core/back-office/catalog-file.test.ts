import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { planCatalog } from '../../../core/back-office/catalog-plan-rules.ts';
import { readCatalogFile, type CatalogFile } from '../../../core/back-office/read-catalog-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'catalog-'));
afterAll(() => rmSync(folder, { recursive: true }));

function read(content: string | Uint8Array, ignored: readonly string[] = []): CatalogFile {
  const file = join(folder, 'produtos.csv');
  writeFileSync(file, content);
  return readCatalogFile(file, ignored);
}

function plan(content: string): ReturnType<typeof planCatalog> {
  const file = read(content);
  expect(file.issues).toEqual([]);
  return planCatalog(file.lines, { ...file, branchCode: '00010' });
}

const WANTED = { cod_produto: '1', descricao1: 'Açaí', preco1: 123_456 };

describe('a file is read as spreadsheets write it', () => {
  it.each([
    ['UTF-8 with ;', 'cod_produto;descricao1;barra;preco1\n1;Açaí;789;1.234,56\n'],
    ['a byte order mark', '\uFEFFcod_produto;descricao1;barra;preco1\r\n1;Açaí;789;1234,56\r\n'],
    ['commas and quotes', 'cod_produto,descricao1,barra,preco1\n"1","Açaí",789,"1.234,56"\n'],
    ['tabs', 'cod_produto\tdescricao1\tbarra\tpreco1\n1\tAçaí\t789\t1234.56\n'],
    ['a sep line of Excel', 'sep=,\r\ncod_produto,descricao1,barra,preco1\r\n1,Açaí,789,"1234,56"\r\n'],
    ['other heads', 'Código;Descrição;Código de barras;PREÇO\n1;Açaí;789;1234,56\n'],
    ['empty lines', 'cod_produto;descricao1;barra;preco1\n\n;;;\n1;Açaí;789;1234,56\n'],
  ])('%s', (_name, content) => {
    const { lines, issues } = read(content);
    expect(issues).toEqual([]);
    expect(lines).toMatchObject([WANTED]);
  });

  it('Latin-1, as an older export writes it', () => {
    const content = Buffer.from('cod_produto;descricao1;barra;preco1\n1;Açaí;789;1.234,56\n', 'latin1');
    expect(read(content).lines).toMatchObject([WANTED]);
  });

  it('a line number is that of the editor, also after a cell with a line break', () => {
    const { issues } = read('cod_produto;descricao1;barra;preco1\n1;"Açaí\nroxo";789;12\n2;B;790;abc\n');
    expect(issues).toMatchObject([{ line: 4, field: 'preco1', value: 'abc' }]);
  });
});

describe('what cannot be sent is told with line, field, value and what would be right', () => {
  const head = 'cod_produto;descricao1;ncm;ativo;barra;tamanho;preco1;saldo';
  it.each([
    ['1;A;61091000;sim;789;P;0;1', 'preco1', '0', /maior que zero/],
    ['1;A;61091000;sim;789;P;1,234;1', 'preco1', '1,234', /duas casas/],
    ['1;A;61091000;sim;789;P;-5;1', 'preco1', '-5', /maior que zero/],
    ['1;A;6109;sim;789;P;5;1', 'ncm', '6109', /oito dígitos/],
    ['1;A;61091000;talvez;789;P;5;1', 'ativo', 'talvez', /sim ou não/],
    ['1;A;61091000;sim;7,89E+12;P;5;1', 'barra', '7,89E+12', /formate a coluna como texto/],
    ['1;A;61091000;sim;78 9;P;5;1', 'barra', '78 9', /sem espaços/],
    ['1;A;61091000;sim;789;MUITO GRANDE;5;1', 'tamanho', 'MUITO GRANDE', /no máximo 5/],
    ['1;A;61091000;sim;789;P;5;1.200', 'saldo', '1.200', /três casas/],
    ['1;A;61091000;sim;789;P;5;1;9;9', 'linha', '10 células', /8 células/],
  ])('%s', (line, field, value, expected) => {
    const [issue] = read(`${head}\n${line}\n`).issues;
    expect(issue).toMatchObject({ line: 2, field, value });
    expect(issue?.expected).toMatch(expected);
  });

  it.each([
    ['cod_produto;descricao1;cor_da_moda\n1;A;X\n', 'cor_da_moda', /--ignore-column/],
    ['cod_produto;descricao1;descrição\n1;A;X\n', 'descrição', /mesma coluna/],
    ['descricao1\nA\n', '', /cod_produto/],
    ['sku;cod_filial\n1_2_0_P;00010\n', '', /ao menos uma/],
    ['cod_produto;preco1\n1;5\n', '', /coluna sku/],
    ['', 'produtos.csv', /vazio/],
    ['PK\u0003\u0000', 'produtos.csv', /CSV/],
    ['cod_produto;descricao1\n1;"A\n', 'produtos.csv', /aspas/],
  ])('a file that is not one: %j', (content, value, expected) => {
    const { issues, isUnusable } = read(content);
    expect(isUnusable).toBe(true);
    expect(issues[0]).toMatchObject({ value });
    expect(issues[0]?.expected).toMatch(expected);
  });

  it('a column that is not the ERP’s own is passed over when that is asked for', () => {
    expect(read('cod_produto;descricao1;cor_da_moda\n1;A;X\n', ['cor_da_moda'])).toMatchObject({
      issues: [],
      lines: [{ cod_produto: '1' }],
    });
  });
});

describe('lines become records', () => {
  const head = 'cod_produto;descricao1;desc_marca;barra;tamanho;preco1;saldo;cod_filial';

  it('lines of one product are one product with its SKUs, a price for each and a balance for each branch', () => {
    const { plan: made, issues } = plan(
      `${head}\n1;A;X;789;P;10;1;00010\n1;A;;790;M;11;2;\n1;A;X;789;P;10;-3;00011\n2;B;;791;U;;;\n`,
    );
    expect(issues).toEqual([]);
    expect(made.products.map(({ record }) => [record.productCode, record.brand, record.skus.length])).toEqual([
      ['1', 'X', 2],
      ['2', undefined, 1],
    ]);
    expect(made.prices.map(({ line, record }) => [line, record.price1Cents])).toEqual([
      [2, 1000],
      [3, 1100],
    ]);
    expect(made.stock.map(({ record }) => [record.branchCode, record.quantityMilli])).toEqual([
      ['00010', 1000],
      ['00010', 2000],
      ['00011', -3000],
    ]);
  });

  it('a key of the ERP says colour, print and size where no column does', () => {
    const { plan: made } = plan('cod_produto;descricao1;sku\n1;A;30338805_30213893_0_M\n');
    expect(made.products[0]?.record.skus).toEqual([
      { sku: '30338805_30213893_0_M', colorId: 30_213_893, printId: 0, size: 'M' },
    ]);
  });

  it.each([
    ['1;A;X;789;P;10;;\n1;B;X;790;M;10;;', 3, 'descricao1', /A, como na linha 2, que é do mesmo produto/],
    ['1;A;X;789;P;10;;\n1;A;X;789;M;10;;', 3, 'tamanho', /P, como na linha 2, que é do mesmo SKU/],
    ['1;A;X;789;P;10;;\n1;A;X;789;P;11;;', 3, 'preco1', /o mesmo preço da linha 2/],
    ['1;A;X;789;P;10;1;\n1;A;X;789;P;10;2;', 3, 'saldo', /a linha 2 é da mesma/],
    ['1;;X;789;P;10;1;', 2, 'descricao1', /a descrição/],
    [';A;X;789;P;10;1;', 2, 'cod_produto', /o código/],
    ['1;A;X;;;10;1;', 2, 'sku', /barra/],
  ])('a line that contradicts or lacks something adds nothing: %j', (content, line, field, expected) => {
    const { issues } = plan(`${head}\n${content}\n`);
    expect(issues[0]).toMatchObject({ line, field });
    expect(issues[0]?.expected).toMatch(expected);
  });

  it('a balance without a branch is an issue when nothing names one', () => {
    const { lines } = read('sku;saldo\n1_2_0_P;5\n');
    const { issues } = planCatalog(lines, { hasProducts: false, branchCode: '' });
    expect(issues).toMatchObject([{ line: 2, field: 'cod_filial' }]);
  });
});
