import { formatCents, formatDay, formatInstant } from '../format.ts';
import { countPt, permissionsEn, permissionsPt, profilesPt } from './refusal-words.ts';
import type { TextsOf } from './refusal-text-types.ts';

const minutesOf = ({ offsetSeconds }: { readonly offsetSeconds: number }): number =>
  Math.round(Math.abs(offsetSeconds) / 60);

/** Refusals of operators and the cash session, in both languages. */
export const peopleTexts = {
  'pt-BR': {
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
    session_counted: () => [
      'A gaveta já foi contada neste caixa',
      'Conte mais uma vez ou feche o caixa; depois abra outro para vender.',
    ],
    count_missing: () => ['A gaveta ainda não foi contada', 'Conte a gaveta antes de fechar o caixa.'],
    recount_used: () => ['A recontagem já foi usada', 'Feche o caixa com a última contagem; as duas ficam guardadas.'],
    float_left_too_large: (r) => [
      `O fundo que fica é maior que o dinheiro contado (${formatCents(r.countedCents)})`,
      'Digite até o valor contado em dinheiro.',
    ],
    withdrawal_too_large: (r) => [
      `Não há ${formatCents(r.amountCents)} na gaveta`,
      'Confira o valor da sangria. Se o dinheiro está lá, lance antes o suprimento que falta.',
    ],
    financial_reason_unknown: () => [
      'Este motivo financeiro não está ativo no cadastro',
      'Escolha outro motivo. O cadastro vem do ERP.',
    ],
    financial_reason_direction: (r) => [
      `O motivo ${r.reason} não serve para ${r.kind === 'supply' ? 'suprimento' : 'sangria'}`,
      'Escolha um motivo da lista desta operação.',
    ],
    session_left_over: (r) => [
      `O caixa aberto é do dia ${formatDay(r.businessDay)}`,
      'Conte e feche agora, ou peça a liberação do gerente para vender e fechar depois.',
    ],
    session_not_left_over: () => ['O caixa aberto é o de hoje', 'Siga vendendo.'],
    clock_wrong: (r, timeZone) => [
      `O relógio desta máquina está ${minutesOf(r)} min ${r.offsetSeconds < 0 ? 'atrás' : 'à frente'} do servidor (visto em ${formatInstant(r.measuredAt, 'pt-BR', timeZone)})`,
      'Acerte a data e a hora do computador. Para abrir assim mesmo, peça a liberação do gerente.',
    ],
    session_day_in_past: (r) => [
      `O relógio diz ${formatDay(r.businessDay)}, mas já há vendas de ${formatDay(r.lastBusinessDay)}`,
      'Confira a data do computador. Para abrir assim mesmo, peça a liberação do gerente.',
    ],
  },
  en: {
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
    session_counted: () => [
      'The drawer of this cash session was counted',
      'Count it once more or close it; then open another one to sell.',
    ],
    count_missing: () => ['The drawer was not counted yet', 'Count the drawer before closing the cash session.'],
    recount_used: () => ['The recount was used', 'Close with the last count; both are kept.'],
    float_left_too_large: (r) => [
      `The float that stays is more than the cash counted (${formatCents(r.countedCents)})`,
      'Type at most what was counted in cash.',
    ],
    withdrawal_too_large: (r) => [
      `There is not ${formatCents(r.amountCents)} in the drawer`,
      'Check the amount. If the cash is there, enter the missing supply first.',
    ],
    financial_reason_unknown: () => [
      'This financial reason is not active in the register',
      'Choose another one. The register comes from the ERP.',
    ],
    financial_reason_direction: (r) => [
      `The reason ${r.reason} does not fit a ${r.kind}`,
      'Choose a reason from the list of this operation.',
    ],
    session_left_over: (r) => [
      `The open cash session is of ${formatDay(r.businessDay, 'en')}`,
      'Count and close it now, or ask a manager for leave to sell and close later.',
    ],
    session_not_left_over: () => ["The open cash session is today's", 'Go on selling.'],
    clock_wrong: (r, timeZone) => [
      `This machine's clock is ${minutesOf(r)} min ${r.offsetSeconds < 0 ? 'behind' : 'ahead of'} the server (seen ${formatInstant(r.measuredAt, 'en', timeZone)})`,
      "Set the computer's date and time. To open all the same, ask a manager for leave.",
    ],
    session_day_in_past: (r) => [
      `The clock says ${formatDay(r.businessDay, 'en')}, but there are sales of ${formatDay(r.lastBusinessDay, 'en')}`,
      'Check the date of the computer. To open all the same, ask the manager to approve.',
    ],
  },
} satisfies TextsOf<'O' | 'C'>;
