/**
 * How each method of this ERP is called. What the vendor documents and what this project assumes (marked) is told
 * apart here, so that an installation with another name changes this object alone.
 * Source: the wire contract, sections 4 and 6.
 */
export const millenniumMethods = {
  products: 'millenium_eco/produtos/listavitrine',
  prices: 'millenium_eco/produtos/precodetabela',
  stock: 'millenium_eco/produtos/saldodeestoque',
  branches: 'millenium_eco/filiais/lista_simples',
  /** Read by POST with X-HTTP-Method: GET. */
  salespeople: 'millenium/funcionarios/lista',
  paymentTypes: 'millenium_eco/pedido_venda/listatipospgto',
  /** Older spelling, asked when the first one is not there. */
  paymentTypesOlder: 'millenium_eco/pedido_venda/listatipopgto',
  cardBrands: 'millenium_eco/pedido_venda/listabandeiras',
  acquirers: 'millenium_eco/pedido_venda/listaoperadoras',
  /** The name is documented, its fields are assumed. */
  paymentTerms: 'millenium/condicoes_pgto/lista',
  customers: 'millenium_eco/clientes/lista',
  saveCustomer: 'millenium_eco/clientes/incluiroualterar',
  orders: 'millenium_eco/pedido_venda/listapedidos',
  includeSale: 'millenium_eco/pedido_venda/inclui',
  changeStatus: 'millenium_eco/pedido_venda/processastatus',
  invoices: 'millenium_eco/pedido_venda/listafaturamentos',
  /** The names of the next three are the vendor's, their bodies assumed (section 5). */
  writeProducts: 'millenium_eco/produtos/atualiza',
  writePrices: 'millenium_eco/produtos/atualizaprecodetabela',
  writeStock: 'millenium_eco/produtos/atualizasaldodeestoque',
  /** Assumed. */
  groups: 'millenium!storemanager/grupos_estacoes/lista',
  /** Assumed. */
  stations: 'millenium!storemanager/estacoes/lista',
  /** Assumed. */
  operators: 'millenium!storemanager/operadores/lista',
  /** Assumed. */
  financialReasons: 'millenium!storemanager/motivos_financeiros/lista',
  /** Assumed. */
  promotions: 'millenium!storemanager/promocoes/lista',
  /** Assumed. */
  version: 'millenium!storemanager/versao/consulta',
  /** Assumed. */
  heartbeat: 'millenium!storemanager/monitoramento/atualiza',
  /** Assumed. */
  cash: 'millenium!storemanager/caixa/inclui',
  /** Assumed. */
  audit: 'millenium!storemanager/auditoria/inclui',
} as const;

/** How the name of the customer that stands for everybody begins, by custom (assumed). */
export const DEFAULT_CUSTOMER_NAME = 'CONSUMIDOR';

/** States of an order: paid, delivered at the till, cancelled. Documented; their use by a till is assumed. */
export const orderStatus = { delivered: 3, cancelled: 5 } as const;
