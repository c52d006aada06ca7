import type { Http, HttpReply, HttpRequest } from '../../core/connectors/http.ts';
import type { Row } from './erp-state.ts';
import { errorBody, rowsOf, type ErpCall, type ModelErp } from './model-erp.ts';
import type { CallFault, CallKind, Weather } from './weather.ts';
import type { World } from './world.ts';

/** The wire between the stations and the model ERP. */
export type Network = {
  /** A connection for one core; nothing reaches a core that `isAlive` denies. */
  readonly open: (station: string, isAlive: () => boolean) => Http;
  readonly setDown: (isDown: boolean) => void;
};

const FASTEST_MS = 4;
const SLOWEST_MS = 90;
/** Beyond the time-out of a call: what was given up on still arrives. */
const SLOW_MS = { from: 5_000, to: 50_000 } as const;

export function createNetwork(world: World, erp: ModelErp, weather: Weather): Network {
  const { random } = world;
  let isDown = false;
  let calls = 0;

  function way(): number {
    return random.int(FASTEST_MS, SLOWEST_MS);
  }

  function handle(call: ErpCall, fault: CallFault | null): HttpReply {
    if (fault === 'http 500') return reply(500, errorBody('Access violation at address 00404A2C'));
    if (fault === '200 with error') return reply(200, errorBody('Deadlock: tente novamente'));
    if (fault === 'licence busy') return reply(503, errorBody('Sem licença disponível'));
    if (fault === 'unexplained 401') return { answered: true, status: 401, body: '' };
    if (fault === 'another call') return reply(200, { value: [{ vitrine: 7, trans_id: 900_000 }] });
    const records = {
      // Another order alone says nothing: it does where some of the records were refused.
      isBusy: () => (fault === 'records busy' || fault === 'acoes reversed') && random.chance(0.5),
      isPassedOver: () => fault === 'record passed over' && random.chance(0.5),
      hiddenMs: () => (fault === 'late commit' ? random.int(2_000, 20_000) : 0),
    };
    const first = erp.handle(call, records, world.trueMs());
    const answer = fault === 'delivered twice' ? erp.handle(call, records, world.trueMs()) : first;
    if (fault === 'html') return { answered: true, status: 200, body: '<html><body>Entre na rede</body></html>' };
    if (fault === 'empty reply') return { answered: true, status: 200, body: '' };
    return reply(answer.status, spoil(answer.body, fault));
  }

  function send(station: string, request: HttpRequest, finish: (answer: HttpReply) => void): void {
    const call = toCall(request, station);
    calls += 1;
    const label = world.isTraced ? `${station} #${calls} ${describe(call)}` : '';
    if (isDown) {
      world.trace(`${label} ! server down`);
      return world.at(way(), () => finish({ answered: false, text: 'conexão recusada' }));
    }
    if (call.name === 'login') return world.at(way(), () => finish({ answered: true, status: 404, body: '' }));
    const fault = weather.draw(kindOf(call));
    if (fault !== null) weather.note(fault);
    world.trace(`${label}${fault === null ? '' : ` ! ${fault}`}`);
    if (fault === 'lost request') return;
    if (fault === 'reset' && random.chance(0.5)) {
      return world.at(way(), () => finish({ answered: false, text: 'conexão interrompida' }));
    }
    const slow = (is: boolean): number => (is ? random.int(SLOW_MS.from, SLOW_MS.to) : way());
    world.at(slow(fault === 'slow request'), () => {
      const answer = handle(call, fault);
      if (world.isTraced)
        world.trace(`${label} = ${answer.answered ? `${answer.status} ${brief(answer.body)}` : answer.text}`);
      if (fault === 'lost reply') return;
      const told: HttpReply = fault === 'reset' ? { answered: false, text: 'conexão interrompida' } : answer;
      world.at(slow(fault === 'slow reply'), () => finish(told));
    });
  }

  return {
    setDown: (down) => {
      isDown = down;
    },
    open: (station, isAlive) => {
      const inFlight = new Set<{ readonly isLetFinish: boolean; readonly end: (answer: HttpReply) => void }>();
      let isClosed = false;
      const cut = (all: boolean): void => {
        for (const flight of inFlight) if (all || !flight.isLetFinish) flight.end({ answered: false, text: 'closed' });
      };
      return {
        send: (request) => {
          if (isClosed) return Promise.resolve({ answered: false, text: 'closed' });
          return new Promise((resolve) => {
            const flight = {
              isLetFinish: request.isLetFinish === true,
              end: (answer: HttpReply) => {
                // A core that was killed hears of nothing any more.
                if (inFlight.delete(flight) && isAlive()) resolve(answer);
              },
            };
            inFlight.add(flight);
            const { timeoutMs } = request;
            world.at(timeoutMs, () => flight.end({ answered: false, text: `sem resposta em ${timeoutMs} ms` }));
            send(station, request, flight.end);
          });
        },
        cancel: () => cut(false),
        close: () => {
          isClosed = true;
          cut(true);
        },
      };
    },
  };
}

/** `millenium_eco/produtos/listavitrine` is `produtos/listavitrine` here; dots are slashes and case does not count. */
function toCall({ url, body }: HttpRequest, user: string): ErpCall {
  const { pathname, searchParams } = new URL(url);
  const parts = decodeURIComponent(pathname)
    .replace(/^\/api\//, '')
    .toLowerCase()
    .replaceAll('.', '/')
    .split('/');
  return {
    name: parts
      .slice(-2)
      .join('/')
      .replace(/^.*!storemanager\//, ''),
    query: searchParams,
    body: JSON.parse(body ?? '{}') as Row,
    user,
  };
}

const OF_RECORDS = new Set(['pedido_venda/processastatus', 'caixa/inclui', 'auditoria/inclui']);

function kindOf({ name }: ErpCall): CallKind {
  if (name === 'pedido_venda/inclui') return 'sale';
  if (OF_RECORDS.has(name)) return 'records';
  return name.startsWith('produtos/') ? 'list' : 'other';
}

function reply(status: number, body: Row): HttpReply {
  return { answered: true, status, body: JSON.stringify(body) };
}

function spoil(body: Row, fault: CallFault | null): Row {
  if (fault === 'torn list' && Array.isArray(body['value'])) return { ...body, value: rowsOf(body['value']).slice(1) };
  if (!Array.isArray(body['acoes'])) return body;
  if (fault === 'acoes short') return { ...body, acoes: rowsOf(body['acoes']).slice(1) };
  return fault === 'acoes reversed' ? { ...body, acoes: rowsOf(body['acoes']).toReversed() } : body;
}

function describe({ name, query, body }: ErpCall): string {
  const key = body['cod_pedidov'] ?? query.get('cod_pedidov');
  if (typeof key === 'string') return `${name} ${key}`;
  const states = rowsOf(body['status_pedidos']);
  if (states.length > 0)
    return `${name} ${states.map((row) => `${String(row['cod_pedidov'])}=${String(row['status'])}`).join(' ')}`;
  const place = query.get('trans_id');
  return place === null ? name : `${name} from ${place}`;
}

function brief(body: string): string {
  return body.length > 160 ? `${body.slice(0, 120)}... (${body.length})` : body;
}
