import { formatCents, formatInstant, formatPercent, formatQuantity } from '../format.ts';
import {
  cardFieldsEn,
  cardFieldsPt,
  pixLacksEn,
  pixLacksPt,
  pixStatesEn,
  pixStatesPt,
  saleStatesPt,
  shortId,
} from './refusal-words.ts';
import type { TextsOf } from './refusal-text-types.ts';

/** Refusals of a sale, in both languages. */
export const saleTexts = {
  'pt-BR': {
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
    product_not_found: () => [
      'O produto não está no cadastro desta estação',
      'Busque de novo. Se acabou de ser cadastrado no ERP, ele chega aqui na próxima atualização.',
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
    discount_reason_required: () => [
      'Falta o motivo do desconto',
      'Escreva em poucas palavras por que o desconto foi dado, e aplique de novo.',
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
    nothing_due: () => ['A venda já está paga', 'Finalize, ou tire um pagamento antes de lançar outro.'],
    sale_completed_elsewhere: (r) => [
      `Esta venda já está no ERP com o número ${r.number}`,
      'Foi finalizada antes de o disco desta estação voltar a uma cópia. Desista dela; se o cliente leva outras peças, faça outra venda.',
    ],
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
      'Confira o código do vendedor ou escolha na lista de vendedores.',
    ],
    salesperson_required: () => ['Falta o vendedor desta venda', 'Informe o vendedor, por exemplo digitando /código.'],
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
    pix_not_ready: (r) => [
      `Pix indisponível: ${pixLacksPt[r.lacks] ?? r.lacks}`,
      'Receba em outra forma. O gerente completa o Pix no grupo de estações do ERP; a mudança chega aqui sozinha.',
    ],
    pix_unanswered: (r) => [
      `O Pix de ${formatCents(r.amountCents)} ainda não foi respondido`,
      'Confira no aplicativo do banco e diga se entrou, ou tire o Pix da venda. Depois continue.',
    ],
    pix_not_waiting: (r) => [
      `O Pix ${shortId(r.tenderId)} já foi respondido`,
      'Confira os pagamentos da tela e continue.',
    ],
    pix_not_found: (r) => [
      `Pix ${r.txid} não é desta estação`,
      'Confira o código no extrato: os três primeiros sinais dizem a estação.',
    ],
    pix_state_wrong: (r) => [
      `O Pix ${r.txid} está ${pixStatesPt[r.pixState] ?? r.pixState}: isso não se aplica a ele`,
      'Veja a lista Pix a conferir: outra pessoa pode ter conferido antes.',
    ],
  },
  en: {
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
    product_not_found: () => [
      'The product is not registered at this station',
      'Search again. If it was just registered in the ERP, it arrives here at the next update.',
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
    discount_reason_required: () => [
      'The discount has no reason',
      'Write in a few words why the discount was given, then apply it again.',
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
    nothing_due: () => ['The sale is already paid', 'Finish, or remove a payment before adding another.'],
    sale_completed_elsewhere: (r) => [
      `This sale is already at the ERP as ${r.number}`,
      'It was finished before the disk of this station went back to a copy. Abandon it; ring another one if the customer takes other pieces.',
    ],
    payment_type_unknown: (r) => [
      `Payment type ${r.paymentTypeId} is not registered`,
      'Choose one of the payment types on the screen.',
    ],
    payment_type_unsupported: (r) => [
      `${r.paymentType} is not accepted at this till yet`,
      'Take another payment type.',
    ],
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
      "Check the salesperson's code or choose from the list of salespeople.",
    ],
    salesperson_required: () => ['This sale has no salesperson', 'Set the salesperson, for instance by typing /code.'],
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
    pix_not_ready: (r) => [
      `No Pix here: ${pixLacksEn[r.lacks] ?? r.lacks}`,
      'Take another payment. The manager completes the Pix of the station group in the ERP; it gets here by itself.',
    ],
    pix_unanswered: (r) => [
      `The Pix of ${formatCents(r.amountCents)} has no answer yet`,
      'Look in the bank app and say whether it came, or take the Pix back. Then go on.',
    ],
    pix_not_waiting: (r) => [`The Pix ${shortId(r.tenderId)} has its answer already`, 'Check the payments and go on.'],
    pix_not_found: (r) => [
      `Pix ${r.txid} is not of this station`,
      'Check the code in the statement: its first three signs name the station.',
    ],
    pix_state_wrong: (r) => [
      `The Pix ${r.txid} is ${pixStatesEn[r.pixState] ?? r.pixState}: this does not apply to it`,
      'See the list of Pix to check: somebody else may have checked it before.',
    ],
  },
} satisfies TextsOf<'V'>;
