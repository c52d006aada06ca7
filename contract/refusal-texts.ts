// oxlint-disable max-lines -- one table of texts, read and translated as a whole; it has no logic to split
import {
  DEFAULT_TIME_ZONE,
  formatCents,
  formatDay,
  formatInstant,
  formatPercent,
  formatQuantity,
  type Language,
} from './format.ts';
import { shortCode, type Refusal, type RefusalCode, type RefusalOf } from './refusals.ts';

/** A refusal in words: what happened with its facts, what to do next, and the code to say over the phone. */
export type RefusalText = { readonly title: string; readonly nextStep: string; readonly shortCode: string };

/** One text per refusal code; a code without a text does not compile. */
type Texts = {
  readonly [Code in RefusalCode]: (
    facts: RefusalOf<Code>,
    timeZone: string,
  ) => readonly [title: string, nextStep: string];
};

/** The words for `refusal` in `language`, its hours in the zone of the branch, for the window and the command line alike. */
export function refusalText(refusal: Refusal, language: Language, timeZone: string = DEFAULT_TIME_ZONE): RefusalText {
  // Each entry takes exactly the refusal of its own key, which the compiler cannot follow through the lookup.
  const write = texts[language][refusal.code] as (facts: Refusal, timeZone: string) => readonly [string, string];
  const [title, nextStep] = write(refusal, timeZone);
  return { title, nextStep, shortCode: shortCode(refusal.code) };
}

