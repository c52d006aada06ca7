import type { Heartbeat } from '../station-reports.ts';

/** Who sends the heartbeats: machine, login, and the dead station it replaces (empty: none). */
export type HeartbeatSender = { readonly machine: string; readonly user: string; readonly replaces: string };

/** The body of `monitoramento/atualiza` (assumed). Counts, heads and the machine: nothing personal. */
export function encodeHeartbeat(heartbeat: Heartbeat, { machine, user, replaces }: HeartbeatSender): unknown {
  const substitute = replaces === '' ? {} : { substitui: replaces };
  return {
    estacao: heartbeat.stationCode,
    instalacao: heartbeat.installationId,
    versao: heartbeat.version,
    ultimo_numero: heartbeat.lastNumber,
    ...(heartbeat.auditHead === '' ? {} : { cabeca_auditoria: heartbeat.auditHead }),
    pendentes: heartbeat.waiting,
    valor_pendente: heartbeat.waitingCents / 100,
    ...(heartbeat.oldestWaitingAt === null ? {} : { mais_antigo: heartbeat.oldestWaitingAt }),
    erros: heartbeat.errors,
    // By these another installation learns whom it would collide with: whose code, whose login.
    resumo: heartbeat.isClaim === true ? { maquina: machine } : { maquina: machine, usuario: user, ...substitute },
  };
}
