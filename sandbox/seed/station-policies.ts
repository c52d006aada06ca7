import type { JsonObject } from '../http/json.ts';

/** The policies a station group carries, with the product's defaults. Units are in the names. */
export const STATION_POLICIES: JsonObject = {
  versao: 1,
  descontoMaxBp: { caixa: 500, gerente: 1500, supervisor: 3000 },
  cancelamentoMinutos: 30,
  trocaDias: 30,
  trocaAteData: null,
  valeValidadeDias: 180,
  valeNominal: false,
  devolucaoDinheiro: 'pede',
  vendedorObrigatorio: true,
  gavetaLimiteCents: 80_000,
  quebraToleranciaCents: 500,
  pixOfflineMaxCents: 30_000,
  // The random key of the Central Bank's own example: nobody's.
  pixChave: '123e4567-e12b-12d1-a456-426655440000',
  pixCidade: 'São Paulo',
  valeOfflineMaxCents: 30_000,
  trocaOutraEstacaoMaxCents: 30_000,
  parcelaMinimaCents: 5000,
  bloqueioOciosoMin: 3,
  crachaPrefixo: 'VD-',
  cupomPrefixo: 'CUP-',
  imprimir: 'sempre',
  itemNaoCadastrado: false,
  envioSegundos: 5,
  leituraSegundos: 60,
  textoCabecalho: 'Obrigado pela preferência!',
  textoTroca: 'Trocas em até 30 dias com este comprovante e a etiqueta.',
  teclas: {},
  digitosPagamento: { '1': 1, '2': 2, '3': 3, '4': 4 },
};
