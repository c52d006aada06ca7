/*
 * A core that does what a test tells it by STATION_FAKE: answer, refuse to start, die at once, die when called, hang at the end.
 */
const mode = process.env['STATION_FAKE'] ?? 'answer';
const data = process.argv[process.argv.indexOf('--data') + 1] ?? '';
const send = (message: object): void => void process.send?.(message);

if (mode === 'refuse') {
  process.send?.({ ready: false, error: { code: 'data_locked', data, holder: 'pid 42' } }, () => process.exit(3));
} else if (mode === 'die') {
  process.stderr.write('out of luck\n', () => process.exit(7));
} else {
  send({ ready: true, version: '0.0.0', data });
  process.on('message', (call: { id: number; method: string; input: unknown }) => {
    if (call.method === 'sync.sendNow') process.kill(process.pid, 'SIGKILL');
    else if (call.method === 'sync.view') send({ event: 'sync.changed', view: { pid: process.pid } });
    else if (call.method !== 'station.doctor')
      send({ id: call.id, ok: true, output: { pid: process.pid, input: call.input } });
  });
  if (mode === 'hang') {
    process.on('disconnect', () => undefined);
    setInterval(() => undefined, 1_000);
  } else process.on('disconnect', () => process.exit(0));
}
