import type { DoctorCheckView } from '../../contract/station-views.ts';
import type { Enrolment } from '../../db/setup-queries.ts';
import type { Clock } from '../clock.ts';
import type { Connector, RemoteFailure } from '../connectors/connector.ts';
import { hostOfServer } from './enrolment-rules.ts';
import { probeServer } from './probe-server.ts';

/** Above this the times on papers and reports mislead. */
const CLOCK_WARNING_MS = 2 * 60_000;
/** Above this opening a cash session asks a superior. */
const CLOCK_FAILURE_MS = 10 * 60_000;

const NAMES = ['Nome do servidor', 'Conexão', 'Login no ERP', 'Método do ERP', 'Relógio'] as const;
const ADVICE: Readonly<Record<RemoteFailure['class'], string>> = {
  transient: 'As vendas continuam e ficam guardadas aqui. Confira a rede e o servidor.',
  busy: 'Feche a outra sessão deste usuário no ERP. A estação tenta de novo sozinha.',
  password: 'Informe de novo o usuário e a senha do ERP desta estação.',
  method: 'O servidor não tem um método que a estação usa: fale com quem o administra.',
  refused: 'Leia o texto do servidor e fale com quem o administra.',
};

/**
 * Follows a call to the server step by step: name, connection, login, method, clock. The first step that fails is
 * told with its advice; those behind it could not be looked at and say so.
 */
export async function checkServerPath(
  enrolment: Enrolment,
  connector: Connector,
  clock: Clock,
): Promise<DoctorCheckView[]> {
  const plain = enrolment.serverUrl.startsWith('http://') ? ' · sem criptografia (http)' : '';
  const { host } = hostOfServer(enrolment.serverUrl);
  const probe = await probeServer(enrolment.serverUrl);
  if (!probe.reached) {
    const failed = { state: 'failed', detail: `${host}: ${probe.reason}`, advice: ADVICE.transient } as const;
    return probe.step === 'name'
      ? fill([failed])
      : fill([ok(host), { ...failed, detail: `${enrolment.serverUrl}: ${probe.reason}` }]);
  }
  const reached = [ok(`${host} é ${probe.address}`), ok(`${enrolment.serverUrl} em ${probe.milliseconds} ms${plain}`)];

  const startedMs = clock.monotonicMs();
  const reply = await connector.readServerVersion();
  if (!reply.ok) {
    const { failure } = reply;
    const failed = { state: 'failed', detail: failure.text, advice: ADVICE[failure.class] } as const;
    const isLoginFine = failure.class === 'method' || failure.class === 'refused';
    return fill(isLoginFine ? [...reached, ok(enrolment.serverUser), failed] : [...reached, failed]);
  }
  const answered = ok(`versão ${reply.value.version} em ${Math.round(clock.monotonicMs() - startedMs)} ms`);
  return fill([...reached, ok(enrolment.serverUser), answered, checkClock(reply.value.serverAt, clock)]);
}

function checkClock(serverAt: string | null, clock: Clock): Omit<DoctorCheckView, 'name'> {
  if (serverAt === null) return { state: 'warning', detail: 'o servidor não diz a hora', advice: null };
  const offsetMs = clock.nowMs() - new Date(serverAt).getTime();
  const seconds = (Math.abs(offsetMs) / 1000).toLocaleString('pt-BR', { maximumFractionDigits: 1 });
  const detail = `${seconds} s ${offsetMs < 0 ? 'atrás' : 'à frente'} do servidor`;
  const advice = 'Acerte o relógio desta máquina (hora automática do sistema).';
  if (Math.abs(offsetMs) > CLOCK_FAILURE_MS) return { state: 'failed', detail, advice };
  return Math.abs(offsetMs) > CLOCK_WARNING_MS ? { state: 'warning', detail, advice } : ok(detail);
}

function fill(answers: readonly Omit<DoctorCheckView, 'name'>[]): DoctorCheckView[] {
  const unseen = { state: 'warning', detail: 'não verificado: o passo anterior falhou', advice: null } as const;
  return NAMES.map((name, index) => {
    const { state, detail, advice } = answers[index] ?? unseen;
    return { name, state, detail, advice };
  });
}

function ok(detail: string): Omit<DoctorCheckView, 'name'> {
  return { state: 'ok', detail, advice: null };
}
