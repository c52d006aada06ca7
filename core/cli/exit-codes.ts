/** How the command line ends; scripts decide by these, so a number never changes its meaning. */
export const EXIT = {
  ok: 0,
  refused: 1,
  usage: 2,
  dataLocked: 3,
  databaseNewer: 4,
  noCore: 5,
  attention: 6,
  /** The core ends with it too (core/main.ts); `serve` passes it on. */
  storage: 7,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** What each code means, for `--help`. */
export const EXIT_TEXTS: readonly { readonly code: ExitCode; readonly text: string }[] = [
  { code: EXIT.ok, text: 'feito' },
  { code: EXIT.refused, text: 'a estação recusou; o motivo e o código curto estão na saída' },
  { code: EXIT.usage, text: 'comando ou opção que não existe, ou valor que não se entende' },
  { code: EXIT.dataLocked, text: 'os dados estão em uso por outro processo que não atende' },
  { code: EXIT.databaseNewer, text: 'o banco de dados é de uma versão mais nova do programa' },
  { code: EXIT.noCore, text: 'não foi possível falar com a estação: nada se sabe do seu estado' },
  {
    code: EXIT.attention,
    text: 'algo espera ou está em erro (errors, send, pix, printer, doctor, enrol, replace, backup, deliver, reload, reconcile, catalog, invoices)',
  },
  {
    code: EXIT.storage,
    text: 'os dados não podem ser lidos ou gravados: pasta sem acesso, disco cheio ou com defeito, banco danificado',
  },
];
