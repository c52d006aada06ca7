import { formatInstant } from '../../contract/format.ts';
import type { DoctorCheckView } from '../../contract/station-views.ts';
import type { Clock } from '../clock.ts';
import type { Connector, RemoteFailure } from '../connectors/connector.ts';
import { CLOCK_FAILURE_MS, CLOCK_WARNING_MS, describeOffset } from './clock-rules.ts';
import { hostOfServer } from './enrolment-rules.ts';
import { probeServer, type ServerProbe } from './probe-server.ts';

/** A certificate is renewed in less than this once somebody was told. */
const CERTIFICATE_WARNING_MS = 15 * 86_400_000;

const NAMES = [
  'Nome do servidor',
  'Conexão',
  'Criptografia (TLS)',
  'Login no ERP',
  'Método do ERP',
  'Relógio',
] as const;
const ADVICE: Readonly<Record<RemoteFailure['class'], string>> = {
  transient: 'As vendas continuam e ficam guardadas aqui. Confira a rede e o servidor.',
  busy: 'Feche a outra sessão deste usuário no ERP. A estação tenta de novo sozinha.',
  password: 'Informe de novo o usuário e a senha do ERP desta estação (`station set-server`).',
  method: 'O servidor não tem um método que a estação usa: fale com quem o administra.',
  refused: 'Leia o texto do servidor e fale com quem o administra.',
};

const WITHOUT_VERSION = { state: 'warning', detail: 'o servidor não diz a sua versão', advice: null } as const;

type Answer = Omit<DoctorCheckView, 'name'>;

/**
 * Follows a call to the server step by step: name, connection, TLS, login, method, clock. The first step that fails is
 * told with its advice; those behind it could not be looked at and say so.
 */
export async function checkServerPath(
  login: { readonly server: string; readonly user: string },
  connector: Connector,
  clock: Clock,
): Promise<DoctorCheckView[]> {
  const probe = await probeServer(login.server);
  const path = checkPath(login.server, probe, clock);
  if (!probe.reached) return fill(path);

  const startedMs = clock.monotonicMs();
  const reply = await connector.readServerVersion();
  if (!reply.ok) {
    const { failure } = reply;
    const failed = { state: 'failed', detail: failure.text, advice: ADVICE[failure.class] } as const;
    if (failure.class === 'method') return fill([...path, ok(login.user), ...(await checkOldServer(connector, clock))]);
    const isLoginFine = failure.class === 'refused';
    return fill(isLoginFine ? [...path, ok(login.user), failed] : [...path, failed]);
  }
  const answered = ok(`versão ${reply.value.version} em ${Math.round(clock.monotonicMs() - startedMs)} ms`);
  return fill([...path, ok(login.user), answered, checkClock(reply.value.serverAt, clock)]);
}

/** A server that tells no version is an old one, or none of this kind: a method that every one of them has tells. */
async function checkOldServer(connector: Connector, clock: Clock): Promise<Answer[]> {
  const reply = await connector.readBranches();
  if (reply.ok) return [WITHOUT_VERSION, checkClock(null, clock)];
  const { failure } = reply;
  return [{ state: 'failed', detail: failure.text, advice: ADVICE[failure.class] }];
}

function checkPath(server: string, probe: ServerProbe, clock: Clock): Answer[] {
  const { host } = hostOfServer(server);
  const named = ok(`${host} é ${probe.address ?? ''}`);
  if (probe.reached) {
    return [named, ok(`${server} em ${probe.milliseconds} ms`), checkTls(probe, clock)];
  }
  const failed = { state: 'failed', detail: `${server}: ${probe.reason}` } as const;
  const advice = ADVICE.transient;
  if (probe.step === 'name') return [{ ...failed, detail: `${host}: ${probe.reason}`, advice }];
  if (probe.step === 'connection') return [named, { ...failed, advice }];
  const tls = 'Confira o endereço, a porta e o certificado com quem administra o servidor.';
  return [named, ok(`${server} aceita conexões`), { ...failed, advice: tls }];
}

function checkTls({ tls, address }: Extract<ServerProbe, { reached: true }>, clock: Clock): Answer {
  if (tls === null && /^(127\.|::1$)/.test(address)) return ok('http, sem sair desta máquina');
  if (tls === null) {
    const advice =
      'Senha e vendas passam abertas pela rede: peça o endereço https do servidor, ou use uma rede própria.';
    return { state: 'warning', detail: 'sem criptografia (http)', advice };
  }
  if (tls.certificateUntil === null) return ok(tls.protocol);
  const detail = `${tls.protocol}, certificado até ${formatInstant(tls.certificateUntil)}`;
  if (Date.parse(tls.certificateUntil) - clock.nowMs() > CERTIFICATE_WARNING_MS) return ok(detail);
  return { state: 'warning', detail, advice: 'O certificado do servidor vence em dias: avise quem o administra.' };
}

function checkClock(serverAt: string | null, clock: Clock): Answer {
  if (serverAt === null) return { state: 'warning', detail: 'o servidor não diz a hora', advice: null };
  const offsetMs = clock.nowMs() - new Date(serverAt).getTime();
  const detail = describeOffset(offsetMs);
  const advice = 'Acerte o relógio desta máquina (hora automática do sistema).';
  if (Math.abs(offsetMs) > CLOCK_FAILURE_MS) return { state: 'failed', detail, advice };
  return Math.abs(offsetMs) > CLOCK_WARNING_MS ? { state: 'warning', detail, advice } : ok(detail);
}

function fill(answers: readonly Answer[]): DoctorCheckView[] {
  const unseen = { state: 'warning', detail: 'não verificado: o passo anterior falhou', advice: null } as const;
  return NAMES.map((name, index) => {
    const { state, detail, advice } = answers[index] ?? unseen;
    return { name, state, detail, advice };
  });
}

function ok(detail: string): Answer {
  return { state: 'ok', detail, advice: null };
}
