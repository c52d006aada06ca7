import type { Language } from './format.ts';
import type { KeyFunction, KeyPlace } from './keys.ts';

/** The words for the keys, for the window and the printed card alike. */
export type KeyTexts = {
  readonly title: string;
  readonly functions: Readonly<Record<KeyFunction, string>>;
  readonly places: Readonly<Record<KeyPlace, string>>;
  readonly payment: string;
  readonly pad: string;
  /** The number pad alone runs a sale; its characters belong to what is typed and are the same everywhere. */
  readonly padKeys: readonly (readonly [key: string, meaning: string])[];
  /** Keys that no group changes. */
  readonly fixedKeys: readonly (readonly [key: string, meaning: string])[];
};

export const keyTexts: Readonly<Record<Language, KeyTexts>> = {
  'pt-BR': {
    title: 'Teclas',
    functions: {
      help: 'Ajuda',
      lock: 'Bloquear',
      sync: 'Servidor e envio',
      cpf: 'CPF',
      customer: 'Cliente',
      search: 'Buscar',
      salesperson: 'Vendedor',
      discount: 'Desconto',
      removeItem: 'Tirar item',
      park: 'Suspender',
      pay: 'Receber',
      cash: 'Caixa',
      priceCheck: 'Consultar preço',
      sales: 'Movimentações',
      summary: 'Resumo do dia',
      pix: 'Pix a conferir',
      openDrawer: 'Abrir a gaveta',
      abandon: 'Desistir',
      finish: 'Finalizar',
      printAgain: 'Imprimir de novo',
      cancelSale: 'Cancelar a venda',
      pixFound: 'Pix: entrou',
      pixNotFound: 'Pix: não entrou',
      pixReturned: 'Pix: devolvido',
      supply: 'Suprimento',
      withdrawal: 'Sangria',
      partial: 'Resumo parcial',
      cashPapers: 'Comprovantes do caixa',
      recount: 'Recontar',
      closeSession: 'Fechar o caixa',
      registerCustomer: 'Cadastrar cliente',
    },
    places: {
      everywhere: 'Em qualquer tela',
      till: 'Na venda',
      payment: 'No recebimento',
      finished: 'Venda concluída',
      sales: 'Nas movimentações',
      pix: 'No Pix',
      cash: 'No caixa',
      customer: 'No cliente da venda',
    },
    payment: 'Formas de pagamento',
    pad: 'Só com o teclado numérico',
    padKeys: [
      ['*', '3* e passe a peça: vende 3. Só * muda a quantidade do item marcado'],
      ['/', '/24 Enter: vendedor dos próximos itens'],
      ['//', '//24 Enter: vendedor da venda toda'],
      ['-', 'Desconto no item marcado'],
      ['+', 'Receber'],
    ],
    fixedKeys: [
      ['?', 'Estas teclas'],
      ['Setas', 'Marcar outro item'],
      ['Esc', 'Voltar. Nunca desiste da venda'],
    ],
  },
  en: {
    title: 'Keys',
    functions: {
      help: 'Help',
      lock: 'Lock',
      sync: 'Server and sending',
      cpf: 'CPF',
      customer: 'Customer',
      search: 'Search',
      salesperson: 'Salesperson',
      discount: 'Discount',
      removeItem: 'Remove item',
      park: 'Park',
      pay: 'Pay',
      cash: 'Cash',
      priceCheck: 'Price check',
      sales: 'Sales',
      summary: 'Day summary',
      pix: 'Pix to check',
      openDrawer: 'Open the drawer',
      abandon: 'Abandon',
      finish: 'Finish',
      printAgain: 'Print again',
      cancelSale: 'Cancel the sale',
      pixFound: 'Pix: arrived',
      pixNotFound: 'Pix: did not arrive',
      pixReturned: 'Pix: given back',
      supply: 'Supply',
      withdrawal: 'Withdrawal',
      partial: 'Partial summary',
      cashPapers: 'Papers of the cash session',
      recount: 'Count again',
      closeSession: 'Close the session',
      registerCustomer: 'Register a customer',
    },
    places: {
      everywhere: 'On every screen',
      till: 'In the sale',
      payment: 'While paying',
      finished: 'Sale finished',
      sales: 'In the list of sales',
      pix: 'Pix',
      cash: 'Cash',
      customer: 'Customer of the sale',
    },
    payment: 'Ways to pay',
    pad: 'With the number pad alone',
    padKeys: [
      ['*', '3* then scan: sells 3. * alone changes the marked item'],
      ['/', '/24 Enter: salesperson of the next items'],
      ['//', '//24 Enter: salesperson of the whole sale'],
      ['-', 'Discount on the marked item'],
      ['+', 'Pay'],
    ],
    fixedKeys: [
      ['?', 'These keys'],
      ['Arrows', 'Mark another item'],
      ['Esc', 'Back. Never abandons the sale'],
    ],
  },
};
