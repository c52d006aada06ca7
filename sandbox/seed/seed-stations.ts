import type { JsonObject } from '../http/json.ts';
import { pinHash } from './pin-hash.ts';

/** As many stations as are wanted, three of them in the first branch and the others in the second. */
export function seedStations(count: number): readonly JsonObject[] {
  return Array.from({ length: count }, (_, index) => station(index + 1));
}

/** The two digits of a station's code and of its user. */
export function stationDigits(number: number): string {
  return String(number).padStart(2, '0');
}

/** The demo's operators; their PINs are in the README, one of them is inactive. */
export function seedOperators(): readonly JsonObject[] {
  return [
    operator(1, '1', 'Ana Souza', 'CAIXA', '1111'),
    operator(2, '2', 'Bruno Lima', 'CAIXA', '2222'),
    operator(3, '3', 'Eva Castro', 'CAIXA', '3333', false),
    operator(9, '9', 'Carla Dias', 'GERENTE', '9999'),
    operator(99, '99', 'Diego Alves', 'SUPERVISOR', '9090'),
  ];
}

function station(number: number): JsonObject {
  const filial = number <= 3 ? 8 : 9;
  return {
    estacao: number,
    codigo: `E${stationDigits(number)}`,
    descricao: `Caixa ${number}`,
    grupo: 1,
    filial,
    cod_filial: filial === 8 ? '00010' : '00011',
    cod_caixa: number,
    serie: String(number),
    evento_venda: '10',
    evento_devolucao: '20',
    vitrine: 2,
    tabela: 1,
    ativo: true,
  };
}

function operator(
  operador: number,
  codigo: string,
  nome: string,
  perfil: string,
  pin: string,
  ativo = true,
): JsonObject {
  const superior = perfil === 'CAIXA' ? 'pede' : 'sim';
  const permissoes = {
    vender: 'sim',
    desconto: 'sim',
    cancelar: superior,
    trocar: 'sim',
    abrirCaixa: 'sim',
    fecharCaixa: 'sim',
    suprimento: 'sim',
    sangria: superior,
    passagem: 'sim',
    conferencia: superior,
    abrirGaveta: superior,
    itemNaoCadastrado: superior,
    desistir: 'sim',
    configurar: perfil === 'CAIXA' ? 'nao' : 'sim',
    relatorios: perfil === 'CAIXA' ? 'nao' : 'sim',
  };
  return { operador, codigo, nome, perfil, pin_hash: pinHash(pin, `operador-${codigo}`), permissoes, ativo };
}
