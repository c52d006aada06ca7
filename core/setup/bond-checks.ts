import type { Database } from '../../db/database-types.ts';
import { findEnrolment } from '../../db/setup-queries.ts';
import type { StationNews } from '../connectors/station-reports.ts';
import type { Answer, Check } from './local-checks.ts';
import { readPolicies } from './read-policies.ts';

/** What binds this station to its ERP: is it on, is it still this station, has it what the ERP demands. */
export function bondChecks({
  db,
  findSuccessor,
}: {
  readonly db: Database;
  readonly findSuccessor: () => StationNews | null;
}): readonly Check[] {
  return [
    { name: 'Integração', run: () => checkIntegration(db) },
    { name: 'Substituição', run: () => checkSuccessor(findSuccessor()) },
    { name: 'Vendedor padrão', run: () => checkSalesperson(db) },
  ];
}

function checkIntegration(db: Database): Answer {
  if (findEnrolment(db.read)?.integrationEnabled !== false) return ok('ligada');
  const advice = 'Nada é enviado nem lido: ligue com `station integration on`.';
  return { state: 'warning', detail: 'desligada nesta estação', advice };
}

/** Nothing collides, because each has its own code; but this till was declared dead and somebody has to know. */
function checkSuccessor(successor: StationNews | null): Answer {
  if (successor === null) return ok('nenhuma outra máquina tomou o lugar desta');
  const machine = successor.machine === '' ? '' : ` (${successor.machine})`;
  return {
    state: 'failed',
    detail: `a estação ${successor.stationCode}${machine} tomou o lugar desta`,
    advice: 'Não venda aqui: espere o envio do que ficou neste disco e use a outra estação.',
  };
}

function checkSalesperson(db: Database): Answer {
  const enrolment = findEnrolment(db.read);
  if (enrolment === null || readPolicies(db.read).salespersonRequired) return ok('a política exige um em cada venda');
  if (enrolment.defaultSalespersonCode !== null) return ok(enrolment.defaultSalespersonCode);
  const advice = 'Sem vendedor na venda o ERP recebe nenhum. O padrão se escolhe no cadastro (`enrol --salesperson`).';
  return { state: 'warning', detail: 'nenhum, e a política não exige vendedor', advice };
}

function ok(detail: string): Answer {
  return { state: 'ok', detail, advice: null };
}