const portuguese: Texts = {
  unknown_barcode: (r) => [
    `Código ${r.barcode} não está no cadastro`,
    'Passe a peça de novo ou digite o código da etiqueta. Se continuar, confira a etiqueta com o gerente.',
  ],
  ambiguous_barcode: (r) => [
    `Código ${r.barcode} pertence a ${r.choices.length} produtos`,
    'Escolha na lista a peça que está na sua mão.',
  ],
  product_blocked: (r) => [
    `${r.description} está bloqueado para venda`,
    'Separe a peça e fale com o gerente. O bloqueio é retirado no ERP.',
  ],
  product_inactive: (r) => [
    `${r.description} está inativo no cadastro`,
    'Separe a peça e fale com o gerente. O produto é reativado no ERP.',
  ],
  price_missing: (r) => [
    `${r.description} está sem preço`,
    'Não venda sem preço. Peça ao gerente que informe o preço no ERP; ele chega aqui na próxima atualização.',
  ],
  quantity_absurd: (r) => [
    `Quantidade ${formatQuantity(r.quantityMilli)} não é aceita (máximo ${formatQuantity(r.maximumMilli)})`,
    'Confira a quantidade digitada e passe a peça de novo.',
  ],
  sale_not_found: (r) => [
    `Venda ${shortId(r.saleId)} não encontrada nesta estação`,
    'Abra Movimentações (lista de vendas) e escolha a venda de novo.',
  ],
  sale_not_open: (r) => [
    `Venda ${shortId(r.saleId)} não está aberta (está ${saleStatesPt[r.state] ?? r.state})`,
    'Comece uma nova venda passando a próxima peça.',
  ],
  another_sale_open: (r) => [
    `Já há uma venda aberta (${shortId(r.saleId)})`,
    'Termine, suspenda ou desista da venda aberta antes de começar outra.',
  ],
  line_not_found: (r) => [
    `O item ${shortId(r.lineId)} não está mais na venda`,
    'Confira a lista de itens e escolha o item de novo.',
  ],
  sale_empty: () => ['A venda ainda não tem itens', 'Passe a primeira peça.'],
  discount_above_limit: (r) => [
    `Desconto de ${formatPercent(r.requestedBp)} acima do seu limite de ${formatPercent(r.limitBp)}`,
    'Diminua o desconto ou peça a liberação do gerente.',
  ],
  discount_above_price: (r) => [
    `Desconto de ${formatCents(r.requestedCents)} é maior que o preço de ${formatCents(r.priceCents)}`,
    'Informe um desconto menor que o preço.',
  ],
  tender_too_small: (r) => [
    `Faltam ${formatCents(r.missingCents)}: pago ${formatCents(r.tenderedCents)} de ${formatCents(r.totalCents)}`,
    'Receba o que falta e finalize.',
  ],
  change_not_allowed: (r) => [
    `${r.paymentType} não dá troco: ${formatCents(r.amountCents)} é mais que os ${formatCents(r.dueCents)} a pagar`,
    `Informe no máximo ${formatCents(r.dueCents)} nesta forma de pagamento.`,
  ],
  nothing_due: () => ['A venda já está paga', 'Finalize com F10, ou tire um pagamento antes de lançar outro.'],
  payment_type_unknown: (r) => [
    `Forma de pagamento ${r.paymentTypeId} não está no cadastro`,
    'Escolha uma das formas de pagamento da tela.',
  ],
  payment_type_unsupported: (r) => [
    `${r.paymentType} ainda não é aceito neste caixa`,
    'Receba em outra forma de pagamento.',
  ],
  tender_not_found: (r) => [
    `O pagamento ${shortId(r.tenderId)} não está mais na venda`,
    'Confira os pagamentos da tela e continue.',
  ],
  tender_present: (r) => [
    `A venda já tem ${formatCents(r.tenderedCents)} em pagamentos`,
    'Tire os pagamentos antes de mudar os itens.',
  ],
  salesperson_unknown: (r) => [
    `Vendedor ${r.salespersonCode} não está no cadastro`,
    'Confira o código do vendedor ou escolha na lista (F4).',
  ],
  salesperson_required: () => ['Falta o vendedor desta venda', 'Informe o vendedor com F4 ou digite /código.'],
  cpf_invalid: (r) => [`CPF ${r.cpf} não é válido`, 'Confira os números com o cliente, ou siga sem CPF.'],
  sale_not_completed: (r) => [
    `Venda ${shortId(r.saleId)} não foi finalizada, por isso não há o que cancelar`,
    'Para deixar uma venda aberta, use desistir da venda.',
  ],
  sale_already_cancelled: (r, timeZone) => [
    `Venda já cancelada em ${formatInstant(r.cancelledAt, 'pt-BR', timeZone)}`,
    'Nada mais a fazer: o cancelamento está na lista de vendas.',
  ],
  cancellation_too_late: (r) => [
    `Venda feita há ${r.ageMinutes} min: o prazo para cancelar é de ${r.limitMinutes} min`,
    'Faça a devolução da mercadoria em vez do cancelamento.',
  ],
  card_field_unknown: (r) => [
    `${cardFieldsPt[r.field] ?? r.field} ${r.value} não está no cadastro`,
    'Escolha uma opção da lista, ou deixe sem informar.',
  ],
  sale_too_large: (r) => [
    `Venda de ${formatCents(r.totalCents)} passa do máximo de ${formatCents(r.maximumCents)}`,
    'Confira as quantidades. Se estiverem certas, divida em duas vendas.',
  ],
  installments_invalid: (r) => [
    `${r.installments} parcelas não são aceitas (máximo ${r.maximum})`,
    `Escolha de 1 a ${r.maximum} parcelas.`,
  ],
  operator_unknown: (r) => [
    `Operador ${r.operatorCode} não está no cadastro`,
    'Confira o código ou escolha o operador na tela.',
  ],
  pin_wrong: (r) => [
    'PIN incorreto',
    r.attemptsLeft === 1
      ? 'Resta 1 tentativa antes do bloqueio.'
      : `Digite de novo. Restam ${r.attemptsLeft} tentativas antes do bloqueio.`,
  ],
  operator_locked: (r, timeZone) => [
    `Operador bloqueado até ${formatInstant(r.until, 'pt-BR', timeZone)} por PIN incorreto`,
    'Espere o horário indicado, ou entre com outro operador.',
  ],
  login_required: () => ['Nenhum operador entrou neste caixa', 'Escolha o operador e digite o PIN.'],
  permission_required: (r) => [
    `Para ${permissionsPt[r.permission] ?? r.permission} é preciso o perfil ${profilesPt[r.profile] ?? r.profile}`,
    'Peça a liberação do gerente: ele digita o PIN aqui mesmo.',
  ],
  permission_denied: (r) => [
    `O ERP não permite a este operador ${permissionsPt[r.permission] ?? r.permission}`,
    'Chame quem pode: outra pessoa entra no caixa com o próprio PIN.',
  ],
  approval_invalid: (r) => [
    `A liberação para ${permissionsPt[r.permission] ?? r.permission} já foi usada ou não vale`,
    'Peça a liberação do gerente de novo.',
  ],
  session_closed: () => ['O caixa está fechado', 'Abra o caixa com o fundo de troco para vender.'],
  session_already_open: () => ['O caixa já está aberto', 'Siga vendendo, ou feche o caixa antes de abrir outro.'],
  session_has_open_sales: (r) => [
    `Há ${countPt(r.open, 'venda aberta', 'vendas abertas')} e ${countPt(r.parked, 'suspensa', 'suspensas')}`,
    'Finalize ou desista delas antes de fechar o caixa.',
  ],
  session_day_in_past: (r) => [
    `O relógio diz ${formatDay(r.businessDay)}, mas já há vendas de ${formatDay(r.lastBusinessDay)}`,
    'Confira a data do computador. Para abrir assim mesmo, peça a liberação do gerente.',
  ],
  station_not_enrolled: () => [
    'Esta estação ainda não está configurada',
    'Abra a loja de demonstração, ou informe o servidor da sua loja.',
  ],
  already_enrolled: (r) => [
    `Esta instalação já é a estação ${r.stationCode} de ${r.server}`,
    'Use outra pasta de dados para outra estação.',
  ],
  server_unreachable: (r) => [
    `O servidor ${r.server} não respondeu (${r.reason})`,
    'Confira o endereço e a rede e tente de novo.',
  ],
  server_wrong: (r) => [
    `${r.server} respondeu, mas não é o servidor esperado (${r.reason})`,
    'Confira o endereço e a porta com o suporte.',
  ],
  password_wrong: (r) => [
    `O servidor recusou o usuário ${r.user} ou a senha`,
    'Digite o usuário e a senha do ERP de novo.',
  ],
  server_busy: (r) => [`O servidor ${r.server} está ocupado`, 'Tente de novo em um minuto.'],
  station_unknown: (r) => [
    `Estação ${r.stationCode} não existe no ERP`,
    r.known.length === 0 ? 'Cadastre a estação no ERP.' : `Use uma das estações do ERP: ${r.known.join(', ')}.`,
  ],
  station_claimed: (r) => [
    `A estação ${r.stationCode} já pertence a outra instalação (${r.installation})`,
    'Use outro código. Se aquela máquina foi trocada, o suporte deve fazer a substituição.',
  ],
  register_incomplete: (r) => [
    `Cadastro incompleto no ERP: ${r.register} sem ${r.fields.join(', ')}`,
    'Complete esses campos no ERP e tente de novo.',
  ],
  catalog_not_loaded: () => ['Os produtos ainda não foram carregados', 'Termine a carga inicial para vender.'],
  not_demo: () => [
    'Isto só existe na loja de demonstração',
    'Numa loja real o servidor é ligado e desligado no próprio ERP.',
  ],
  server_url_invalid: (r) => [
    `Endereço "${r.server}" não é válido`,
    'Escreva o endereço completo, por exemplo https://erp.minhaloja.com.br:6017.',
  ],
  document_not_found: (r) => [
    `Documento ${r.documentId} não está na fila de envio`,
    'Atualize a lista e escolha o documento de novo.',
  ],
  document_not_resendable: (r) => [
    `Documento ${r.documentId} não pode ser reenviado (está ${deliveryStatesPt[r.state] ?? r.state})`,
    'Só documentos recusados ou divergentes são reenviados à mão.',
  ],
  data_locked: (r) => [
    `Os dados em ${r.data} já estão em uso por ${r.holder}`,
    'Use a janela que já está aberta, ou feche-a antes de abrir outra.',
  ],
  database_newer: (r) => [
    `Os dados são da versão ${r.schemaVersion}; este programa só lê até a ${r.supportedVersion}`,
    'Instale a versão mais nova do programa. Nada foi alterado.',
  ],
  database_corrupt: (r) => [
    `O banco de dados desta estação está danificado (${r.detail})`,
    'Não apague nada. Chame o suporte: as vendas são recuperadas da cópia de segurança.',
  ],
  disk_full: (r) => [
    `O disco está cheio (${r.detail})`,
    'Libere espaço no disco. Nada é vendido até que a venda possa ser guardada.',
  ],
  data_unwritable: (r) => [
    `Não é possível gravar em ${r.data} (${r.detail})`,
    'Confira as permissões da pasta, ou escolha outra.',
  ],
  core_crashed: (r) => [
    `O núcleo da estação terminou de repente (${r.how})`,
    'O que foi finalizado está guardado. Tente de novo; se continuar, chame o suporte.',
  ],
  storage_failed: (r) => [
    `O disco falhou ao gravar (${r.detail})`,
    'Pare de vender nesta estação e chame o suporte. O que já foi finalizado está guardado.',
  ],
  invalid_input: (r) => [
    `Campo ${r.field}: ${r.value} não é aceito`,
    `Esperado: ${r.expected}. Corrija e tente de novo.`,
  ],
  unknown_method: (r) => [
    `Função ${r.method} não existe nesta versão`,
    'Feche e abra o programa. Se continuar, atualize a estação.',
  ],
  command_reused: (r) => [
    `O comando ${shortId(r.commandId)} já foi usado com outros dados`,
    'Confira a venda na tela e repita a ação.',
  ],
  internal: (r) => [
    `Erro inesperado, incidente ${r.incident}`,
    'Nada foi perdido. Repita a ação; se continuar, informe o incidente ao suporte.',
  ],
  station_stopped: () => [
    'A estação está sendo encerrada',
    'Espere alguns segundos e abra o programa de novo. O que foi guardado está seguro.',
  ],
};

