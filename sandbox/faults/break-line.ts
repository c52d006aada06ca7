import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FaultInjector, FaultTarget } from './fault-injector.ts';

/** A TLS alert (handshake failure): what is heard when one side speaks TLS and the other does not. */
const TLS_ALERT = Buffer.from([0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x28]);
const PORTAL_PAGE =
  '<!DOCTYPE html><html><head><title>Wi-Fi do Shopping</title></head><body><form action="/entrar"><p>Aceite os termos para navegar</p></form></body></html>';

/** Lets what is wrong with the line strike a call before it reaches the ERP; true when the call is over. */
export async function breakLine(
  faults: FaultInjector,
  target: FaultTarget,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<boolean> {
  const { socket } = request.raw;
  if (faults.strike('down', target) !== undefined) hijack(reply, () => void socket.destroy());
  else if (faults.strike('reset', target) !== undefined) hijack(reply, () => void socket.resetAndDestroy());
  else if (faults.strike('blackHole', target) !== undefined) {
    hijack(reply, () => undefined);
    await untilClosed(socket);
  } else if (faults.strike('notHttp', target) !== undefined) hijack(reply, () => void socket.end(TLS_ALERT));
  else if (faults.strike('captivePortal', target) !== undefined)
    await reply.code(200).type('text/html; charset=utf-8').send(PORTAL_PAGE);
  else if (faults.strike('redirect', target) !== undefined)
    await reply.code(302).header('location', `http://${request.host}/portal`).type('text/html').send(PORTAL_PAGE);
  else return false;
  return true;
}

/** Returns when the client has gone, or at once when it has already. */
export async function untilClosed(socket: Socket): Promise<void> {
  if (!socket.destroyed) await new Promise((resolve) => void socket.once('close', resolve));
}

function hijack(reply: FastifyReply, act: () => void): void {
  reply.hijack();
  act();
}
