import type { MovementFilter, MovementKind } from '../../contract/movement-views.ts';
import type { DeliveryView } from '../../contract/sale-views.ts';

const kinds: Record<MovementKind, string> = {
  sale: 'Venda',
  cancellation: 'Cancelamento',
  opening: 'Abertura do caixa',
  supply: 'Suprimento',
  withdrawal: 'Sangria',
  closing: 'Fechamento de caixa',
  customer: 'Cliente',
};

const recorded: Record<MovementKind, string> = {
  sale: 'Venda finalizada',
  cancellation: 'Venda cancelada',
  opening: 'Caixa aberto',
  supply: 'Suprimento',
  withdrawal: 'Sangria',
  closing: 'Caixa fechado',
  customer: 'Cliente cadastrado ou corrigido',
};

const filterStates: Record<NonNullable<MovementFilter['state']>, string> = {
  waiting: 'A enviar',
  confirmed: 'Confirmadas',
  rejected: 'Recusadas',
  cancelled: 'Vendas canceladas',
  given_up: 'Descartadas',
};

const filterKinds: Record<NonNullable<MovementFilter['kind']>, string> = {
  sale: 'Vendas',
  cancellation: 'Cancelamentos',
  cash: 'Caixa',
  customer: 'Clientes',
};

const documents: Record<DeliveryView['kind'], string> = {
  sale: 'Venda',
  cancellation: 'Cancelamento',
  customer: 'Cliente',
  cash: 'Caixa',
};

/** The texts of the movements and of the repair of refused documents in Brazilian Portuguese. */
export const ptBRMovements = {
  movements: {
    title: 'Movimentações',
    list: 'Movimentações desta estação',
    count: (count: number) => (count === 1 ? '1 ao todo' : `${count.toLocaleString('pt-BR')} ao todo`),
    found: (count: number) => (count === 1 ? '1 encontrada' : `${count.toLocaleString('pt-BR')} encontradas`),
    empty: 'Nada registrado ainda.',
    nothingFits: 'Nenhuma movimentação com este filtro. Esc mostra todas.',
    what: 'Número',
    when: 'Quando',
    amount: 'Valor',
    delivery: 'Envio ao ERP',
    kind: (kind: MovementKind) => kinds[kind],
    cancelled: 'Cancelada',
    filter: 'Filtrar as movimentações',
    find: 'Número ou valor',
    state: 'Envio',
    anyState: 'Todos os envios',
    filterState: (state: NonNullable<MovementFilter['state']>) => filterStates[state],
    kindLabel: 'Tipo',
    anyKind: 'Todos os tipos',
    filterKind: (kind: NonNullable<MovementFilter['kind']>) => filterKinds[kind],
    day: 'Dia de movimento',
    dayHint: 'dd/mm/aaaa',
    dayWrong: 'Digite um dia, por exemplo 21/11.',
    toRows: 'Ir para as linhas',
    jump: 'Ir para',
    jumpTo: 'Dia ou número',
    jumpHint: '21/11, 21/11/2026, 123 ou E01000000123. A lista inteira volta a aparecer.',
    jumpMissing: 'Não há movimentação com este número, nem neste dia ou antes dele.',
    timeline: 'Andamento',
    waiting: 'Guardada aqui; segue sozinha.',
    recorded: (kind: MovementKind) => recorded[kind],
    detached: 'Segue sem o cliente',
    resent: 'Reenvio pedido',
    recheckedEqual: 'Conferida de novo no ERP: está lá, igual',
    recheckedNot: 'Conferida de novo no ERP: continua sem estar igual',
    confirmed: 'Confirmada pelo ERP: lida de volta e igual',
    confirmedAs: (number: string) => `Confirmada pelo ERP com o número ${number}: lida de volta e igual`,
    comparedEqual: 'Dia comparado com a lista do ERP: igual',
    comparedNot: 'Dia comparado com a lista do ERP: diferente',
    discarded: 'Descartada',
    annulled: 'Anulada: a venda foi descartada, não há o que cancelar no ERP',
    alreadyCancelled: 'Esta venda já foi cancelada.',
    noSession: 'Abra o caixa para cancelar.',
  },
  repair: {
    kind: (kind: DeliveryView['kind']) => documents[kind],
    mendOther: (number: string) => `Espera por ${number}: resolva aquele.`,
    mendCustomer: 'Corrija o cliente, ou envie a venda sem ele.',
    noCustomer: 'Esta venda não espera por um cliente.',
    isThere: (number: string) => `${number} está no ERP, igual`,
    isNot: (number: string) => `${number} continua sem estar igual no ERP`,
    discarded: (number: string) => `${number} descartado`,
    detached: (number: string) => `${number} segue sem o cliente`,
    discardTitle: (number: string) => `Descartar ${number}`,
    discardText: (kind: DeliveryView['kind'], amount: string) =>
      kind === 'sale'
        ? `A venda de ${amount} nunca será enviada ao ERP, nem o cancelamento dela. O estoque e o financeiro do ERP ficam sem ela. Aqui continua registrada. Não pode ser desfeito.`
        : kind === 'cancellation'
          ? `O cancelamento de ${amount} nunca será enviado: no ERP a venda continua valendo. Não pode ser desfeito.`
          : 'O ERP nunca saberá deste movimento de caixa. Aqui continua registrado. Não pode ser desfeito.',
    discardReasons: ['Lançado no ERP à mão', 'Já está no ERP', 'Venda de teste'] as readonly string[],
    detachTitle: (number: string) => `Enviar ${number} sem o cliente`,
    detachText:
      'No ERP a venda fica com o cliente padrão: o nome, o histórico e as vantagens do cliente se perdem nela. Não pode ser desfeito.',
    detachReasons: ['O ERP recusa o cadastro', 'CPF de outra pessoa'] as readonly string[],
  },
};
