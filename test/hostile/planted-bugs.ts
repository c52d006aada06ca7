import type { ModulePatch } from '../support/patch-module.ts';

/** Mistakes of a core on a hostile line; `fault` is what must show it, `told` what is said of it. */
export const hostileBugs: readonly (ModulePatch & { readonly fault: string; readonly told: RegExp })[] = [
  {
    name: 'redirects are followed',
    fault: 'redirect307',
    told: /somebody else was called/,
    file: 'core/connectors/http.ts',
    patches: [['    maxRedirects: 0,\n', '    maxRedirects: 5,\n']],
  },
  {
    name: 'an answer has no limit',
    fault: 'giantBody',
    told: /the core took \d+ MiB of one answer/,
    file: 'core/connectors/http.ts',
    patches: [['    maxContentLength: MAX_REPLY_BYTES,\n', '']],
  },
  {
    name: 'unanswered sale is given up',
    fault: 'resetBeforeErp',
    told: /no progress/,
    file: 'core/connectors/millennium/push-batch.ts',
    patches: [
      [`else settle(track, 'unknown', failure.text, failure.class);`, `else settle(track, 'rejected', failure.text);`],
    ],
  },
  {
    name: 'each try has a number of its own',
    fault: 'resetAfterBody',
    told: /orders for one sale/,
    file: 'core/connectors/millennium/encode-sale.ts',
    patches: [
      [
        '    cod_pedidov: sale.number,\n    n_pedido',
        "    cod_pedidov: sale.number.slice(0, 9) + String(Date.now() % 1000).padStart(3, '0'),\n    n_pedido",
      ],
    ],
  },
];
