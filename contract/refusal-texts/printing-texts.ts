import { troubleEn, troublePt } from './refusal-words.ts';
import type { TextsOf } from './refusal-text-types.ts';

/** Refusals of the printer and the drawer, in both languages. */
export const printingTexts = {
  'pt-BR': {
    printer_not_configured: () => [
      'Este caixa não tem impressora escolhida',
      'Escolha a impressora em Preferências, ou salve o comprovante em PDF.',
    ],
    printer_failed: (r) => [
      `A impressora ${r.printer} não imprimiu: ${troublePt[r.trouble] ?? r.trouble}${r.text === '' ? '' : ` (${r.text})`}`,
      'Confira papel, tampa, cabo e se ela está ligada. As vendas não dependem dela.',
    ],
    printer_path_unusable: (r) => [
      `O caminho ${r.path} não serve para imprimir: ${r.reason}`,
      'Ligue a impressora e confira o caminho do dispositivo; ele precisa existir e aceitar escrita.',
    ],
    print_job_not_found: (r) => [
      `O comprovante ${r.jobId} não está na fila da impressora`,
      'Veja a fila de novo: ele pode ter saído, ou estar saindo agora.',
    ],
    paper_not_found: (r) => [`Não há comprovante ${r.paperId.slice(-6)} nesta estação`, 'Procure a venda na lista.'],
    drawer_not_configured: () => [
      'Este caixa não tem gaveta ligada à impressora',
      'Abra a gaveta com a chave. Se ela está ligada à impressora, marque isso nas preferências da impressora.',
    ],
  },
  en: {
    printer_not_configured: () => [
      'No printer was chosen for this till',
      'Choose it in Preferences, or save the receipt as PDF.',
    ],
    printer_failed: (r) => [
      `The printer ${r.printer} did not print: ${troubleEn[r.trouble] ?? r.trouble}${r.text === '' ? '' : ` (${r.text})`}`,
      'Check paper, cover, cable, and that it is on. Sales do not depend on it.',
    ],
    printer_path_unusable: (r) => [
      `The path ${r.path} cannot be printed to: ${r.reason}`,
      'Switch the printer on and check the path of the device; it must exist and take writing.',
    ],
    print_job_not_found: (r) => [
      `Paper ${r.jobId} is not in the printer's queue`,
      'Look at the queue again: it may have come out, or be coming out now.',
    ],
    paper_not_found: (r) => [`This station has no paper ${r.paperId.slice(-6)}`, 'Look the sale up in the list.'],
    drawer_not_configured: () => [
      'No drawer hangs on the printer of this till',
      'Open it with its key. If it does hang on the printer, say so in the settings of the printer.',
    ],
  },
} satisfies TextsOf<'I'>;
