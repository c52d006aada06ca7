import { formatAmount, formatCents, formatDay, formatInstant } from '../../contract/format.ts';
import type { CashCountView, CountLineView } from '../../contract/cash-views.ts';
import { columnsLine, RULE, textLines, type PaperLine } from './paper-rules.ts';
import { paperHead, type PaperStore } from './sale-paper-rules.ts';

/** Raised whenever the text of a cash paper changes; kept with each paper. */
export const CASH_PAPER_VERSION = 1;

/** What every cash paper says of when, where and by whom. */
export type CashPaperFacts = {
  readonly number: string;
  readonly turn: number;
  readonly businessDay: string;
  readonly at: string;
  readonly operator: string;
  readonly approvedBy: string | null;
  /** First characters of the audit row. */
  readonly control: string;
};

/** What moved in the drawer, in cents. */
type DrawerSums = {
  readonly floatCents: number;
  readonly takenCents: number;
  readonly changeCents: number;
  readonly returnedCents: number;
  readonly suppliedCents: number;
  readonly withdrawnCents: number;
};

/** The float that was in the drawer when the session began. */
export function openingPaper(facts: CashPaperFacts, floatCents: number, store: PaperStore): PaperLine[] {
  return [
    ...cashHead('ABERTURA DE CAIXA', facts, store),
    columnsLine('FUNDO DE TROCO', formatCents(floatCents), 'large'),
    ...cashFoot(facts, ['Operador']),
  ];
}

/** The receipt of a supply or a withdrawal, signed by who gave and who took the cash. */
export function movementPaper(
  facts: CashPaperFacts,
  movement: {
    readonly kind: 'supply' | 'withdrawal';
    readonly reason: string;
    readonly note: string;
    readonly amountCents: number;
  },
  store: PaperStore,
): PaperLine[] {
  const title = movement.kind === 'supply' ? 'SUPRIMENTO' : 'SANGRIA';
  return [
    ...cashHead(`${title} DE CAIXA`, facts, store),
    ...textLines(`Motivo: ${movement.reason}`),
    ...(movement.note === '' ? [] : textLines(`Observação: ${movement.note}`)),
    columnsLine(title, formatCents(movement.amountCents), 'large'),
    ...cashFoot(facts, ['Operador', movement.kind === 'supply' ? 'Quem entregou' : 'Quem recebeu']),
  ];
}

/** What is expected in the drawer so far, for who may see it. */
export function partialPaper(
  facts: CashPaperFacts,
  {
    sums,
    expectedCashCents,
    others,
  }: {
    readonly sums: DrawerSums;
    readonly expectedCashCents: number;
    readonly others: readonly { readonly description: string; readonly amountCents: number }[];
  },
  store: PaperStore,
): PaperLine[] {
  return [
    ...cashHead('RESUMO PARCIAL', facts, store),
    ...drawerLines(sums),
    columnsLine('Esperado em dinheiro', formatAmount(expectedCashCents), 'bold'),
    ...others.map(({ description, amountCents }) => columnsLine(description, formatAmount(amountCents))),
    ...cashFoot(facts, []),
  ];
}

/** The closing: expected, counted and difference of each payment type, both counts, what stays in the drawer. */
export function closingPaper(
  facts: CashPaperFacts,
  {
    openedAt,
    openedBy,
    sums,
    counts,
    floatLeftCents,
  }: {
    readonly openedAt: string;
    readonly openedBy: string;
    readonly sums: DrawerSums;
    readonly counts: readonly CashCountView[];
    readonly floatLeftCents: number;
  },
  store: PaperStore,
): PaperLine[] {
  const last = counts.at(-1);
  if (last === undefined) throw new Error('a session closes with a count');
  const first = counts.length > 1 ? counts[0] : undefined;
  return [
    ...cashHead('FECHAMENTO DE CAIXA', facts, store),
    columnsLine(`Aberto por ${openedBy}`, formatInstant(openedAt, 'pt-BR', store.timeZone)),
    RULE,
    ...drawerLines(sums),
    RULE,
    ...last.lines.flatMap(countLines),
    RULE,
    ...last.denominations
      .filter(({ quantity }) => quantity > 0)
      .map(({ valueCents, quantity }) =>
        columnsLine(`  ${quantity} x ${formatAmount(valueCents)}`, formatAmount(quantity * valueCents)),
      ),
    columnsLine('Dinheiro contado', formatAmount(last.cashCountedCents), 'bold'),
    columnsLine('Fica de fundo de troco', formatAmount(floatLeftCents)),
    columnsLine('Sai da gaveta', formatAmount(last.cashCountedCents - floatLeftCents)),
    RULE,
    columnsLine(differenceWord(last.differenceCents), formatCents(Math.abs(last.differenceCents)), 'large'),
    ...(first === undefined
      ? []
      : [
          columnsLine(
            `1ª contagem: ${differenceWord(first.differenceCents).toLowerCase()}`,
            formatAmount(Math.abs(first.differenceCents)),
          ),
        ]),
    ...cashFoot(facts, ['Operador', 'Gerente']),
  ];
}

function cashHead(title: string, facts: CashPaperFacts, store: PaperStore): PaperLine[] {
  return [
    ...paperHead(store),
    ...textLines(title, 'bold'),
    columnsLine(`Documento ${facts.number}`, formatInstant(facts.at, 'pt-BR', store.timeZone)),
    columnsLine(`Caixa ${store.stationCode}  turno ${facts.turn}  dia ${formatDay(facts.businessDay)}`, ''),
    ...textLines(`Operador ${facts.operator}`),
    ...(facts.approvedBy === null ? [] : textLines(`Liberado por ${facts.approvedBy}`)),
    RULE,
  ];
}

function cashFoot({ control }: CashPaperFacts, signers: readonly string[]): PaperLine[] {
  return [
    RULE,
    ...signers.flatMap((signer) => textLines(`${signer}: ______________________`)),
    ...textLines(`Controle ${control}`, 'center'),
  ];
}

function drawerLines(sums: DrawerSums): PaperLine[] {
  return [
    columnsLine('Fundo de troco', formatAmount(sums.floatCents)),
    columnsLine('Vendas em dinheiro', formatAmount(sums.takenCents - sums.changeCents)),
    ...(sums.returnedCents === 0 ? [] : [columnsLine('Devolvido em dinheiro', `-${formatAmount(sums.returnedCents)}`)]),
    ...(sums.suppliedCents === 0 ? [] : [columnsLine('Suprimentos', formatAmount(sums.suppliedCents))]),
    ...(sums.withdrawnCents === 0 ? [] : [columnsLine('Sangrias', `-${formatAmount(sums.withdrawnCents)}`)]),
  ];
}

function countLines({ description, expectedCents, countedCents, differenceCents }: CountLineView): PaperLine[] {
  if (expectedCents === 0 && countedCents === 0) return [];
  return [
    ...textLines(description, 'bold'),
    columnsLine('  esperado', formatAmount(expectedCents)),
    columnsLine('  contado', formatAmount(countedCents)),
    ...(differenceCents === 0
      ? []
      : [columnsLine(`  ${differenceWord(differenceCents).toLowerCase()}`, formatAmount(Math.abs(differenceCents)))]),
  ];
}

function differenceWord(differenceCents: number): string {
  if (differenceCents === 0) return 'SEM DIFERENÇA';
  return differenceCents > 0 ? 'SOBRA' : 'QUEBRA';
}
