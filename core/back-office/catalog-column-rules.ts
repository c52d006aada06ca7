import {
  codeCell,
  flagCell,
  integerCell,
  keyCell,
  ncmCell,
  priceCell,
  quantityCell,
  textCell,
  type ReadCell,
} from './catalog-cell-rules.ts';

/**
 * The columns of a catalogue file by the ERP's own field names, and what each may hold. Lengths are those of the ERP.
 * Source: wire contract, sections 4 and 5.
 */
export const catalogColumns = {
  cod_produto: keyCell(60),
  descricao1: textCell(100),
  referencia: textCell(50),
  ncm: ncmCell,
  unidade_uso: textCell(5),
  desc_marca: textCell(150),
  desc_colecao: textCell(150),
  desc_grupo: textCell(150),
  desc_departamento: textCell(150),
  ativo: flagCell,
  bloqueado: flagCell,
  excluido: flagCell,
  sku: keyCell(255),
  cor: integerCell,
  cod_cor: codeCell(8),
  desc_cor: textCell(255),
  estampa: integerCell,
  cod_est: codeCell(4),
  desc_estampa: textCell(255),
  tamanho: textCell(5),
  barra: codeCell(40),
  barra13: codeCell(40),
  barra_ref: codeCell(40),
  ativo_sku: flagCell,
  preco1: priceCell,
  preco2: priceCell,
  saldo: quantityCell,
  cod_filial: codeCell(10),
} as const satisfies Readonly<Record<string, ReadCell<string | number | boolean>>>;

export type CatalogColumn = keyof typeof catalogColumns;

/** Other ways a person heads these columns. */
const ALIASES: Readonly<Record<string, CatalogColumn>> = {
  codigo: 'cod_produto',
  codigo_produto: 'cod_produto',
  produto: 'cod_produto',
  descricao: 'descricao1',
  unidade: 'unidade_uso',
  marca: 'desc_marca',
  colecao: 'desc_colecao',
  grupo: 'desc_grupo',
  departamento: 'desc_departamento',
  codigo_cor: 'cod_cor',
  nome_cor: 'desc_cor',
  cod_estampa: 'cod_est',
  nome_estampa: 'desc_estampa',
  tam: 'tamanho',
  codigo_de_barras: 'barra',
  codigo_barras: 'barra',
  cod_barras: 'barra',
  ean: 'barra13',
  ean13: 'barra13',
  preco: 'preco1',
  preco_promocional: 'preco2',
  estoque: 'saldo',
  quantidade: 'saldo',
  filial: 'cod_filial',
};

/** The column that a header names, in any case, with or without accents; null when none is meant. */
export function columnOfHeader(header: string): CatalogColumn | null {
  const name = header
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');
  if (Object.hasOwn(catalogColumns, name)) return name as CatalogColumn;
  return Object.hasOwn(ALIASES, name) ? (ALIASES[name] ?? null) : null;
}
