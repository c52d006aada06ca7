import { countPt, deliveryStatesPt, shortId } from './refusal-words.ts';
import type { TextsOf } from './refusal-text-types.ts';

/** Refusals about customers, in both languages. */
export const customerTexts = {
  'pt-BR': {
    customer_not_found: (r) => [
      `Cliente ${shortId(r.personId)} não está no cadastro desta estação`,
      'Procure de novo pelo CPF ou pelo nome, ou cadastre o cliente.',
    ],
    search_too_short: (r) => [
      `A busca precisa de ${r.minimum} letras do nome ou do CPF inteiro`,
      'Digite mais letras, ou os 11 dígitos do CPF.',
    ],
    customer_not_waiting: (r) => [
      `A venda ${shortId(r.saleId)} não espera por um cliente recusado, nem foi recusada`,
      'Um cliente que o ERP perdeu é enviado de novo sozinho, e a venda atrás dele: veja em que ponto ela está na lista de vendas.',
    ],
    customer_undelivered: (r) => [
      `Cadastro ainda não entregue ao ERP (${deliveryStatesPt[r.state] ?? r.state}, ${countPt(r.sales, 'venda', 'vendas')} à espera)`,
      'Espere o envio. Se foi recusado, corrija o cadastro ou envie as vendas sem o cliente; depois apague.',
    ],
    customer_not_at_server: (r) => [
      `O ERP não tem o cliente ${r.customerId}, ou ele está sem CPF`,
      'Procure de novo, ou cadastre o cliente com o CPF.',
    ],
  },
  en: {
    customer_not_found: (r) => [
      `Customer ${shortId(r.personId)} is not registered at this station`,
      'Search again by CPF or name, or register the customer.',
    ],
    search_too_short: (r) => [
      `The search needs ${r.minimum} letters of the name, or the whole CPF`,
      'Type more letters, or the 11 digits of the CPF.',
    ],
    customer_not_waiting: (r) => [
      `Sale ${shortId(r.saleId)} is not waiting for a customer that was refused, nor was it refused`,
      'A customer that the ERP lost is sent again by itself, and the sale after it: see where it stands in the sales list.',
    ],
    customer_undelivered: (r) => [
      `The registration has not reached the ERP yet (${r.state}, sales waiting: ${r.sales})`,
      'Wait until it is sent. If it was refused, correct it or send the sales without the customer; then erase.',
    ],
    customer_not_at_server: (r) => [
      `The ERP does not have customer ${r.customerId}, or has it without a CPF`,
      'Search again, or register the customer with the CPF.',
    ],
  },
} satisfies TextsOf<'P'>;
