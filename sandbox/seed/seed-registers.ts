import type { JsonObject } from '../http/json.ts';
import { seedPromotions } from './seed-promotions.ts';
import { seedOperators, seedStations } from './seed-stations.ts';
import { STATION_POLICIES } from './station-policies.ts';
import { cnpj } from './tax-numbers.ts';

/** The small registers, by name; each row's id is the field that the register's `idField` names. */
export type Register = { readonly idField: string; readonly rows: readonly JsonObject[] };

/** Every small register of the demo store with so many stations, as its list method answers it (without trans_id). */
export function seedRegisters(stations: number): Readonly<Record<string, Register>> {
  return {
    filiais: {
      idField: 'filial',
      rows: [branch(8, '00010', 'Centro', '0001'), branch(9, '00011', 'Shopping', '0002')],
    },
    funcionarios: { idField: 'FUNCIONARIO', rows: employees() },
    tipos_pgto: {
      idField: 'tipo_pgto',
      rows: [
        paymentType(1, 'Dinheiro', 'DINHEIRO'),
        paymentType(2, 'Cartão de débito', 'CARTAO_DEBITO'),
        paymentType(3, 'Cartão de crédito', 'CARTAO_CREDITO'),
        paymentType(4, 'Pix', 'PIX'),
        paymentType(5, 'Cheque', 'CHEQUE'),
        paymentType(6, 'Vale-troca', 'CREDITO_LOJA'),
        paymentType(7, 'Cartão presente', 'CARTAO_PRESENTE'),
        paymentType(8, 'Cartão da loja', 'CARTAO_LOJA'),
        paymentType(9, 'Crediário', 'CREDIARIO'),
      ],
    },
    bandeiras: {
      idField: 'bandeira',
      rows: numbered('bandeira', ['Visa', 'Mastercard', 'Elo', 'American Express', 'Hipercard']),
    },
    operadoras: { idField: 'operadora', rows: numbered('operadora', ['Cielo', 'Rede', 'Stone', 'Getnet', 'PagBank']) },
    condicoes_pgto: {
      idField: 'condicoes_pgto',
      rows: [
        term(1, 'À vista', 1, 0),
        term(2, '2x sem juros', 2, 30),
        term(3, '3x sem juros', 3, 30),
        term(6, '6x sem juros', 6, 30),
      ],
    },
    grupos_estacoes: {
      idField: 'grupo',
      rows: [{ grupo: 1, codigo: 'LOJAS', descricao: 'Lojas próprias', politicas: STATION_POLICIES }],
    },
    estacoes: { idField: 'estacao', rows: seedStations(stations) },
    operadores: { idField: 'operador', rows: seedOperators() },
    motivos_financeiros: {
      idField: 'motivo',
      rows: [
        reason(10, 'Fundo de troco', 'E'),
        reason(11, 'Reforço de troco', 'E'),
        reason(20, 'Sangria para o cofre', 'S'),
        reason(21, 'Despesa com material de limpeza', 'S'),
        reason(22, 'Vale de funcionário', 'S'),
      ],
    },
    promocoes: { idField: 'promocao', rows: seedPromotions() },
  };
}

function branch(filial: number, cod_filial: string, place: string, number: string): JsonObject {
  return {
    filial,
    cod_filial,
    nome: `Boutique Demonstração Comércio de Roupas Ltda - ${place}`,
    fantasia: `Boutique Demonstração ${place}`,
    cnpj: cnpj(`11222333${number}`),
    ie: '110.042.490.114',
    logradouro: 'Rua das Palmeiras',
    numero: String(100 * filial),
    complemento: '',
    bairro: 'Centro',
    cidade: 'São Paulo',
    estado: 'SP',
    cep: '01001-000',
    ddd: '11',
    fone: '3333-4444',
  };
}

function employees(): JsonObject[] {
  const people: readonly [number, string, number][] = [
    [21, 'Fernanda Rocha', 8],
    [22, 'Gabriel Nunes', 8],
    [23, 'Helena Prado', 8],
    [24, 'Marina Duarte', 8],
    [31, 'Igor Teixeira', 9],
    [32, 'Júlia Campos', 9],
  ];
  const rows = people.map(([FUNCIONARIO, NOME, FILIAL]) => ({
    FUNCIONARIO,
    COD_FUNCIONARIO: String(FUNCIONARIO).padStart(6, '0'),
    NOME,
    CARGO: 'VENDEDOR',
    INATIVO: false,
    FILIAL,
  }));
  return [
    ...rows,
    { FUNCIONARIO: 25, COD_FUNCIONARIO: '000025', NOME: 'Otávio Reis', CARGO: 'VENDEDOR', INATIVO: true, FILIAL: 8 },
  ];
}

function paymentType(tipo_pgto: number, desc_tipo: string, especie: string): JsonObject {
  return { tipo_pgto, cod_tipo_pgto: String(tipo_pgto).padStart(2, '0'), desc_tipo, especie, ativo: true };
}

function numbered(field: string, names: readonly string[]): JsonObject[] {
  return names.map((name, index) => ({ [field]: index + 1, [`desc_${field}`]: name }));
}

/** Percentages of a term add up to 100; the first instalment carries what does not divide. */
function term(condicoes_pgto: number, descricao: string, count: number, days: number): JsonObject {
  const share = Math.floor(10_000 / count) / 100;
  const first = Math.round((100 - share * (count - 1)) * 100) / 100;
  const parcelas = Array.from({ length: count }, (_, index) => ({
    numero: index + 1,
    dias: days * (index + 1),
    percentual: index === 0 ? first : share,
  }));
  return { condicoes_pgto, codigo: String(condicoes_pgto), descricao, parcelas };
}

function reason(motivo: number, descricao: string, natureza: string): JsonObject {
  return { motivo, codigo: String(motivo).padStart(3, '0'), descricao, natureza, ativo: true };
}
