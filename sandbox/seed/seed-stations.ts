import type { JsonObject } from '../http/json.ts';

/**
 * The PIN of each operator of the demo by the operator's code, as a PHC string: argon2id, 19 MiB, 2 passes. Any back office
 * has the hashes and not the PINs, which are in the README; to make these at each start would take half a second.
 */
export const PIN_HASHES = {
  1: '$argon2id$v=19$m=19456,t=2,p=1$RAGdWB8rQhvzsKTkuHz/7Q$gtueQ+82ZvgMbB9bf9IDrHn/gDaMcIoNMD7OSoHXywA',
  2: '$argon2id$v=19$m=19456,t=2,p=1$AIZTtT5HK913mVvRmebXcQ$9dXLoGyn2rAcw2YDhrL9BdYJrmT8yVur8xwngXjE85s',
  3: '$argon2id$v=19$m=19456,t=2,p=1$rOPKTY4WAON2jAwb8FpSpA$X+uCD16NYJ+e4atogrTgheEPSbPAwYesDAQUI1slXHg',
  9: '$argon2id$v=19$m=19456,t=2,p=1$+/30ScybTDX41RD3Q9WWiQ$ljktID5MU2n9XK5CHhM2d9LLHgTBxUOXekw7NeJzd+I',
  99: '$argon2id$v=19$m=19456,t=2,p=1$IXUUMFBsgdr18oJBoa3uCw$dkuZ2JaQp5qx4kMYzHgroyr1rSFIvKV7r5E0AQNVFy4',
} as const;

/** As many stations as are wanted, three of them in the first branch and the others in the second. */
export function seedStations(count: number): readonly JsonObject[] {
  return Array.from({ length: count }, (_, index) => station(index + 1));
}

/** The two digits of a station's code and of its user. */
export function stationDigits(number: number): string {
  return String(number).padStart(2, '0');
}

/** The demo's operators, one of them inactive. */
export function seedOperators(): readonly JsonObject[] {
  return [
    operator(1, 'Ana Souza', 'CAIXA'),
    operator(2, 'Bruno Lima', 'CAIXA'),
    operator(3, 'Eva Castro', 'CAIXA', false),
    operator(9, 'Carla Dias', 'GERENTE'),
    operator(99, 'Diego Alves', 'SUPERVISOR'),
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

function operator(operador: keyof typeof PIN_HASHES, nome: string, perfil: string, ativo = true): JsonObject {
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
  return { operador, codigo: String(operador), nome, perfil, pin_hash: PIN_HASHES[operador], permissoes, ativo };
}
