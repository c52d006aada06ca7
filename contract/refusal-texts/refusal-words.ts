type Words = Readonly<Record<string, string>>;

export const permissionsPt: Words = {
  administer_station: 'mudar o servidor, a integração ou os cadastros desta estação',
  discount: 'dar este desconto',
  cancel_sale: 'cancelar uma venda',
  abandon_sale: 'desistir de uma venda',
  close_session: 'fechar o caixa',
  replace_station: 'substituir uma estação',
  open_past_day: 'abrir o caixa com a data ou a hora em dúvida',
  erase_customer: 'apagar os dados de um cliente',
  check_pix: 'conferir um Pix no extrato',
  cash_supply: 'lançar um suprimento',
  cash_withdrawal: 'fazer uma sangria',
  see_expected: 'ver os valores esperados do caixa',
  sell_past_day: 'vender com o caixa de outro dia',
  open_drawer: 'abrir a gaveta sem venda',
};
export const permissionsEn: Words = {
  administer_station: "change this station's server, integration or registers",
  discount: 'give this discount',
  cancel_sale: 'cancel a sale',
  abandon_sale: 'abandon a sale',
  close_session: 'close the cash session',
  replace_station: 'replace a station',
  open_past_day: 'open the cash session on a doubtful date or time',
  erase_customer: 'erase the data of a customer',
  check_pix: 'check a Pix against the statement',
  cash_supply: 'put cash into the drawer',
  cash_withdrawal: 'take cash out of the drawer',
  see_expected: 'see what the drawer should hold',
  sell_past_day: 'sell with the cash session of another day',
  open_drawer: 'open the drawer without a sale',
};
export const troublePt: Words = {
  unreachable: 'não responde',
  no_device: 'não está ligada nesta máquina',
  paper_out: 'sem papel',
  cover_open: 'tampa aberta',
  printer_error: 'avisa um defeito',
  interrupted: 'parou no meio',
  not_confirmed: 'não confirmou',
};
export const troubleEn: Words = {
  unreachable: 'it does not answer',
  no_device: 'it is not connected to this machine',
  paper_out: 'out of paper',
  cover_open: 'its cover is open',
  printer_error: 'it reports a defect',
  interrupted: 'it stopped in the middle',
  not_confirmed: 'it did not confirm',
};
export const profilesPt: Words = { cashier: 'caixa', manager: 'gerente', supervisor: 'supervisor' };
export const saleStatesPt: Words = {
  open: 'aberta',
  parked: 'suspensa',
  completed: 'finalizada',
  abandoned: 'abandonada',
};
export const deliveryStatesPt: Words = {
  pending: 'a enviar',
  sending: 'enviando',
  unknown: 'a confirmar',
  sent: 'enviado',
  confirmed: 'confirmado',
  rejected: 'recusado',
  diverged: 'divergente',
  annulled: 'anulado',
  discarded: 'descartado',
};
export const pixLacksPt: Words = {
  pix_key_missing: 'o grupo de estações não tem chave Pix',
  pix_key_invalid: 'a chave Pix do grupo de estações não é válida',
  pix_city_missing: 'falta a cidade no Pix do grupo de estações',
};
export const pixLacksEn: Words = {
  pix_key_missing: 'the station group has no Pix key',
  pix_key_invalid: 'the Pix key of the station group is not valid',
  pix_city_missing: 'the Pix of the station group lacks the city',
};
export const pixStatesPt: Words = {
  waiting: 'esperando o cliente pagar',
  given_up: 'retirado',
  to_check: 'a conferir',
  checked: 'conferido',
  missing: 'não encontrado no extrato',
  to_return: 'a devolver',
  returned: 'devolvido',
};
export const pixStatesEn: Words = {
  waiting: 'waiting for the customer',
  given_up: 'taken back',
  to_check: 'to check',
  checked: 'checked',
  missing: 'not in the statement',
  to_return: 'to give back',
  returned: 'given back',
};
export const cardFieldsPt: Words = { cardBrandId: 'Bandeira', acquirerId: 'Adquirente' };
export const cardFieldsEn: Words = { cardBrandId: 'Card brand', acquirerId: 'Acquirer' };

export function countPt(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** The end of an id: enough to tell two apart on a screen. */
export function shortId(id: string): string {
  return id.slice(-6);
}