const english: Texts = {
  unknown_barcode: (r) => [
    `Barcode ${r.barcode} is not registered`,
    'Scan the item again or type the code on its tag. If it persists, check the tag with the manager.',
  ],
  ambiguous_barcode: (r) => [
    `Barcode ${r.barcode} belongs to ${r.choices.length} products`,
    'Choose the item in your hand from the list.',
  ],
  product_blocked: (r) => [
    `${r.description} is blocked for sale`,
    'Put the item aside and tell the manager. The block is lifted in the ERP.',
  ],
  product_inactive: (r) => [
    `${r.description} is inactive in the register`,
    'Put the item aside and tell the manager. The product is reactivated in the ERP.',
  ],
  price_missing: (r) => [
    `${r.description} has no price`,
    'Do not sell it without one. Ask the manager to set the price in the ERP; it arrives at the next update.',
  ],
  quantity_absurd: (r) => [
    `Quantity ${formatQuantity(r.quantityMilli)} is not accepted (maximum ${formatQuantity(r.maximumMilli)})`,
    'Check the quantity you typed and scan the item again.',
  ],
  sale_not_found: (r) => [
    `Sale ${shortId(r.saleId)} was not found on this station`,
    'Open the sales list and choose the sale again.',
  ],
  sale_not_open: (r) => [
    `Sale ${shortId(r.saleId)} is not open (it is ${r.state})`,
    'Start a new sale by scanning the next item.',
  ],
  another_sale_open: (r) => [
    `Another sale is open (${shortId(r.saleId)})`,
    'Finish, park or abandon the open sale before starting another.',
  ],
  line_not_found: (r) => [
    `Item ${shortId(r.lineId)} is no longer in the sale`,
    'Check the list of items and choose again.',
  ],
  sale_empty: () => ['The sale has no items yet', 'Scan the first item.'],
  discount_above_limit: (r) => [
    `Discount of ${formatPercent(r.requestedBp)} is above your limit of ${formatPercent(r.limitBp)}`,
    'Lower the discount or ask the manager to approve it.',
  ],
  discount_above_price: (r) => [
    `Discount of ${formatCents(r.requestedCents)} is more than the price of ${formatCents(r.priceCents)}`,
    'Enter a discount below the price.',
  ],
  tender_too_small: (r) => [
    `${formatCents(r.missingCents)} missing: paid ${formatCents(r.tenderedCents)} of ${formatCents(r.totalCents)}`,
    'Take what is missing, then finish.',
  ],
  change_not_allowed: (r) => [
    `${r.paymentType} gives no change: ${formatCents(r.amountCents)} is above the ${formatCents(r.dueCents)} due`,
    `Enter at most ${formatCents(r.dueCents)} with this payment type.`,
  ],
  nothing_due: () => ['The sale is already paid', 'Finish with F10, or remove a payment before adding another.'],
  payment_type_unknown: (r) => [
    `Payment type ${r.paymentTypeId} is not registered`,
    'Choose one of the payment types on the screen.',
  ],
  payment_type_unsupported: (r) => [`${r.paymentType} is not accepted at this till yet`, 'Take another payment type.'],
  tender_not_found: (r) => [
    `Payment ${shortId(r.tenderId)} is no longer in the sale`,
    'Check the payments on the screen and go on.',
  ],
  tender_present: (r) => [
    `The sale already has ${formatCents(r.tenderedCents)} in payments`,
    'Remove the payments before changing the items.',
  ],
  salesperson_unknown: (r) => [
    `Salesperson ${r.salespersonCode} is not registered`,
    "Check the salesperson's code or choose from the list (F4).",
  ],
  salesperson_required: () => ['This sale has no salesperson', 'Set the salesperson with F4 or type /code.'],
  cpf_invalid: (r) => [`CPF ${r.cpf} is not valid`, 'Check the digits with the customer, or go on without a CPF.'],
  sale_not_completed: (r) => [
    `Sale ${shortId(r.saleId)} was never finished, so there is nothing to cancel`,
    'To drop an open sale, abandon it.',
  ],
  sale_already_cancelled: (r, timeZone) => [
    `Sale was already cancelled on ${formatInstant(r.cancelledAt, 'en', timeZone)}`,
    'Nothing more to do: the cancellation is in the sales list.',
  ],
  cancellation_too_late: (r) => [
    `Sale made ${r.ageMinutes} min ago: cancelling is allowed for ${r.limitMinutes} min`,
    'Take the goods back as a return instead.',
  ],
  card_field_unknown: (r) => [
    `${cardFieldsEn[r.field] ?? r.field} ${r.value} is not registered`,
    'Choose one from the list, or leave it empty.',
  ],
  sale_too_large: (r) => [
    `Sale of ${formatCents(r.totalCents)} exceeds the maximum of ${formatCents(r.maximumCents)}`,
    'Check the quantities. If they are right, split it into two sales.',
  ],
  installments_invalid: (r) => [
    `${r.installments} instalments are not accepted (maximum ${r.maximum})`,
    `Choose from 1 to ${r.maximum} instalments.`,
  ],
  operator_unknown: (r) => [
    `Operator ${r.operatorCode} is not registered`,
    'Check the code or choose the operator on the screen.',
  ],
  pin_wrong: (r) => [
    'Wrong PIN',
    r.attemptsLeft === 1
      ? '1 attempt left before the operator is locked.'
      : `Type it again. ${r.attemptsLeft} attempts left before the operator is locked.`,
  ],
  operator_locked: (r, timeZone) => [
    `Operator locked until ${formatInstant(r.until, 'en', timeZone)} after wrong PINs`,
    'Wait until then, or sign in with another operator.',
  ],
  login_required: () => ['Nobody is signed in at this till', 'Choose the operator and type the PIN.'],
  permission_required: (r) => [
    `It takes a ${r.profile} to ${permissionsEn[r.permission] ?? r.permission}`,
    'Ask the manager to approve: the PIN is typed right here.',
  ],
  permission_denied: (r) => [
    `The ERP does not let this operator ${permissionsEn[r.permission] ?? r.permission}`,
    'Call someone who may: another person logs in with their own PIN.',
  ],
  approval_invalid: (r) => [
    `The approval to ${permissionsEn[r.permission] ?? r.permission} was already used or is not valid`,
    'Ask the manager to approve again.',
  ],
  session_closed: () => ['The cash session is closed', 'Open it with the opening float to sell.'],
  session_already_open: () => [
    'The cash session is already open',
    'Go on selling, or close it before opening another.',
  ],
  session_has_open_sales: (r) => [
    `There are ${r.open} open and ${r.parked} parked sales`,
    'Finish or abandon them before closing the cash session.',
  ],
  session_day_in_past: (r) => [
    `The clock says ${formatDay(r.businessDay, 'en')}, but there are sales of ${formatDay(r.lastBusinessDay, 'en')}`,
    'Check the date of the computer. To open all the same, ask the manager to approve.',
  ],
  station_not_enrolled: () => ['This station is not set up yet', "Open the demo store, or enter your store's server."],
  already_enrolled: (r) => [
    `This installation already is station ${r.stationCode} of ${r.server}`,
    'Use another data folder for another station.',
  ],
  server_unreachable: (r) => [
    `Server ${r.server} did not answer (${r.reason})`,
    'Check the address and the network, then try again.',
  ],
  server_wrong: (r) => [
    `${r.server} answered, but is not the expected server (${r.reason})`,
    'Check the address and the port with support.',
  ],
  password_wrong: (r) => [`The server refused user ${r.user} or the password`, 'Type the ERP user and password again.'],
  server_busy: (r) => [`Server ${r.server} is busy`, 'Try again in a minute.'],
  station_unknown: (r) => [
    `Station ${r.stationCode} does not exist in the ERP`,
    r.known.length === 0 ? 'Register the station in the ERP.' : `Use one of its stations: ${r.known.join(', ')}.`,
  ],
  station_claimed: (r) => [
    `Station ${r.stationCode} already belongs to another installation (${r.installation})`,
    'Use another code. If that machine was replaced, support must retire it first.',
  ],
  register_incomplete: (r) => [
    `Incomplete register in the ERP: ${r.register} lacks ${r.fields.join(', ')}`,
    'Complete these fields in the ERP, then try again.',
  ],
  catalog_not_loaded: () => ['The products are not loaded yet', 'Finish the initial load to sell.'],
  not_demo: () => [
    'This exists only in the demo store',
    'In a real store the server is started and stopped at the ERP itself.',
  ],
  server_url_invalid: (r) => [
    `Address "${r.server}" is not valid`,
    'Write the whole address, for example https://erp.mystore.com.br:6017.',
  ],
  document_not_found: (r) => [
    `Document ${r.documentId} is not in the sending queue`,
    'Refresh the list and choose the document again.',
  ],
  document_not_resendable: (r) => [
    `Document ${r.documentId} cannot be sent again (it is ${r.state})`,
    'Only rejected or diverged documents are sent again by hand.',
  ],
  data_locked: (r) => [
    `The data in ${r.data} is in use by ${r.holder}`,
    'Use the window that is already open, or close it before opening another.',
  ],
  database_newer: (r) => [
    `The data is of version ${r.schemaVersion}; this program reads up to ${r.supportedVersion}`,
    'Install the newer version of the program. Nothing was changed.',
  ],
  database_corrupt: (r) => [
    `The database of this station is damaged (${r.detail})`,
    'Delete nothing. Call support: the sales are recovered from the backup.',
  ],
  disk_full: (r) => [
    `The disk is full (${r.detail})`,
    'Free some space. Nothing is sold until a sale can be kept safely.',
  ],
  data_unwritable: (r) => [
    `Cannot write to ${r.data} (${r.detail})`,
    'Check the permissions of the folder, or choose another.',
  ],
  core_crashed: (r) => [
    `The station core ended unexpectedly (${r.how})`,
    'What was finished is kept. Try again; if it persists, call support.',
  ],
  storage_failed: (r) => [
    `The disk failed while writing (${r.detail})`,
    'Stop selling on this station and call support. What was finished is kept.',
  ],
  invalid_input: (r) => [
    `Field ${r.field}: ${r.value} is not accepted`,
    `Expected: ${r.expected}. Correct it and try again.`,
  ],
  unknown_method: (r) => [
    `Function ${r.method} does not exist in this version`,
    'Close and open the program. If it persists, update the station.',
  ],
  command_reused: (r) => [
    `Command ${shortId(r.commandId)} was already used with other data`,
    'Check the sale on the screen and repeat the action.',
  ],
  internal: (r) => [
    `Unexpected error, incident ${r.incident}`,
    'Nothing was lost. Repeat the action; if it persists, tell support the incident.',
  ],
  station_stopped: () => [
    'The station is stopping',
    'Wait a few seconds and open the program again. What was kept is safe.',
  ],
};

