/*
 * What the model ERP knows, as plain data, so that a backup is a copy of it. Amounts are in reais, as on the wire.
 */

export type Row = Record<string, unknown>;

export type ErpState = {
  /** Counts each insert and change of any record. */
  transId: number;
  products: Row[];
  prices: Row[];
  stock: Row[];
  /** What rows of the catalogue were before the office changed them, for a server that lists it too. */
  past: Record<'products' | 'prices' | 'stock', Row[]>;
  /** By `cod_pedidov`. */
  orders: Record<string, Row>;
  customers: Row[];
  /** What happened to drawers, by its id. */
  cash: Record<string, Row>;
  /** Rows of the audit chains by their hash, and the last head of each login. */
  audit: Record<string, Row>;
  heads: Record<string, string>;
  beats: Record<string, Row>;
};

export const STATIONS = ['E01', 'E02', 'E03'] as const;
export type StationCode = (typeof STATIONS)[number];

/** Products come in pages of 60 while a drawer is open: more than one page of them. */
const PRODUCTS = 66;
const SIZES = ['P', 'M'] as const;

export const CASH = 1;
export const CREDIT_CARD = 8;
export const SUPPLY_REASON = 11;
export const WITHDRAWAL_REASON = 12;
/** Who stands for everybody. */
export const CONSUMER = 302;

export function createErpState(): ErpState {
  const state: ErpState = {
    transId: 0,
    products: [],
    prices: [],
    stock: [],
    past: { products: [], prices: [], stock: [] },
    orders: {},
    customers: [{ cliente: CONSUMER, cod_cliente: '000302', nome: 'CONSUMIDOR FINAL', cpf: '', trans_id: 1 }],
    cash: {},
    audit: {},
    heads: {},
    beats: {},
  };
  for (let index = 0; index < PRODUCTS; index += 1) {
    const produto = 30_000 + index;
    const skus = SIZES.map((tamanho, place) => ({
      sku: `${produto}_100_0_${tamanho}`,
      cor: 100,
      cod_cor: '100',
      desc_cor: 'PRETO',
      estampa: 0,
      cod_est: '0',
      tamanho,
      barra: `789${produto}${place}`,
      ativo: true,
    }));
    state.products.push({
      produto,
      cod_produto: String(produto),
      referencia: `RF${produto}`,
      descricao1: `PECA ${produto}`,
      unidade_uso: 'PC',
      ncm: '61091000',
      ativo: true,
      excluido: false,
      bloqueado: false,
      trans_id: (state.transId += 1),
      sku: skus,
    });
    for (const { sku } of skus) {
      const preco = 10 + ((index * 37) % 290) + 0.9;
      state.prices.push({
        sku,
        produto,
        preco1: preco,
        preco2: preco,
        bloqueado_preco: false,
        trans_id: (state.transId += 1),
      });
      state.stock.push({ sku, cod_filial: '00010', filial: 8, saldo: 9, trans_id: (state.transId += 1) });
    }
  }
  return state;
}

/** Registers that a station reads whole; nothing of them changes in a day. */
export const REGISTERS: Readonly<Record<string, readonly Row[]>> = {
  'filiais/lista_simples': [
    {
      filial: 8,
      cod_filial: '00010',
      nome: 'MODA AURORA LTDA',
      fantasia: 'Aurora Centro',
      cnpj: '11222333000181',
      estado: 'SP',
    },
  ],
  'funcionarios/lista': [
    { FUNCIONARIO: 24, COD_FUNCIONARIO: '000024', NOME: 'ANA', CARGO: 'VENDEDORA', INATIVO: false },
  ],
  'pedido_venda/listatipospgto': [
    { tipo_pgto: CASH, cod_tipo_pgto: '1', desc_tipo: 'DINHEIRO', especie: 'DINHEIRO' },
    { tipo_pgto: CREDIT_CARD, cod_tipo_pgto: '8', desc_tipo: 'CARTAO CREDITO', especie: 'CARTAO CREDITO' },
  ],
  'pedido_venda/listabandeiras': [{ bandeira: 1, desc_bandeira: 'VISA' }],
  'pedido_venda/listaoperadoras': [{ operadora: 2, desc_operadora: 'REDE' }],
  'condicoes_pgto/lista': [
    { condicoes_pgto: 1, codigo: '1', descricao: 'A VISTA', parcelas: [{ numero: 1, dias: 0, percentual: 100 }] },
  ],
  'grupos_estacoes/lista': [{ grupo: 1, codigo: '1', descricao: 'LOJAS', politicas: {}, trans_id: 1 }],
  'estacoes/lista': STATIONS.map((codigo, index) => ({
    estacao: index + 1,
    codigo,
    descricao: `Caixa ${index + 1}`,
    grupo: 1,
    filial: 8,
    cod_caixa: index + 1,
    serie: '1',
    evento_venda: '10',
    evento_devolucao: '20',
    vitrine: 2,
    tabela: 1,
    ativo: true,
    trans_id: index + 1,
  })),
  'operadores/lista': [
    {
      operador: 1,
      codigo: '1',
      nome: 'RITA',
      perfil: 'SUPERVISOR',
      pin_hash: 'x',
      permissoes: {},
      ativo: true,
      trans_id: 1,
    },
  ],
  'motivos_financeiros/lista': [
    { motivo: SUPPLY_REASON, codigo: '11', descricao: 'TROCO', natureza: 'E', ativo: true, trans_id: 1 },
    { motivo: WITHDRAWAL_REASON, codigo: '12', descricao: 'COFRE', natureza: 'S', ativo: true, trans_id: 2 },
  ],
  'promocoes/lista': [],
};
