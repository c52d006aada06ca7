import type { PrinterSettings, PrinterTarget, PrinterTrouble, PrintJobView } from '../../contract/printing-api.ts';

const troubles: Record<PrinterTrouble['code'], string> = {
  unreachable: 'Impressora não responde',
  no_device: 'Impressora desligada desta máquina',
  paper_out: 'Impressora sem papel',
  cover_open: 'Impressora com a tampa aberta',
  printer_error: 'Impressora avisa um defeito',
  interrupted: 'Impressora parou no meio',
  not_confirmed: 'Impressora não confirmou',
};

const kinds: Record<PrinterTarget['kind'], string> = {
  none: 'Sem impressora',
  network: 'Rede',
  file: 'USB ou arquivo',
};

const columns = { '48': '80 mm, 48 colunas', '32': '58 mm, 32 colunas' };

const codePages: Record<PrinterSettings['codePage'], string> = {
  cp860: 'Português (CP860)',
  cp850: 'Europa (CP850)',
  cp858: 'Europa com euro (CP858)',
  ascii: 'Sem acentos',
};

const states: Record<PrintJobView['state'], string> = {
  printing: 'saindo agora',
  waiting: 'espera',
  failed: 'não saiu',
};

const papers = (count: number): string => `${count} ${count === 1 ? 'comprovante' : 'comprovantes'}`;

/** The printer, its queue and the drawer. */
export const ptBRPrinting = {
  printing: {
    title: 'Impressora',
    settings: 'Impressora…',
    adjust: 'Ajustes da impressora',
    badge: (trouble: PrinterTrouble['code'] | null, count: number): string =>
      `${trouble === null ? 'Impressora parada' : troubles[trouble]} · ${count}`,
    calm: 'As vendas continuam. Os comprovantes ficam guardados aqui e saem quando a impressora voltar.',
    gaveUp: (count: number): string =>
      `${papers(count)} ${count === 1 ? 'não saiu' : 'não saíram'} depois de muitas tentativas. Tente agora ou descarte.`,
    kind: 'Ligação',
    kindOf: (kind: PrinterTarget['kind']): string => kinds[kind],
    host: 'Endereço na rede',
    hostHint: 'Por exemplo 192.168.0.40',
    port: 'Porta',
    path: 'Caminho',
    pathHint: 'Por exemplo /dev/usb/lp0, COM3 ou \\\\caixa1\\termica',
    columns: 'Largura do papel',
    columnsOf: (count: '48' | '32'): string => columns[count],
    codePage: 'Acentos',
    codePageOf: (codePage: PrinterSettings['codePage']): string => codePages[codePage],
    cut: 'Corta o papel',
    drawer: 'A gaveta está ligada à impressora',
    yes: 'Sim',
    no: 'Não',
    save: 'Salvar',
    test: 'Imprimir teste',
    saved: 'Impressora salva',
    tested: 'Página de teste enviada: confira a régua e os acentos no papel',
    queue: 'A imprimir',
    stateOf: (state: PrintJobView['state']): string => states[state],
    copy: '2ª via',
    retry: 'Tentar agora',
    discard: 'Descartar',
    discardAll: 'Descartar todos',
    discardHint:
      'O documento fica. O comprovante pode ser impresso de novo: o da venda pelas movimentações, o do caixa pelos comprovantes do caixa.',
    print: 'Imprimir',
    printAgain: 'Imprimir de novo',
    pdf: 'Salvar em PDF',
    pdfSaved: (file: string): string => `PDF salvo em ${file}`,
    pdfFailed: (file: string): string => `O PDF não foi salvo em ${file}: escolha outra pasta.`,
    noPrinter: 'Sem impressora: escolha em Preferências.',
    queued: 'Comprovante enviado à impressora',
    openDrawer: 'Abrir a gaveta',
    drawerText: 'A abertura fica registrada com o motivo e o operador.',
    drawerReasons: ['Trocar dinheiro', 'Conferir o troco', 'Gaveta ficou fechada'],
    drawerOpened: 'Gaveta aberta',
  },
};
