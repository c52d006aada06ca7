import type { PixState } from '../../contract/pix-views.ts';
import type { PaymentTypeView } from '../../contract/station-views.ts';

const UNAVAILABLE: Readonly<Record<NonNullable<PaymentTypeView['unavailable']>, string>> = {
  kind: 'ainda não aceito aqui',
  pix_key_missing: 'o grupo de estações não tem chave Pix',
  pix_key_invalid: 'a chave Pix do grupo não é válida',
  pix_city_missing: 'falta a cidade no Pix do grupo',
};

const STATES: Readonly<Record<PixState, string>> = {
  waiting: 'QR aberto no caixa',
  given_up: 'Retirado da venda',
  to_check: 'A conferir',
  checked: 'Conferido',
  missing: 'Não entrou',
  to_return: 'A devolver',
  returned: 'Devolvido',
};

/** The texts of Pix by the shop's own QR in Brazilian Portuguese. */
export const ptBRPix = {
  pix: {
    unavailable: (why: NonNullable<PaymentTypeView['unavailable']>): string => UNAVAILABLE[why],
    waiting: 'Pix a receber',
    qr: (amount: string) => `QR do Pix de ${amount}`,
    say: 'Diga ao cliente',
    sayText: '“Leia este QR no aplicativo do seu banco e confira o valor.”',
    look: 'Veja no banco da loja',
    lookText:
      'A estação não sabe sozinha se o Pix entrou: a loja confere no aplicativo do banco. Comprovante no celular do cliente não vale.',
    foundAgain: 'Este Pix ficou sem resposta',
    foundAgainText:
      'O QR já tinha sido mostrado. O que houve com ele? Procure o código abaixo no banco da loja antes de responder.',
    received: 'Recebido, vi no banco',
    notReceived: 'Não recebi: tirar o Pix',
    notReceivedText: 'Se o cliente pagar depois, o código aparece no extrato e está na lista Pix a conferir, em Todos.',
    copyPaste: 'Pix copia e cola',
    copyPasteHint: 'Ctrl+C copia',
    txid: 'Código no extrato',
    answerFirst: 'responda antes o Pix',
    waitingTender: 'esperando o cliente',
    seenTender: 'visto no banco · a conferir',
    takenBack: 'Pix tirado da venda: devolva o dinheiro. Ele está na lista Pix a conferir.',
    title: 'Pix a conferir',
    open: (count: number) => (count === 0 ? 'Pix a conferir' : `Pix a conferir · ${count}`),
    toCheck: (count: number, amount: string) => `${count} a conferir · ${amount}`,
    toReturn: (count: number, amount: string) => `${count} a devolver · ${amount}`,
    howTo: 'Abra o extrato do banco e procure cada código.',
    filter: 'Quais',
    filterOpen: 'A conferir',
    filterAll: 'Todos',
    list: 'Pix desta estação',
    empty: 'Nenhum Pix a conferir.',
    emptyAll: 'Nenhum Pix ainda.',
    shown: 'Mostrado',
    sale: (number: string) => `venda ${number}`,
    noSale: 'sem venda',
    amount: 'Valor',
    situation: 'Situação',
    state: (state: PixState): string => STATES[state],
    answered: (state: PixState): string => (state === 'given_up' ? 'Retirado no caixa' : 'Respondido no caixa'),
    checked: 'Conferido no extrato',
    note: 'Anotação',
    found: 'Encontrei no extrato',
    notFound: 'Não entrou',
    returned: 'Devolvi ao cliente',
    notNow: (state: string) => `não se aplica: ${state.toLowerCase()}`,
    toReturnText: 'O dinheiro entrou e não tem venda. Devolva pelo aplicativo do banco e marque aqui.',
    notFoundTitle: 'O Pix não entrou',
    notFoundText: (amount: string) => `${amount} ficam marcados como não recebidos. Fica registrado quem conferiu.`,
    notFoundReasons: ['Não está no extrato', 'Veio outro valor', 'Pix agendado, não pago'] as readonly string[],
    returnedTitle: 'Dinheiro devolvido',
    returnedText: (amount: string) => `${amount} devolvidos ao cliente pelo banco. Fica registrado quem devolveu.`,
    returnedReasons: ['Devolvido pelo aplicativo do banco', 'Devolvido em dinheiro'] as readonly string[],
    marked: (txid: string) => `Pix ${txid} marcado`,
  },
};
