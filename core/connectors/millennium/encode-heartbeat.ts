import type { Heartbeat } from '../station-reports.ts';

/** The body of `monitoramento/atualiza` (assumed). Counts and heads only: nothing personal. */
export function encodeHeartbeat(heartbeat: Heartbeat): unknown {
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
  };
}