const texts: Readonly<Record<Language, Texts>> = { 'pt-BR': portuguese, en: english };

type Words = Readonly<Record<string, string>>;

const permissionsPt: Words = {
  discount: 'dar este desconto',
  cancel_sale: 'cancelar uma venda',
  abandon_sale: 'desistir de uma venda',
  close_session: 'fechar o caixa',
  open_past_day: 'abrir o caixa em um dia anterior',
};
const permissionsEn: Words = {
  discount: 'give this discount',
  cancel_sale: 'cancel a sale',
  abandon_sale: 'abandon a sale',
  close_session: 'close the cash session',
  open_past_day: 'open the cash session on an earlier day',
};
const profilesPt: Words = { cashier: 'caixa', manager: 'gerente', supervisor: 'supervisor' };
const saleStatesPt: Words = { open: 'aberta', parked: 'suspensa', completed: 'finalizada', abandoned: 'abandonada' };
const deliveryStatesPt: Words = {
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
const cardFieldsPt: Words = { cardBrandId: 'Bandeira', acquirerId: 'Adquirente' };
const cardFieldsEn: Words = { cardBrandId: 'Card brand', acquirerId: 'Acquirer' };

function countPt(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** The end of an id: enough to tell two apart on a screen. */
function shortId(id: string): string {
  return id.slice(-6);
}
