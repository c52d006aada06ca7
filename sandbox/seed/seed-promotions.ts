import type { JsonObject } from '../http/json.ts';

/**
 * The demo store's promotions, one of each common kind; the last two are over and switched off.
 *
 * `dias_semana`: 1 is Monday, 7 Sunday, none means every day. `condicao` says which goods and what else must hold,
 * `beneficio` what the customer gets; both are documents of this project's own making.
 */
export function seedPromotions(): readonly JsonObject[] {
  return [
    promotion(1, 'LEVE3', 'Leve 3, pague 2 em camisetas', {
      prioridade: 10,
      condicao: { grupos: ['Camisetas'], quantidade: 3 },
      beneficio: { tipo: 'LEVE_PAGUE', leva: 3, paga: 2 },
    }),
    promotion(2, 'SEG50', 'Segunda peça com 50% em calçados', {
      prioridade: 20,
      condicao: { grupos: ['Calçados'], quantidade: 2 },
      beneficio: { tipo: 'SEGUNDA_PECA', percentual: 50 },
    }),
    promotion(3, 'PROG', 'Vestidos: 2 peças 10%, 3 peças 15%', {
      prioridade: 30,
      condicao: { grupos: ['Vestidos'] },
      beneficio: {
        tipo: 'PROGRESSIVO',
        faixas: [
          { quantidade: 2, percentual: 10 },
          { quantidade: 3, percentual: 15 },
        ],
      },
    }),
    promotion(4, 'PIX5', '5% no Pix acima de R$ 200', {
      prioridade: 90,
      acumulativa: true,
      condicao: { total_minimo: 200, tipos_pgto: [4] },
      beneficio: { tipo: 'PERCENTUAL', percentual: 5 },
    }),
    promotion(5, 'BOLSA', 'Terça da bolsa: R$ 50 de desconto na filial Centro', {
      prioridade: 40,
      dias_semana: [2],
      filiais: [8],
      condicao: { departamentos: ['Acessórios'], grupos: ['Bolsas'] },
      beneficio: { tipo: 'VALOR', valor: 50 },
    }),
    promotion(6, 'INV26', 'Liquidação de inverno 2026', {
      fim: '2026-08-31',
      condicao: { colecoes: ['Inverno 2026'] },
      beneficio: { tipo: 'PERCENTUAL', percentual: 30 },
    }),
    promotion(7, 'TESTE', 'Desconto para teste', {
      ativo: false,
      condicao: {},
      beneficio: { tipo: 'PERCENTUAL', percentual: 99 },
    }),
  ];
}

function promotion(promocao: number, codigo: string, descricao: string, rest: JsonObject): JsonObject {
  return {
    promocao,
    codigo,
    descricao,
    inicio: '2026-08-01',
    fim: '2027-12-31',
    dias_semana: [],
    prioridade: 50,
    acumulativa: false,
    filiais: [],
    ativo: true,
    ...rest,
  };
}
