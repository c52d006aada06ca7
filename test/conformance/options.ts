import { parseArgs } from 'node:util';

/** Which server, as whom, and who stands at the till. */
export type ConformanceOptions = {
  readonly server: string;
  readonly user: string;
  readonly password: string;
  readonly station: string;
  readonly operator: string;
  readonly pin: string;
  readonly manager: string;
  readonly managerPin: string;
  readonly json: boolean;
};

/** What the command line asks for: one server, or the stand-in ERP in each of its dialects. */
export type ConformanceRun =
  | ({ readonly kind: 'server' } & ConformanceOptions)
  | { readonly kind: 'presets'; readonly json: boolean };

export const USAGE = `usage: STATION_PASSWORD=... npm run conformance -- --server URL --user U --station E01 [--json]
  --operator CODE --pin PIN              who sells (1, 1111: the demo store's)
  --manager CODE --manager-pin PIN       who gives leave where that is needed (9, 9999)
  --all-presets                          against the stand-in ERP in each of its dialects, instead of --server
It sells, cancels and registers a customer: run it against a server that is there to be tested.`;

/** Reads the command line; a text is why it cannot be understood. The password never is an argument. */
export function readOptions(args: readonly string[], password: string | undefined): ConformanceRun | string {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        server: { type: 'string' },
        user: { type: 'string' },
        station: { type: 'string' },
        operator: { type: 'string', default: '1' },
        pin: { type: 'string', default: '1111' },
        manager: { type: 'string', default: '9' },
        'manager-pin': { type: 'string', default: '9999' },
        'all-presets': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  if (values['all-presets']) return { kind: 'presets', json: values.json };
  const { server, user, station } = values;
  if (server === undefined || user === undefined || station === undefined)
    return '--server, --user and --station are needed';
  if (URL.parse(server) === null) return `${server} is not an address`;
  if (password === undefined || password === '') return 'the password is read from STATION_PASSWORD, which is empty';
  const { operator, pin, manager, 'manager-pin': managerPin, json } = values;
  return {
    kind: 'server',
    server: server.replace(/\/+$/, ''),
    user,
    password,
    station: station.toUpperCase(),
    operator,
    pin,
    manager,
    managerPin,
    json,
  };
}
