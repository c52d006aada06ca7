import { askUntil, type Suite } from './suite.ts';
import { textOf } from './wire-values.ts';

const LOAD_MS = 100_000;

/**
 * Binds the station to the server.
 *
 *   a new installation -> bound, and kept for the next run
 *                      -> the server names another one: of an earlier run here? -- yes --> go on as that one
 *                                                                               '- no  --> it cannot be enrolled
 */
export async function enrol({ options, line, till, kept }: Suite): Promise<void> {
  const { user, password, station: stationCode } = options;
  await till.start();
  const enrolled = await till.call('setup.enrol', { server: line.url, user, password, stationCode });
  if (!enrolled.ok) {
    const earlier = enrolled.error.code === 'station_claimed' ? kept.find(enrolled.error.installation) : null;
    if (earlier === null) throw new Error(`the server does not take the station: ${JSON.stringify(enrolled.error)}`);
    await till.stop();
    await line.listenAlso(earlier.port);
    await till.start(earlier.data);
  }
  const view = await askUntil(
    () => till.must('station.view', {}),
    ({ load }) => load.state === 'done',
    enrolled.ok ? 0 : LOAD_MS,
  );
  if (view.load.state !== 'done') {
    const failed = view.load.steps.find((step) => step.state !== 'done');
    throw new Error(`the load stopped at ${failed?.step ?? '?'}: ${failed?.error ?? ''}`);
  }
  if (!enrolled.ok) return;
  const beat = line.calls.findLast(({ method }) => method === 'monitoramento.atualiza');
  if (beat !== undefined) kept.keep(textOf(beat.body, 'instalacao'), { data: till.data(), port: line.port });
}
