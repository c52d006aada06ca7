/** Above this the times on papers and reports mislead. Source: product, replication. */
export const CLOCK_WARNING_MS = 2 * 60_000;
/** Above this opening a cash session asks a superior. Source: architecture, section 5. */
export const CLOCK_FAILURE_MS = 10 * 60_000;

/** `12,5 s atrás do servidor`; an offset is positive when this machine is ahead. */
export function describeOffset(offsetMs: number): string {
  const seconds = (Math.abs(offsetMs) / 1000).toLocaleString('pt-BR', { maximumFractionDigits: 1 });
  return `${seconds} s ${offsetMs < 0 ? 'atrás' : 'à frente'} do servidor`;
}
