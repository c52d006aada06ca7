import type { PrinterSettings, PrinterTarget, PrinterTrouble, PrintJobView } from '../../contract/printing-api.ts';
import type { ptBRPrinting } from './pt-br-printing.ts';

const troubles: Record<PrinterTrouble['code'], string> = {
  unreachable: 'Printer does not answer',
  no_device: 'Printer not connected to this machine',
  paper_out: 'Printer out of paper',
  cover_open: 'Printer cover open',
  printer_error: 'Printer reports a defect',
  interrupted: 'Printer stopped in the middle',
  not_confirmed: 'Printer did not confirm',
};

const kinds: Record<PrinterTarget['kind'], string> = { none: 'No printer', network: 'Network', file: 'USB or file' };

const columns = { '48': '80 mm, 48 columns', '32': '58 mm, 32 columns' };

const codePages: Record<PrinterSettings['codePage'], string> = {
  cp860: 'Portuguese (CP860)',
  cp850: 'European (CP850)',
  cp858: 'European with euro (CP858)',
  ascii: 'Without accents',
};

const states: Record<PrintJobView['state'], string> = {
  printing: 'coming out now',
  waiting: 'waits',
  failed: 'did not come out',
};

const papers = (count: number): string => `${count} ${count === 1 ? 'receipt' : 'receipts'}`;

/** The printer, its queue and the drawer. */
export const enPrinting: typeof ptBRPrinting = {
  printing: {
    title: 'Printer',
    settings: 'Printer…',
    adjust: 'Printer settings',
    badge: (trouble, count) => `${trouble === null ? 'Printer stopped' : troubles[trouble]} · ${count}`,
    calm: 'Sales go on. Receipts are kept here and come out when the printer is back.',
    gaveUp: (count) => `${papers(count)} did not come out after many tries. Try now or discard.`,
    kind: 'Connection',
    kindOf: (kind) => kinds[kind],
    host: 'Network address',
    hostHint: 'For example 192.168.0.40',
    port: 'Port',
    path: 'Path',
    pathHint: 'For example /dev/usb/lp0, COM3 or \\\\till1\\thermal',
    columns: 'Paper width',
    columnsOf: (count) => columns[count],
    codePage: 'Accents',
    codePageOf: (codePage) => codePages[codePage],
    cut: 'Cuts the paper',
    drawer: 'The drawer hangs on the printer',
    yes: 'Yes',
    no: 'No',
    save: 'Save',
    test: 'Print a test page',
    saved: 'Printer saved',
    tested: 'Test page sent: check the ruler and the accents on the paper',
    queue: 'To print',
    stateOf: (state) => states[state],
    copy: 'second copy',
    retry: 'Try now',
    discard: 'Discard',
    discardAll: 'Discard all',
    discardHint:
      'The document stays. Its receipt can be printed again: a sale’s from the list of sales, the drawer’s from its receipts.',
    print: 'Print',
    printAgain: 'Print again',
    pdf: 'Save as PDF',
    pdfSaved: (file) => `PDF saved to ${file}`,
    pdfFailed: (file) => `The PDF was not saved to ${file}: choose another folder.`,
    noPrinter: 'No printer: choose one in Preferences.',
    queued: 'Receipt sent to the printer',
    openDrawer: 'Open the drawer',
    drawerText: 'Opening it is recorded with the reason and the operator.',
    drawerReasons: ['Change money', 'Count the change', 'Drawer stayed shut'],
    drawerOpened: 'Drawer open',
  },
};
