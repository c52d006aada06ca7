import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { until, type SpawnedStation } from './spawn-station.ts';

/** A receipt printer on the network: keeps what it printed, and can be switched off, run out of paper and die. */
export type ReceiptPrinter = {
  readonly port: number;
  /** One entry for each connection that brought bytes to print, in their order; status questions are not printed. */
  readonly printed: Buffer[];
  /** `voice`: answers status questions. */
  voice: boolean;
  paperOut: boolean;
  /** Hangs up hard after so many bytes of the next paper; null: never. */
  dieAfterBytes: number | null;
  /** Takes connections and then nothing. */
  deaf: boolean;
  readonly switchOff: () => Promise<void>;
  readonly switchOn: () => Promise<void>;
};

const STATUS = Buffer.from([0x10, 0x04]);
const IN_TURN = Buffer.from([0x1d, 0x72, 1]);

/** Waits until no paper is on its way: the printer has read the last byte of each, and the till has noted that it came out. */
export async function papersOut(station: Pick<SpawnedStation, 'must'>): Promise<void> {
  await until(
    () => station.must('printer.view', {}),
    ({ waiting }) => waiting === 0,
  );
}

/** Switches one on, at a free port that it keeps. */
export async function startReceiptPrinter(): Promise<ReceiptPrinter> {
  let server: Server | null = null;
  const open = new Set<Socket>();
  let port = 0;
  const printer = {
    get port() {
      return port;
    },
    printed: [] as Buffer[],
    voice: false,
    paperOut: false,
    dieAfterBytes: null as number | null,
    deaf: false,
    switchOff: async () => {
      for (const socket of open) socket.destroy();
      const closing = server;
      server = null;
      if (closing !== null) await new Promise((resolve) => closing.close(resolve));
    },
    switchOn: async () => {
      server = createServer(serve);
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
      port = (server.address() as { port: number }).port;
    },
  };
  await printer.switchOn();
  return printer;

  function serve(socket: Socket): void {
    open.add(socket);
    let paper: Buffer | null = null;
    let place = -1;
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => undefined);
    if (printer.deaf) {
      socket.pause();
      return;
    }
    socket.on('data', (chunk) => {
      let rest = chunk;
      for (; rest.subarray(0, 2).equals(STATUS); rest = rest.subarray(3)) {
        if (!printer.voice) continue;
        const isPaperOut = printer.paperOut && rest[2] === 4;
        socket.write(Uint8Array.of(isPaperOut ? 0b0111_0010 : 0b0001_0010));
      }
      const asked = rest.indexOf(IN_TURN);
      if (asked >= 0) rest = Buffer.concat([rest.subarray(0, asked), rest.subarray(asked + 3)]);
      if (rest.length > 0) {
        paper = paper === null ? rest : Buffer.concat([paper, rest]);
        if (place < 0) place = printer.printed.push(paper) - 1;
        if (printer.dieAfterBytes !== null && paper.length >= printer.dieAfterBytes) {
          printer.printed[place] = paper.subarray(0, printer.dieAfterBytes);
          printer.dieAfterBytes = null;
          socket.resetAndDestroy();
          return;
        }
        printer.printed[place] = paper;
      }
      if (asked >= 0 && printer.voice) socket.write(Uint8Array.of(0));
    });
    socket.on('end', () => socket.end());
  }
}
