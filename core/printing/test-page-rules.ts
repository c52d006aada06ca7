import type { PaperLine } from '../../contract/paper-layout.ts';
import type { PrinterSettings } from '../../contract/printing-api.ts';

/** A page that shows at a glance what is set wrong: the width, the code page, the knife. */
export function testPage(printer: string, { columns, codePage }: PrinterSettings): PaperLine[] {
  const ruler = '1234567890'.repeat(5).slice(0, columns);
  return [
    { text: 'TESTE DE IMPRESSÃO', style: 'large' },
    { text: printer, style: 'center' },
    { text: `${columns} colunas, página ${codePage}`, style: 'center' },
    { text: '', style: 'rule' },
    { text: ruler, style: 'normal' },
    { text: 'A régua acima ocupa uma linha só, de ponta a ponta.', style: 'normal' },
    { text: '', style: 'rule' },
    { text: 'áàâã éê í óôõ úüç ñ ªº', style: 'normal' },
    { text: 'ÁÀÂÃ ÉÊ Í ÓÔÕ ÚÜÇ Ñ', style: 'bold' },
    { text: 'Ação, coração, pão, você, às', style: 'normal' },
    { text: 'Camiseta básica', right: '89,90', style: 'normal' },
    { text: 'TOTAL', right: 'R$ 89,90', style: 'large' },
    { text: 'TESTE-0001', style: 'code' },
  ];
}
