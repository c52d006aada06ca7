import { z } from 'zod';
import type { HeartbeatReply, StationNews } from '../station-reports.ts';
import { lowerKeys } from './decode-list.ts';
import { erpCentsOrNull, erpInstantOrNull, erpIntegerOrNull, erpKey, erpText } from './field-codecs.ts';

const Summary = z.preprocess(
  (value) => (typeof value === 'object' && value !== null ? lowerKeys(value) : {}),
  z.object({ maquina: erpText, usuario: erpText, substitui: erpText }),
);

const News = z
  .object({
    estacao: erpKey,
    instalacao: erpText,
    data_hora: erpInstantOrNull,
    ultimo_numero: erpIntegerOrNull,
    pendentes: erpIntegerOrNull,
    valor_pendente: erpCentsOrNull,
    mais_antigo: erpInstantOrNull,
    erros: erpIntegerOrNull,
    resumo: Summary,
  })
  .transform((row): StationNews => ({
    stationCode: row.estacao,
    installationId: row.instalacao,
    machine: row.resumo.maquina,
    user: row.resumo.usuario,
    replaces: row.resumo.substitui,
    at: row.data_hora,
    lastNumber: row.ultimo_numero ?? 0,
    waiting: row.pendentes ?? 0,
    waitingCents: row.valor_pendente ?? 0,
    oldestWaitingAt: row.mais_antigo,
    errors: row.erros ?? 0,
  }));

/** News of another station is a courtesy: a row that cannot be read is left out, and the heartbeat counts all the same. */
const AllNews = z
  .unknown()
  .optional()
  .transform((rows) =>
    (Array.isArray(rows) ? rows : []).flatMap((row) => {
      const news = News.safeParse(lowerKeys(row));
      return news.success ? [news.data] : [];
    }),
  );

/** Far above what a till sells in its life: a number beyond it is a code, or another's, and would use ours up. */
const HIGHEST_NUMBER = 900_000_000;

export const MillenniumHeartbeat = z
  .object({
    ultimo_numero: erpIntegerOrNull,
    cabeca_auditoria: erpText,
    instalacao: erpText,
    data_hora: erpInstantOrNull,
    estacoes: AllNews,
  })
  // Another call's answer would tell that the ERP knows nothing of this station.
  .refine(
    ({ ultimo_numero, instalacao, data_hora, estacoes }) =>
      ultimo_numero !== null || instalacao !== '' || data_hora !== null || estacoes.length > 0,
    { message: 'no heartbeat is answered' },
  )
  .transform((row): HeartbeatReply => ({
    lastNumber: row.ultimo_numero === null || row.ultimo_numero > HIGHEST_NUMBER ? null : row.ultimo_numero,
    // Databases write identifiers and hashes in capitals, some in braces: they are the same.
    auditHead: row.cabeca_auditoria.toLowerCase(),
    installationId: row.instalacao.replaceAll(/[{}]/g, '').toLowerCase(),
    serverAt: row.data_hora,
    stations: row.estacoes,
  }));
