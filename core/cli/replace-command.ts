import { formatCents, formatInstant } from '../../contract/format.ts';
import type { ReplacedStationView } from '../../contract/setup-views.ts';
import { labelled } from './columns.ts';
import { showRefusal, withStation, writeAnswer, type CommandContext } from './command-context.ts';
import { describeEnrolment, toEnrolment, type EnrolOptions } from './enrol-command.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { readSecrets } from './read-password.ts';

/** As they are typed: `code` is the new one, `replaces` the dead machine's. */
export type ReplaceOptions = Omit<EnrolOptions, 'station'> & {
  readonly code: string;
  readonly replaces: string;
  readonly supportUser: string;
  readonly operator: string;
  readonly reason: string;
};

/** What stdin has to bring, in its order. */
const QUESTIONS = [
  'Senha do usuário desta estação no ERP (não aparece ao digitar):',
  'Senha do usuário do suporte no ERP:',
  'PIN do gerente:',
];

/** `station replace`: this machine takes the place of a dead one, with a new code. */
export async function replaceStation(context: CommandContext, options: ReplaceOptions): Promise<ExitCode> {
  const [password = '', supportPassword = '', pin = ''] = (await readSecrets(context, QUESTIONS)) ?? [];
  if (pin === '') {
    context.writeErr('Na entrada vão três linhas: senha da estação, senha do suporte e PIN do gerente.');
    return EXIT.usage;
  }
  const { code, replaces, supportUser, operator, reason, ...enrolment } = options;
  return withStation(context, async ({ client }) => {
    const reply = await client.call('setup.replace', {
      ...toEnrolment({ ...enrolment, station: code }, password),
      replaces,
      supportUser,
      supportPassword,
      operatorCode: operator,
      pin,
      reason,
    });
    if (!reply.ok) return showRefusal(context, reply.error);
    const { station, replaced } = reply.output;
    writeAnswer(context, { ok: true, output: reply.output }, () => [
      ...describeEnrolment(station),
      '',
      ...describeReplaced(replaced),
    ]);
    return station.load.state === 'done' ? EXIT.ok : EXIT.attention;
  });
}

/** What may still be on the dead machine's disk, by its own last words. */
function describeReplaced(old: ReplacedStationView): string[] {
  const when = (at: string | null): string => (at === null ? 'não se sabe' : formatInstant(at));
  const waiting =
    old.waiting === 0
      ? 'nada'
      : `${old.waiting} (${formatCents(old.waitingCents)}), o mais antigo de ${when(old.oldestWaitingAt)}`;
  return [
    `A estação ${old.stationCode} foi substituída. O que ela disse por último:`,
    ...labelled([
      ['Máquina', old.machine === '' ? 'não se sabe' : old.machine],
      ['Último contato', when(old.lastContactAt)],
      ['Última venda', String(old.lastNumber)],
      ['A enviar', waiting],
      ['Em erro', String(old.errors)],
    ]),
    old.waiting + old.errors === 0
      ? 'Vendas depois desse contato só estão no disco dela: se voltar, entregue-o antes de apagar.'
      : 'Esses documentos só estão no disco dela: recupere-o e entregue-os antes de apagar.',
    `Inative ${old.stationCode} no ERP. Se aquela máquina ligar de novo, não venda nela.`,
  ];
}
